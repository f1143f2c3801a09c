import { causesSince } from './causes.ts';
import type { Deployment } from '../../src/core/model/deployment.ts';
import { deploymentId } from '../../src/core/model/deployment.ts';
import type { MetricSpec } from '../../src/core/model/metric.ts';
import type { Execution, Plan, Proposal } from '../../src/core/model/rollback.ts';
import type { Evidence, Verdict } from '../../src/core/model/verdict.ts';
import type { SessionEvent, StampedEvent } from '../../src/core/session/event.ts';
import type { ChartView, DetailView, PipelineView, Snapshot, Spark } from '../../src/core/session/snapshot.ts';

/** The moment all of these snapshots are taken at: 2026-01-15 14:06:03 UTC. */
export const NOW_MS = Date.UTC(2026, 0, 15, 14, 6, 3);

const MINUTE = 60_000;

/** The usual four metrics. */
export const METRICS = {
  cpu: { name: 'cpu_usage', unit: 'percent', kind: 'technical', worse: 'up', limit: 90, weight: 1 },
  mem: { name: 'memory_usage', unit: 'percent', kind: 'technical', worse: 'up', limit: 90, weight: 1 },
  rt: { name: 'response_time', unit: 'ms', kind: 'technical', worse: 'up', limit: 600, weight: 2 },
  err: { name: 'error_rate', unit: 'percent', kind: 'technical', worse: 'up', limit: 2, weight: 3 },
  orders: { name: 'orders_per_minute', unit: 'per-minute', kind: 'business', worse: 'down', limit: null, weight: 2 },
} as const satisfies Record<string, MetricSpec>;

/** A sparkline of the given values; those beyond the metric's limit are flagged. */
export function spark(spec: MetricSpec, values: readonly (number | null)[]): Spark {
  const { limit } = spec;
  const flags = values.map((value): 0 | 1 => (value !== null && limit !== null && value > limit ? 1 : 0));
  return { spec, latest: values.findLast((value) => value !== null) ?? null, values, flags };
}

/** Sixteen values that hover around `level` and, in the last `rising` of them, climb to `end`. */
export function wave(level: number, end: number = level, rising = 6): readonly number[] {
  return Array.from({ length: 24 }, (_, index) => {
    const progress = Math.max(0, index - (23 - rising)) / rising;
    return level + (end - level) * progress + level * 0.05 * Math.sin(index * 2.1);
  });
}

/** A deployment of `version`, `minutesAgo`. */
export function deployment(
  pipeline: string,
  version: string,
  previous: string | null,
  minutesAgo: number,
  environment = 'prod',
): Deployment {
  const atMs = NOW_MS - minutesAgo * MINUTE;
  return {
    id: deploymentId(pipeline, version, atMs),
    pipeline,
    environment,
    version,
    previous,
    atMs,
    commit: '9f8d111c0ffee',
    origin: 'marker',
    features: null,
  };
}

/** A verdict: healthy unless told otherwise. */
export function verdict(pipeline: string, change: Partial<Verdict> = {}): Verdict {
  return {
    pipeline,
    deploymentId: null,
    atMs: NOW_MS,
    phase: 'Successful',
    reason: 'healthy',
    text: 'healthy',
    confidence: 0.97,
    freshness: 'live',
    sinceMs: null,
    evidence: [],
    vetoed: [],
    health: { value: 98, confidence: 1, parts: [] },
    sampleCount: 36,
    ...change,
  };
}

/** A pipeline: live and healthy unless told otherwise. */
export function pipeline(name: string, change: Partial<PipelineView> = {}): PipelineView {
  return {
    pipeline: name,
    environment: 'prod',
    deployment: deployment(name, 'v203', 'v202', 2900),
    verdict: verdict(name),
    decision: null,
    risk: null,
    freshness: 'live',
    sparks: [
      spark(METRICS.cpu, wave(30)),
      spark(METRICS.mem, wave(44)),
      spark(METRICS.rt, wave(90)),
      spark(METRICS.err, wave(0.1)),
    ],
    metricCount: 4,
    lastSampleMs: NOW_MS - 2000,
    badLines: 0,
    ...change,
  };
}

/** A risk of the given probability. */
export function risk(probability: number): NonNullable<PipelineView['risk']> {
  const rawScore = Math.log(probability / (1 - probability));
  return {
    label: probability > 0.3 ? 'HIGH' : 'LOW',
    probability,
    baseRate: 0.03,
    thresholdProbability: 0.3,
    rawScore,
    bias: rawScore - 1.1,
    reasons: [
      { feature: 'changed_files', value: 41, contribution: 0.8, text: '41 files changed' },
      { feature: 'deploy_hour', value: 14, contribution: 0.3, text: 'deployed on a Friday at 14:00' },
    ],
    model: 'sample-forest 1',
  };
}

/** The same with what became of similar deployments, and how far the model can be believed. */
export function riskWithPast(probability: number): NonNullable<PipelineView['risk']> {
  const past = (what: string, daysAgo: number, bad: boolean) => ({ what, atMs: NOW_MS - daysAgo * 86_400_000, bad });
  return {
    ...risk(probability),
    similar: [past('checkout v398', 12, true), past('checkout v391', 23, false), past('payment-api v77', 40, true)],
    reliability: 'AUC 0.72 (0.63–0.81) on 240 deployments here, 48 bad',
  };
}

/** Response time and error rate far above what was expected. */
export const EVIDENCE: readonly Evidence[] = [
  evidence({
    metric: 'response_time',
    unit: 'ms',
    observed: 912,
    expected: { low: 120, high: 210 },
    limit: 600,
    sigma: 31,
  }),
  evidence({
    metric: 'error_rate',
    unit: 'percent',
    observed: 4.8,
    expected: { low: 0, high: 0.6 },
    limit: 2,
    sigma: 18,
  }),
];

/** One piece of evidence, far beyond what was expected. */
export function evidence(change: Partial<Evidence>): Evidence {
  return {
    metric: 'response_time',
    unit: 'ms',
    detector: 'ensemble',
    observed: 912,
    expected: null,
    limit: null,
    score: 4,
    sigma: null,
    direction: 'high',
    sinceMs: NOW_MS - 233_000,
    inARow: 3,
    ...change,
  };
}

/** A pipeline whose deployment went bad six minutes ago. */
export function failedPipeline(name = 'checkout'): PipelineView {
  const current = deployment(name, 'v412', 'v411', 6);
  return pipeline(name, {
    deployment: current,
    verdict: verdict(name, {
      phase: 'Failed',
      reason: 'anomaly',
      text: 'failed 3/3, since 14:02:10',
      deploymentId: current.id,
      sinceMs: NOW_MS - 233_000,
      evidence: EVIDENCE,
      causes: causesSince(NOW_MS),
      health: { value: 21, confidence: 1, parts: [] },
    }),
    risk: risk(0.78),
    sparks: [
      spark(METRICS.rt, wave(150, 912)),
      spark(METRICS.err, wave(0.3, 4.8)),
      spark(METRICS.cpu, wave(40, 84)),
      spark(METRICS.mem, wave(50, 61)),
    ],
  });
}

/** A plan that puts `checkout` back. */
export function plan(name = 'checkout', change: Partial<Plan> = {}): Plan {
  const command = {
    argv: ['/opt/deploy/rollback.sh', '--service', name, '--to', 'v411'],
    cwd: '/opt/deploy',
    env: { ROLLWATCH_PIPELINE: name, ROLLWATCH_TO: 'v411', DEPLOY_TOKEN: 'very-secret', PATH: '/usr/bin:/bin' },
    timeoutMs: 120_000,
  };
  return {
    id: 'plan-7f3a',
    pipeline: name,
    environment: 'prod',
    deploymentId: failedPipeline(name).deployment?.id ?? '',
    target: { platform: 'shell', id: `shell:app-3:/opt/deploy:${name}`, text: 'box app-3, as user deploy' },
    fromVersion: 'v412',
    toVersion: 'v411',
    strategy: 'full',
    steps: [{ index: 0, text: 'roll back', command }],
    verify: {
      versionCommand: { ...command, argv: ['/opt/deploy/version.sh', name] },
      verifyCommand: null,
      healthAtLeast: 80,
      healthForMs: 120_000,
      withinMs: 600_000,
    },
    dryRun: false,
    dryRunBecause: null,
    notUndone: ['migration 0042_add_index.sql ran with v412'],
    ...change,
  };
}

/** A plan that gives `checkout` back to the earlier version share by share. */
export function progressivePlan(name = 'checkout'): Plan {
  const whole = plan(name);
  const { command } = whole.steps[0]!;
  const judge = { healthAtLeast: 80, worseBy: 10, forMs: 120_000, holdMs: 600_000 };
  const share = (index: number, percent: number): Plan['steps'][number] => ({
    index,
    text: `give v411 ${percent} % of the traffic`,
    command: { ...command, argv: ['/opt/rollwatch/step', 'traffic', String(percent)] },
    action: { kind: 'traffic', percent },
    call: `set weight checkout/v411 ${percent}; set weight checkout/v412 ${100 - percent}`,
    judge,
  });
  return {
    ...whole,
    target: {
      platform: 'haproxy',
      id: 'haproxy:app-3:/run/haproxy.sock:checkout',
      text: 'HAProxy on app-3, backend checkout',
    },
    strategy: 'progressive',
    strategyBecause: [
      'progressive: it fails for a part of the requests only, steps show whether the version is to blame',
      'not full: nothing is down, going back at once would hit all users',
      'not blue-green: the old side has 2 of 3 servers alive',
      'not partial: a backend has no components of its own',
      'not ab: a backend has no components of its own',
    ],
    steps: [
      {
        index: 0,
        text: 'check that v411 can take the traffic',
        command: { ...command, argv: ['/opt/rollwatch/step', 'capacity'] },
        action: { kind: 'check-capacity', percent: 100 },
        call: 'show servers state checkout',
        retry: { attempts: 3, backoffMs: 1000, exitCodes: [75] },
      },
      share(1, 50),
      share(2, 100),
      {
        index: 3,
        text: 'take v412 out once its requests have ended',
        command: { ...command, argv: ['/opt/rollwatch/step', 'drain'] },
        action: { kind: 'drain' },
        call: 'set server checkout/v412 state drain',
      },
    ],
  };
}

/** The question about `checkout`. */
export function proposal(change: Partial<Proposal> = {}, name = 'checkout'): Proposal {
  const thePlan = plan(name);
  return {
    id: 'proposal-1',
    pipeline: name,
    deploymentId: thePlan.deploymentId,
    plan: thePlan,
    openedAtMs: NOW_MS - 100_000,
    expiresAtMs: NOW_MS + 800_000,
    because: 'anomaly',
    evidence: EVIDENCE,
    causes: causesSince(NOW_MS),
    risk: risk(0.78),
    confirmBy: 'key',
    autoAtMs: null,
    held: false,
    overrides: [],
    warnings: [],
    ...change,
  };
}

/** The act that follows the question about `checkout`. */
export function execution(change: Partial<Execution> = {}): Execution {
  return {
    id: 'execution-1',
    planId: 'plan-7f3a',
    proposalId: 'proposal-1',
    pipeline: 'checkout',
    attempt: 1,
    state: 'executing',
    stepIndex: 0,
    dryRun: false,
    fromVersion: 'v412',
    toVersion: 'v411',
    startedAtMs: NOW_MS - 9000,
    endedAtMs: null,
    exitCode: null,
    text: '',
    outputTail: ['draining app-3', 'starting checkout v411', 'waiting for 3 of 3 to be ready'],
    by: { kind: 'person', name: 'ann', via: 'uid 1001' },
    ...change,
  };
}

/** A fleet of six with one of each kind of trouble. */
export function fleetOfSix(): readonly PipelineView[] {
  return [
    pipeline('catalog', { risk: risk(0.02) }),
    failedPipeline(),
    pipeline('batch-report', {
      environment: 'stage',
      deployment: deployment('batch-report', 'v31', 'v30', 190, 'stage'),
      verdict: verdict('batch-report', {
        phase: 'Running',
        reason: 'bad-before',
        text: 'bad before the deployment: not blamed',
        vetoed: ['cpu_usage'],
        health: { value: 74, confidence: 1, parts: [] },
      }),
      sparks: [
        spark(METRICS.cpu, wave(95)),
        spark(METRICS.mem, wave(48)),
        spark(METRICS.rt, wave(210)),
        spark(METRICS.err, wave(0)),
      ],
    }),
    pipeline('mailer', {
      deployment: deployment('mailer', 'v12', null, 7300),
      verdict: verdict('mailer', {
        phase: 'NoData',
        reason: 'stale',
        text: 'no data for 3m (was 10 s)',
        freshness: 'stale',
        health: { value: null, confidence: 0, parts: [] },
      }),
      freshness: 'stale',
      risk: risk(0.03),
      sparks: [spark(METRICS.cpu, []), spark(METRICS.mem, []), spark(METRICS.rt, []), spark(METRICS.err, [])],
    }),
    pipeline('payments', {
      deployment: deployment('payments', 'v77', 'v76', 2),
      verdict: verdict('payments', {
        phase: 'Running',
        reason: 'too-few-samples',
        text: 'watching, 8 of 10 samples',
        health: { value: 97, confidence: 1, parts: [] },
        sampleCount: 8,
      }),
      risk: risk(0.06),
    }),
    pipeline('search', {
      deployment: deployment('search', 'v98', 'v97', 11),
      verdict: verdict('search', {
        phase: 'Running',
        reason: 'watching',
        text: 'watching',
        health: { value: 88, confidence: 1, parts: [] },
      }),
      risk: risk(0.04),
      sparks: [
        spark(METRICS.cpu, wave(41)),
        spark(METRICS.mem, wave(50, 71, 18)),
        spark(METRICS.rt, wave(140)),
        spark(METRICS.err, wave(0.1)),
      ],
    }),
  ];
}

/** A pipeline that went back to its earlier version four minutes ago. */
export function putBack(name = 'checkout'): PipelineView {
  const current = { ...deployment(name, 'v411', 'v412', 4), origin: 'rollback' } as const;
  return pipeline(name, { deployment: current, verdict: verdict(name, { text: 'healthy, 4 min after the rollback' }) });
}

/** A pipeline about which nobody wants to be asked for a while. */
export function silenced(view: PipelineView): PipelineView {
  const decision = {
    pipeline: view.pipeline,
    deploymentId: view.deployment?.id ?? null,
    atMs: NOW_MS,
    kind: 'hold',
    reason: 'silenced',
    text: 'silenced until 15:00:00 by ann: load test',
    untilMs: NOW_MS + 3_237_000,
    policy: 'guarded',
    mode: 'ask',
    overridable: [],
  } as const;
  return { ...view, decision };
}

/** A chart of an hour of response times that go wrong in its last four minutes. */
export function chart(spec: MetricSpec = METRICS.rt): ChartView {
  const count = 360;
  const atMs = Array.from({ length: count }, (_, index) => NOW_MS - (count - 1 - index) * 10_000);
  const values = atMs.map((at, index) => {
    const bad = Math.max(0, at - (NOW_MS - 233_000)) / 233_000;
    return 150 + 30 * Math.sin(index / 3.1) + 760 * Math.min(1, bad * 1.4);
  });
  const flags = values.map((value): 0 | 1 => (value > 600 ? 1 : 0));
  return { spec, atMs, values, flags, limit: spec.limit, markers: [{ atMs: NOW_MS - 6 * MINUTE, version: 'v412' }] };
}

/** The detail of `checkout`. */
export function detail(): DetailView {
  const { sparks } = failedPipeline();
  const orders = spark(METRICS.orders, wave(90, 41));
  return { pipeline: 'checkout', metrics: [...sparks, orders], chart: chart() };
}

/** Some events of a session. */
export function events(): readonly StampedEvent[] {
  const by = { kind: 'person', name: 'ann', via: 'uid 1001' } as const;
  const view = failedPipeline();
  const list: readonly SessionEvent[] = [
    { type: 'session-started', by, version: '0.1.0', configHash: null },
    { type: 'deployment-observed', deployment: deployment('checkout', 'v412', 'v411', 6), risk: risk(0.78) },
    { type: 'verdict-changed', verdict: view.verdict, inputDigest: 'd1' },
    { type: 'proposal-opened', proposal: proposal() },
  ];
  return list.map((event, index) => ({ seq: index + 1, atMs: NOW_MS - 360_000 + index * 60_000, event }));
}

/** A snapshot: a fleet of six, nothing asked, unless told otherwise. */
export function snapshot(change: Partial<Snapshot> = {}): Snapshot {
  return {
    nowMs: NOW_MS,
    seq: 4,
    fleet: {
      standing: ['auto off'],
      halted: null,
      behindMs: 2000,
      sources: { files: 6, rows: 12_400, badLines: 0, lostBytes: 0, bytes: 480_000 },
      health: 80,
      hints: [],
    },
    pipelines: fleetOfSix(),
    proposals: [],
    executions: [],
    recentEvents: events(),
    detail: null,
    ...change,
  };
}

/** A snapshot of a folder without logs. */
export function emptySnapshot(): Snapshot {
  const base = snapshot({ pipelines: [], recentEvents: [] });
  const sources = { files: 0, rows: 0, badLines: 0, lostBytes: 0, bytes: 0 };
  return {
    ...base,
    fleet: {
      ...base.fleet,
      behindMs: null,
      health: null,
      sources,
      hints: ['Looked in ./monitor_logs: there is no such folder.'],
    },
  };
}
