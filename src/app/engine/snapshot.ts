import { fleetHealth } from '../../core/judge/health.ts';
import { ratioHint } from '../../core/series/unit-hint.ts';
import { visibleText } from '../../core/model/visible.ts';
import type { FleetView, PipelineView, RollbackView, Snapshot, SourceView } from '../../core/session/snapshot.ts';
import type { SessionState } from '../../core/session/state.ts';
import { detailOf } from './detail.ts';
import { sparksOf } from './sparks.ts';
import type { EngineState, PipelineEntry } from './state.ts';
import type { Focus } from './types.ts';
import { versionsOf } from './versions.ts';

/** How often the values of a pipeline are looked at for a hint about a unit, and how many of them. */
const HINT_EVERY_MS = 60_000;
const HINT_VALUES = 500;

/** The frame of a screen. Nothing but what was drawn before is remembered by making one. */
export function snapshotOf(state: EngineState, nowMs: number, session: SessionState, focus: Focus): Snapshot {
  const badLines = badLinesByPipeline(state);
  const pipelines = [...state.pipelines.values()]
    .map((entry) => viewOf(entry, nowMs, badLines.get(entry.pipeline) ?? 0))
    .sort((a, b) => (a.pipeline < b.pipeline ? -1 : 1));
  const focused = focus.pipeline === null ? undefined : state.pipelines.get(focus.pipeline);
  return {
    nowMs,
    seq: session.seq,
    fleet: fleetOf(state, pipelines, nowMs),
    pipelines,
    proposals: [...session.proposals.values()],
    rollbacks: [...state.pipelines.values()].flatMap((entry) => rollbackView(state, entry)),
    executions: [...session.executions.values()].reverse(),
    groups: [...session.groups.values()].reverse(),
    recentEvents: session.recentEvents,
    detail: focused === undefined ? null : detailOf(focused, focus.metric),
  };
}

/** Only where there is a question or somebody has looked: versions of a whole fleet are not made for every frame. */
function rollbackView(state: EngineState, entry: PipelineEntry): readonly RollbackView[] {
  const { pipeline, draft } = entry;
  if (draft === null && !state.open.has(pipeline)) return [];
  const { proposal = null, isLooking = false, why = '' } = draft ?? {};
  return [{ pipeline, isLooking, versions: versionsOf(state, entry), draft: proposal, why }];
}

function viewOf(entry: PipelineEntry, nowMs: number, badLines: number): PipelineView {
  const { judge } = entry;
  entry.sparks = sparksOf(judge, entry.sparks);
  return {
    pipeline: entry.pipeline,
    environment: entry.settings.policy.environment ?? judge.timeline.current?.environment ?? null,
    deployment: judge.timeline.current,
    verdict: entry.cohorts.verdict(nowMs),
    decision: entry.decision,
    risk: entry.risk,
    freshness: judge.freshness,
    sparks: entry.sparks.list,
    metricCount: judge.board.all.length,
    lastSampleMs: judge.hasRows ? judge.lastMs : null,
    badLines,
  };
}

function fleetOf(state: EngineState, pipelines: readonly PipelineView[], nowMs: number): FleetView {
  const newestMs = pipelines.reduce(
    (newest, view) => (view.freshness === 'live' ? Math.max(newest, view.lastSampleMs ?? newest) : newest),
    Number.NEGATIVE_INFINITY,
  );
  return {
    standing: standingWords(state),
    halted: state.standing.halted,
    behindMs: Number.isFinite(newestMs) ? Math.max(0, nowMs - newestMs) : null,
    sources: sourcesOf(state),
    health: fleetHealth(pipelines.map(({ verdict }) => verdict.health.value)),
    hints: [...new Set([...state.hints, ...[...state.pipelines.values()].flatMap((entry) => unitHints(entry, nowMs))])],
  };
}

/** What binds acting now, for everyone or only for `auto`. */
function standingWords({ standing, pipelines, knownHistory }: EngineState): readonly string[] {
  const words: string[] = [];
  if (standing.halted !== null) words.push(`halted: ${visibleText(standing.halted, 120)}`);
  if (standing.readOnly) words.push('read-only');
  if (knownHistory.inFlight !== null) words.push(`rolling back ${visibleText(knownHistory.inFlight.pipeline, 60)}`);
  const wanted = [...pipelines.values()].some(({ settings: { policy } }) => policy.mode === 'auto');
  if (!wanted) words.push('auto off');
  else if (!standing.configTrusted) words.push('auto off: config not trusted');
  else if (!standing.leaseShared) words.push('auto off: lease not machine-wide');
  else if (!standing.stateIntact) words.push('auto off: earlier state was lost');
  return words;
}

function sourcesOf(state: EngineState): SourceView {
  const total = { files: state.sources.size, rows: 0, badLines: 0, lostBytes: 0, bytes: 0 };
  for (const { counters } of state.sources.values()) {
    total.rows += counters.rows;
    total.badLines += counters.badLines;
    total.lostBytes += counters.lostBytes;
    total.bytes += counters.bytes;
  }
  return total;
}

function badLinesByPipeline(state: EngineState): ReadonlyMap<string, number> {
  const badLines = new Map<string, number>();
  for (const { pipeline, counters } of state.sources.values()) {
    if (pipeline !== null) badLines.set(pipeline, (badLines.get(pipeline) ?? 0) + counters.badLines);
  }
  return badLines;
}

function unitHints(entry: PipelineEntry, nowMs: number): readonly string[] {
  if (entry.hints !== null && nowMs - entry.hints.atMs < HINT_EVERY_MS) return entry.hints.list;
  const list = entry.judge.board.all.flatMap(
    ({ spec, ring }) => ratioHint(spec, ring.newest(HINT_VALUES).values) ?? [],
  );
  entry.hints = { atMs: nowMs, list };
  return list;
}
