import type { EngineInput } from '../../src/app/engine/types.ts';
import type { ActHistory, PastRollback, PastVersion, Standing } from '../../src/core/model/history.ts';
import type { FreezeWindow } from '../../src/core/model/policy.ts';
import type { MetricLimits } from '../../src/core/model/limits.ts';
import { DEFAULT_LIMITS } from '../../src/core/judge/limits/measurement.ts';
import type { Risk } from '../../src/core/model/risk.ts';
import type { Proposal } from '../../src/core/model/rollback.ts';
import type { CommandResult } from '../../src/core/session/command.ts';
import type { SessionEvent } from '../../src/core/session/event.ts';
import { reduce } from '../../src/core/session/reduce.ts';
import { emptySession, type SessionState } from '../../src/core/session/state.ts';
import type { Snapshot } from '../../src/core/session/snapshot.ts';
import { createEngine } from '../../src/app/engine/engine.ts';
import { PlanError } from '../../src/ports/platform.ts';
import { ABLE, ANN, engineOptions, execution, history, plan, standing } from '../builders/engine.ts';
import { analysisSettings, deployment, policy, rows, T0 } from '../builders/judging.ts';
import { specOf } from '../../src/core/series/metric-spec.ts';
import { duration, type Scenario, type Statement } from './language.ts';

/** A running scenario: the engine at a moment, and everything it has said. */
export interface Stage {
  readonly events: readonly SessionEvent[];
  /** Every input given so far, for a replay. */
  readonly inputs: readonly EngineInput[];
  /** The answer to the last command. */
  readonly result: () => CommandResult | null;
  snapshot(): Snapshot;
  /** The clock moves on, second by second; rows and announcements come when they are due. */
  moveTo(atMs: number): void;
  /** Does what a statement of a moment says; `expect` is not its business. */
  act(statement: Statement): void;
  /** The last question that was opened about a pipeline. */
  proposal(pipeline: string): Proposal | undefined;
}

/** The engine options a scenario asks for; the same for a replay. */
export function optionsOf(scenario: Scenario): Parameters<typeof createEngine>[0] {
  const find = (word: string): readonly Statement[] => scenario.setup.filter(({ words }) => words[0] === word);
  const planning = find('plan')[0]?.words[1] ?? 'real';
  return engineOptions({
    settings: (pipeline) => ({
      pipeline,
      analysis: analysisOf(find('analysis')),
      policy: policyOf(find('policy')),
      metrics: specOf,
    }),
    ability: () => (find('ability')[0]?.words[1] === 'none' ? { ...ABLE, configured: false } : ABLE),
    plan: (request) => {
      if (planning === 'impossible') throw new PlanError('the platform cannot go back');
      return plan(request, planning === 'dryrun' ? { dryRun: true, dryRunBecause: 'not configured' } : {});
    },
    risk: ({ pipeline }) => riskOf(find('risk').find(({ words }) => words[1] === pipeline)),
    replayed: find('replayed').length > 0,
    peers: new Map(find('peers').map(({ words: [, one = '', ...peers] }) => [one, peers])),
    calls: new Map(find('calls').map(({ words: [, caller = '', ...callees] }) => [caller, callees])),
  });
}

/** Sets a scenario up and gives the engine its history. */
export function playScenario(scenario: Scenario): Stage {
  const engine = createEngine(optionsOf(scenario));
  const events: SessionEvent[] = [];
  const inputs: EngineInput[] = [];
  let session: SessionState = emptySession();
  let result: CommandResult | null = null;
  let nowMs = T0 + duration(scenario.setup.find(({ words }) => words[0] === 'start')?.words[1] ?? '-10m', 0);
  let facts: { history: ActHistory; standing: Standing } = { history: history(), standing: standing() };

  function give(input: EngineInput): void {
    inputs.push(input);
    const output = engine.advance(input);
    for (const event of output.events) {
      events.push(event);
      session = reduce(session, { seq: session.seq + 1, atMs: nowMs, event });
    }
    if (input.type === 'command') result = output.result;
  }

  const due = [...rowInputs(scenario), ...deploymentInputs(scenario)].sort((a, b) => a.nowMs - b.nowMs);
  const proposal = (pipeline: string): Proposal | undefined =>
    events
      .flatMap((event) => (event.type === 'proposal-opened' ? event.proposal : []))
      .findLast((p) => p.pipeline === pipeline);

  for (const statement of scenario.setup.filter(({ words }) => words[0] === 'facts')) facts = factsOf(facts, statement);
  give({ type: 'facts', nowMs, ...facts });
  while (due[0] !== undefined && due[0].nowMs <= nowMs) {
    const input = due.shift()!;
    give(input.type === 'rows' ? { ...input, nowMs, backfill: true } : { ...input, nowMs });
  }
  give({ type: 'caught-up', nowMs });

  return {
    events,
    inputs,
    result: () => result,
    snapshot: () => engine.snapshot(nowMs, session, { pipeline: null, metric: null }),
    proposal,
    moveTo(atMs) {
      while (nowMs < atMs) {
        nowMs += 1000;
        while (due[0] !== undefined && due[0].nowMs <= nowMs) give({ ...due.shift()!, nowMs });
        give({ type: 'tick', nowMs });
      }
    },
    act(statement) {
      const [verb = '', second = '', third = ''] = statement.words;
      const { name = null, reason = null, to = null } = statement.options;
      const command = (value: Extract<EngineInput, { type: 'command' }>['command']): void =>
        give({ type: 'command', nowMs, command: value, by: ANN });
      const proposalId = proposal(verb === 'answer' ? third : second)?.id ?? 'none';
      if (verb === 'facts') {
        facts = factsOf(facts, statement);
        give({ type: 'facts', nowMs, ...facts });
      } else if (verb === 'propose') command({ type: 'propose', pipeline: second, toVersion: to });
      else if (verb === 'byhand') command({ type: 'human-rollback', pipeline: second, reason });
      else if (verb === 'answer' && second === 'approve')
        command({ type: 'approve', proposalId, typedName: name, reason });
      else if (verb === 'answer' && second === 'dismiss') command({ type: 'dismiss', proposalId, reason });
      else if (verb === 'answer' && second === 'hold') command({ type: 'hold', proposalId });
      else if (verb === 'execute') {
        const asked = proposal(second);
        if (asked === undefined) throw new Error(`line ${statement.line}: nothing was asked about ${second}`);
        const ended = third !== 'executing' && third !== 'verifying';
        const state = third as 'done';
        const change = { state, startedAtMs: nowMs, endedAtMs: ended ? nowMs : null };
        give({ type: 'execution', nowMs, execution: execution(asked.id, asked.plan, change) });
      } else throw new Error(`line ${statement.line}: nobody knows how to "${verb} ${second}"`);
    },
  };
}

function rowInputs(scenario: Scenario): Extract<EngineInput, { type: 'rows' }>[] {
  return scenario.series.flatMap((series) => {
    const pipeline = series.words[1] ?? '';
    const fromMs = T0 + duration(series.options['from'] ?? '-30m', series.line);
    const everyMs = duration(series.options['every'] ?? '10s', series.line);
    const skewMs = duration(series.options['skew'] ?? '0', series.line);
    const count = Math.max(...series.metrics.map(({ values }) => values.length));
    return Array.from({ length: count }, (_, i) => {
      const columns = Object.fromEntries(
        series.metrics.map(({ metric, values }) => [metric, [values[i] ?? Number.NaN]]),
      );
      const nowMs = fromMs + i * everyMs;
      const path = `metrics_${pipeline}.csv`;
      return { type: 'rows', nowMs, path, pipeline, batch: rows(columns, nowMs + skewMs), backfill: false } as const;
    });
  });
}

function deploymentInputs(scenario: Scenario): Extract<EngineInput, { type: 'deployment' }>[] {
  return scenario.setup
    .filter(({ words }) => words[0] === 'deploy')
    .map(({ words, options, line }) => {
      const atMs = T0 + duration(options['at'] ?? '0', line);
      const nowMs = options['announced'] === undefined ? atMs : T0 + duration(options['announced'], line);
      const made = deployment({
        pipeline: words[1] ?? '',
        version: words[2] ?? '',
        previous: options['previous'] ?? null,
        atMs,
      });
      return { type: 'deployment', nowMs, deployment: made };
    });
}

function analysisOf(statements: readonly Statement[]): ReturnType<typeof analysisSettings> {
  const options: Readonly<Record<string, string>> = Object.assign({}, ...statements.map((one) => one.options));
  const line = statements[0]?.line ?? 0;
  const detectors = (options['detectors'] ?? 'threshold,ensemble').split(',');
  const [metric, minimum] = (options['traffic'] ?? '').split(':');
  const base = analysisSettings();
  return {
    ...base,
    controlMs: duration(options['control'] ?? '1h', line),
    warmUpMs: duration(options['warmUp'] ?? '1m', line),
    analysisMs: duration(options['analysis'] ?? '2h', line),
    limits: limitsOf(options['limits'], line),
    persistence: Number(options['persistence'] ?? base.persistence),
    riskPrior: options['riskPrior'] !== 'off',
    minimumSamples: Number(options['minimumSamples'] ?? base.minimumSamples),
    traffic: metric ? { metric, minimumPerMinute: Number(minimum) } : null,
    detectors: detectors.map((name) => ({ name, parameters: {} })),
  };
}

/** `30s:5:1:0:2`: interval, count (`-` = none), then the limits of failures, inconclusive ones and errors in a row. */
function limitsOf(text: string | undefined, line: number): MetricLimits | null {
  if (text === undefined) return null;
  const [interval = '', count = '-', failures = '0', inconclusive = '0', errors = '4'] = text.split(':');
  return {
    ...DEFAULT_LIMITS,
    intervalMs: duration(interval, line),
    count: count === '-' ? null : Number(count),
    failureLimit: Number(failures),
    inconclusiveLimit: Number(inconclusive),
    consecutiveErrorLimit: Number(errors),
  };
}

function policyOf(statements: readonly Statement[]): ReturnType<typeof policy> {
  const options: Readonly<Record<string, string>> = Object.assign({}, ...statements.map((one) => one.options));
  const line = statements[0]?.line ?? 0;
  const base = policy();
  return {
    ...base,
    name: options['name'] === 'seed' ? 'seed' : 'guarded',
    mode: (options['mode'] ?? 'ask') as typeof base.mode,
    environment: options['environment'] === 'none' ? null : (options['environment'] ?? 'staging'),
    production: options['production'] === 'yes',
    cooldownMs: duration(options['cooldown'] ?? '30m', line),
    budget: {
      perPipeline: Number(options['perPipeline'] ?? 2),
      perFleet: Number(options['perFleet'] ?? 5),
      windowMs: duration(options['window'] ?? '1h', line),
    },
    proposalExpiresMs: duration(options['expires'] ?? '15m', line),
    autoCountdownMs: duration(options['countdown'] ?? '30s', line),
    autoPersistence: Number(options['autoPersistence'] ?? 6),
    freezeWindows: options['freeze'] === undefined ? [] : [freezeOf(options['freeze'])],
  };
}

function freezeOf(text: string): FreezeWindow {
  const [from = '', to = ''] = text.split('-');
  const minute = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
  return { name: 'lunch', days: [], fromMinute: minute(from), toMinute: minute(to), timeZoneOffsetMinutes: 0 };
}

function riskOf(statement: Statement | undefined): Risk | null {
  if (statement === undefined) return null;
  const probability = Number(statement.words[3]);
  const label = statement.words[2] === 'HIGH' ? 'HIGH' : 'LOW';
  return {
    label,
    probability,
    baseRate: 0.03,
    thresholdProbability: 0.2,
    rawScore: probability,
    bias: 0,
    reasons: [],
    model: 'test',
  };
}

function factsOf(
  before: { history: ActHistory; standing: Standing },
  { words, options, line }: Statement,
): { history: ActHistory; standing: Standing } {
  if (words.includes('clear')) return { history: history(), standing: standing() };
  const at = (text: string | undefined): number => T0 + duration(text ?? '0', line);
  const rollbacks: PastRollback[] = [];
  const versions: PastVersion[] = [];
  if (options['rollback'] !== undefined) {
    const [pipeline = '', fromVersion = '', toVersion = '', when] = options['rollback'].split(':');
    rollbacks.push({ pipeline, deploymentId: '', fromVersion, toVersion, atMs: at(when), state: 'done' });
  }
  if (options['version'] !== undefined) {
    const [pipeline = '', version = '', verdict, when] = options['version'].split(':');
    versions.push({ pipeline, version, deployedAtMs: at(when), healthy: verdict === 'good' });
  }
  const inFlight =
    options['inflight'] === undefined
      ? before.history.inFlight
      : { pipeline: options['inflight'], planId: 'x', holder: 'bob' };
  return {
    history: {
      ...before.history,
      inFlight,
      rollbacks: [...before.history.rollbacks, ...rollbacks],
      versions: [...before.history.versions, ...versions],
    },
    standing: {
      halted: options['halted'] ?? before.standing.halted,
      configTrusted: before.standing.configTrusted && !words.includes('untrusted'),
      leaseShared: before.standing.leaseShared && !words.includes('unshared'),
      stateIntact: before.standing.stateIntact && !words.includes('lost'),
      readOnly: before.standing.readOnly || words.includes('readonly'),
    },
  };
}
