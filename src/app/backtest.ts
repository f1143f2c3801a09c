import { createHash } from 'node:crypto';
import type { LoadedConfig } from '../config/load.ts';
import { missingForAuto } from '../core/decide/auto-evidence.ts';
import { blameDoubt } from '../core/decide/blame-doubt.ts';
import { soonForeseen } from '../core/decide/decide.ts';
import type { Cause } from '../core/model/cause.ts';
import type { Deployment } from '../core/model/deployment.ts';
import { predictionPhrase } from '../core/model/prediction-text.ts';
import type { Phase, Verdict, VerdictReason } from '../core/model/verdict.ts';
import type { SessionEvent } from '../core/session/event.ts';
import { PlanError } from '../ports/platform.ts';
import { createEngine } from './engine/index.ts';
import type { Engine, EngineInput } from './engine/types.ts';
import { createRecording } from './watch/recording.ts';

/** What the judge would have said of one recorded deployment. */
export interface BacktestCase {
  readonly pipeline: string;
  readonly version: string;
  readonly deployedAtMs: number;
  /** Phase at the end of the recording, or of the analysis. */
  readonly phase: Phase;
  /** From the deployment to the first word of anything out of the ordinary (operating point `warn`); null when there was none. */
  readonly warnedAfterMs: number | null;
  /** From the deployment to the first verdict Failed; null when it never failed. */
  readonly failedAfterMs: number | null;
  /** From the deployment to the first question about a limit that is on its way, while nothing had failed; null without. */
  readonly foreseenAfterMs: number | null;
  /** What was said then. */
  readonly foreseen: string | null;
  /** From the deployment until the evidence was enough for `auto`, every guard rail open; null when it never was. */
  readonly autoAfterMs: number | null;
  /** What was said when it failed, else at the end. */
  readonly text: string;
  /** What the failure probably began with, most likely first; empty where it never failed or nothing can be said. */
  readonly causes: readonly Cause[];
}

/** Every announced deployment of a recording, in order of time. */
export interface BacktestReport {
  readonly cases: readonly BacktestCase[];
  readonly failed: number;
}

const STEP_MS = 1_000;
const HISTORY_ROWS = 8_000;

/** Plays recorded inputs through the engine that watches live, second by second, and reports each deployment's fate. */
export function backtest(inputs: readonly EngineInput[], config: LoadedConfig): BacktestReport {
  const recording = createRecording(inputs);
  const fates = new Map<string, BacktestCase>();
  if (recording === null) return { cases: [], failed: 0 };
  const engine = createEngine({
    settings: (pipeline) => config.settingsFor(pipeline),
    ability: () => ({ configured: false, hasVersionReader: false, hasVerify: false }),
    plan: () => {
      throw new PlanError('a backtest plans nothing');
    },
    risk: () => null,
    hash: (text) => createHash('sha256').update(text).digest('hex'),
    replayed: true,
    historyRows: HISTORY_ROWS,
    calls: config.calls.value,
    peers: config.peers.value,
  });
  const take = (input: EngineInput): void => {
    engine.advance(input).events.forEach((event) => follow(fates, event));
    if (input.type === 'rows') followEvidence(fates, engine, config, input);
  };
  for (const input of recording.advance(recording.startMs)) take(input);
  take({ type: 'caught-up', nowMs: recording.startMs });
  for (let nowMs = recording.startMs; nowMs < recording.endMs;) {
    nowMs = Math.min(recording.endMs, nowMs + STEP_MS);
    for (const input of recording.advance(nowMs)) take(input);
    take({ type: 'tick', nowMs });
  }
  for (const [id, fate] of fates) fates.set(id, atTheEnd(fate, engine.verdict(fate.pipeline, recording.endMs), id));
  const cases = [...fates.values()].toSorted((a, b) => a.deployedAtMs - b.deployedAtMs);
  return { cases, failed: cases.filter(({ failedAfterMs }) => failedAfterMs !== null).length };
}

function follow(fates: Map<string, BacktestCase>, event: SessionEvent): void {
  if (event.type === 'deployment-observed' && event.deployment.origin !== 'inferred') {
    fates.set(event.deployment.id, begun(event.deployment));
  }
  if (event.type !== 'verdict-changed' || event.verdict.deploymentId === null) return;
  const { deploymentId, phase, text, atMs, causes = [] } = event.verdict;
  const fate = fates.get(deploymentId);
  // A recording that ends before another one is not silent.
  if (fate === undefined || (phase === 'NoData' && fate.phase !== 'Pending')) return;
  const fails = phase === 'Failed' && fate.failedAfterMs === null;
  const failedAfterMs = fails ? atMs - fate.deployedAtMs : fate.failedAfterMs;
  fates.set(deploymentId, {
    ...fate,
    phase,
    warnedAfterMs: fate.warnedAfterMs ?? (warns(event.verdict) ? atMs - fate.deployedAtMs : null),
    failedAfterMs,
    text: fails || failedAfterMs === null ? text : fate.text,
    causes: fails ? causes : fate.causes,
  });
}

/** Reasons under which what is out of the ordinary is put down to something else. */
const NOT_BLAMED: ReadonlySet<VerdictReason> = new Set(['bad-before', 'at-peers'] as const);

/** The operating point `warn`: something is out of the ordinary, near that, or foreseen. */
function warns({ phase, reason, evidence, predicted = [] }: Verdict): boolean {
  return phase === 'Failed' || predicted.length > 0 || (evidence.length > 0 && !NOT_BLAMED.has(reason));
}

/** A limit so near that a person is asked before it is passed. */
function aheadOf(verdict: Verdict, afterMs: number): Pick<BacktestCase, 'foreseenAfterMs' | 'foreseen'> | null {
  const soon = soonForeseen(verdict);
  return soon === null ? null : { foreseenAfterMs: afterMs, foreseen: predictionPhrase(soon) };
}

/** The numbers of a verdict that has not changed for long are those of the end. */
function atTheEnd(fate: BacktestCase, verdict: Verdict | null, id: string): BacktestCase {
  const isCurrent = verdict?.deploymentId === id && verdict.phase === fate.phase;
  return isCurrent && fate.failedAfterMs === null ? { ...fate, text: verdict.text } : fate;
}

/** Looks whether anything was shown by now, or `auto` would have had enough: both can be without a change of verdict. */
function followEvidence(
  fates: Map<string, BacktestCase>,
  engine: Engine,
  config: LoadedConfig,
  { pipeline, nowMs }: Extract<EngineInput, { type: 'rows' }>,
): void {
  const open = [...fates.entries()].filter(([, one]) => one.pipeline === pipeline).at(-1);
  if (open === undefined) return;
  const [id, { phase, warnedAfterMs, autoAfterMs }] = open;
  const isAheadKnown = open[1].foreseenAfterMs !== null || open[1].failedAfterMs !== null;
  if (warnedAfterMs !== null && isAheadKnown && (phase !== 'Failed' || autoAfterMs !== null)) return;
  const verdict = engine.verdict(pipeline, nowMs);
  if (verdict?.deploymentId !== id) return;
  const fate = {
    ...open[1],
    warnedAfterMs: warnedAfterMs ?? (warns(verdict) ? nowMs - open[1].deployedAtMs : null),
    ...(!isAheadKnown && aheadOf(verdict, nowMs - open[1].deployedAtMs)),
  };
  fates.set(id, fate);
  if (autoAfterMs !== null || verdict.phase !== 'Failed' || verdict.reason === 'shared-cause') return;
  if (blameDoubt(verdict, fate.deployedAtMs) !== null) return;
  if (missingForAuto(verdict.evidence, config.settingsFor(pipeline).policy) !== null) return;
  fates.set(id, { ...fate, autoAfterMs: nowMs - fate.deployedAtMs });
}

function begun({ pipeline, version, atMs }: Deployment): BacktestCase {
  return {
    pipeline,
    version,
    deployedAtMs: atMs,
    phase: 'Pending',
    warnedAfterMs: null,
    failedAfterMs: null,
    foreseenAfterMs: null,
    foreseen: null,
    autoAfterMs: null,
    text: 'not judged',
    causes: [],
  };
}
