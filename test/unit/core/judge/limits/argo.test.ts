import { describe, expect, it } from 'vitest';
import { judgeMeasurement } from '../../../../../src/core/judge/limits/condition.ts';
import type { Value } from '../../../../../src/core/judge/limits/expression/syntax.ts';
import {
  DEFAULT_LIMITS,
  NO_TALLY,
  tallied,
  type LimitPhase,
  type MeasuredPhase,
  type MetricLimits,
  type Tally,
} from '../../../../../src/core/judge/limits/measurement.ts';
import { metricStatus } from '../../../../../src/core/judge/limits/metric-status.ts';
import { PHASE_ORDER, runStatus } from '../../../../../src/core/judge/limits/run-status.ts';
import { nextMeasurementMs } from '../../../../../src/core/judge/limits/schedule.ts';
import { sharedJson } from '../../../../shared-data.ts';

interface ArgoCases {
  readonly phaseOrderBestToWorst: readonly LimitPhase[];
  readonly unitTestCases: readonly {
    readonly test: string;
    readonly metric: Partial<Omit<MetricLimits, 'intervalMs'>> & { readonly interval?: string };
    readonly result: Partial<Tally>;
    readonly lastMeasurementPhase: LimitPhase | null;
    readonly terminating: boolean;
    readonly expectedPhase: LimitPhase;
    readonly note?: string;
  }[];
  readonly conditionCases: readonly ConditionCase[];
  readonly specialValueCases: readonly (ConditionCase & { readonly value: Value })[];
  readonly runCases: readonly {
    readonly test: string;
    readonly metricPhases: readonly LimitPhase[];
    readonly dryRun?: readonly boolean[];
    readonly terminate?: boolean;
    readonly expectedRunPhase: LimitPhase;
    readonly expectedMessage?: string;
    readonly expectedDryRunSummary?: object;
  }[];
  readonly schedulingCases: readonly {
    readonly test: string;
    readonly interval?: string | null;
    readonly lastFinishedAgo?: string;
    readonly anotherMetricAlreadyFailed?: boolean;
    readonly countSoFar?: number;
    readonly initialDelay?: string;
    readonly runStartedAgo?: string;
    readonly lastMeasurementPhase?: LimitPhase;
    readonly nextAttemptIn?: string;
    readonly takeMeasurement?: boolean;
  }[];
}

interface ConditionCase {
  readonly successCondition: string;
  readonly failureCondition: string;
  readonly expectedPhase: MeasuredPhase;
}

const cases = sharedJson('judge/argo-cases.json') as ArgoCases | null;

function msOf(text: string | null | undefined): number | null {
  const match = /^(\d+)([sm])$/.exec(text ?? '');
  return match === null ? null : Number(match[1]) * (match[2] === 'm' ? 60_000 : 1000);
}

describe.skipIf(cases === null)("Argo's own cases", () => {
  it('has its order of phases', () => expect(cases?.phaseOrderBestToWorst).toEqual(PHASE_ORDER));

  it.each(cases?.unitTestCases ?? [])('$test: $expectedPhase', (one) => {
    const { interval, ...metric } = one.metric;
    const limits = { ...DEFAULT_LIMITS, ...metric, intervalMs: msOf(interval) };
    const tally = { ...NO_TALLY, ...one.result };
    const status = metricStatus(limits, tally, one.lastMeasurementPhase, one.terminating);
    expect(status.phase).toBe(one.expectedPhase);
    const message = /^message: (.*)$/.exec(one.note ?? '')?.[1];
    if (message !== undefined) expect(status.because).toBe(message);
  });

  it.each([...(cases?.conditionCases ?? []), ...(cases?.specialValueCases ?? [])])(
    '"$successCondition" and "$failureCondition": $expectedPhase',
    (one) => {
      const special: Readonly<Record<string, number>> = { NaN: Number.NaN, '+Inf': Number.POSITIVE_INFINITY };
      const given = 'value' in one ? (one.value as Value) : true;
      const value = typeof given === 'string' ? (special[given] ?? given) : given;
      const condition = (text: string): string => text.replace(' (unknown name)', '');
      const judged = judgeMeasurement(value, condition(one.successCondition), condition(one.failureCondition));
      expect(judged.phase).toBe(one.expectedPhase);
      expect(judged.error === '').toBe(one.expectedPhase !== 'Error');
    },
  );

  it.each(cases?.runCases ?? [])('$test $metricPhases: $expectedRunPhase', (one) => {
    const named = /^Metric "([^"]+)" assessed \w+ due to (.*)$/.exec(one.expectedMessage ?? '');
    let first = true;
    const metrics = one.metricPhases.map((phase, i) => {
      const bad = !['Successful', 'Running', 'Pending'].includes(phase);
      const name = bad && first && named !== null ? named[1]! : `metric-${i}`;
      if (bad) first = false;
      return { name, phase, because: named?.[2] ?? 'a limit', dryRun: one.dryRun?.[i] ?? false };
    });
    const status = runStatus(metrics, one.terminate ?? false);
    expect(status.phase).toBe(one.expectedRunPhase);
    if (one.expectedMessage !== undefined) expect(status.message).toBe(one.expectedMessage);
    if (one.expectedDryRunSummary !== undefined) expect(status.dryRun).toMatchObject(one.expectedDryRunSummary);
  });

  it.each(cases?.schedulingCases ?? [])('$test', (one) => {
    const now = 10_000_000;
    const limits = {
      ...DEFAULT_LIMITS,
      intervalMs: msOf(one.interval),
      initialDelayMs: msOf(one.initialDelay) ?? 0,
    };
    const ago =
      msOf(one.lastFinishedAgo) ?? (one.countSoFar === undefined && one.nextAttemptIn === undefined ? null : 0);
    const last = ago === null ? null : { phase: one.lastMeasurementPhase ?? 'Successful', finishedMs: now - ago };
    const next = nextMeasurementMs(limits, {
      runStartedMs: now - (msOf(one.runStartedAgo) ?? 0),
      tally: { ...NO_TALLY, count: one.countSoFar ?? 0 },
      last,
      runEnded: one.anotherMetricAlreadyFailed ?? false,
    });
    if (one.takeMeasurement !== undefined) expect(next !== null && next <= now).toBe(one.takeMeasurement);
    if (one.nextAttemptIn !== undefined) expect(next).toBe(now + msOf(one.nextAttemptIn)!);
  });
});

describe('sequences of measurements', () => {
  const phases = { S: 'Successful', F: 'Failed', E: 'Error', I: 'Inconclusive' } as const;
  const interval = { intervalMs: 60_000 };
  it.each([
    ['SSSSS', { count: 5, ...interval }, 'Successful'],
    ['SSF', interval, 'Failed'],
    ['FSFSFS', { count: 6, failureLimit: 3, ...interval }, 'Successful'],
    ['FSFSFSF', { failureLimit: 3, ...interval }, 'Failed'],
    ['SSSSSS', interval, 'Running'],
    ['EEEEE', { count: 3, ...interval }, 'Error'],
    ['SI', interval, 'Inconclusive'],
    ['SIS', { inconclusiveLimit: 1, count: 3, ...interval }, 'Successful'],
    ['FSSFSS', { count: 6, failureLimit: -1, consecutiveSuccessLimit: 3, ...interval }, 'Failed'],
    ['FSSFSS', { count: 6, failureLimit: 3, consecutiveSuccessLimit: 3, ...interval }, 'Inconclusive'],
    ['EESSS', { count: 3, ...interval }, 'Successful'],
    // Where Argo says Successful although most measurements were errors:
    ['EEEESSS', { count: 3, ...interval }, 'Inconclusive'],
    ['EEEESEEEESEEEES', { count: 3, ...interval }, 'Inconclusive'],
  ] as const)('%s with %j is %s', (sequence, change, expected) => {
    let tally = NO_TALLY;
    let last: MeasuredPhase = 'Successful';
    for (const sign of sequence) {
      last = phases[sign as keyof typeof phases];
      tally = tallied(tally, last);
    }
    expect(metricStatus({ ...DEFAULT_LIMITS, ...change }, tally, last, false).phase).toBe(expected);
  });

  it('ends an unviolated metric as Successful, an unmeasured one too, but not one of errors only', () => {
    const limits = { ...DEFAULT_LIMITS, ...interval };
    expect(metricStatus(limits, tallied(NO_TALLY, 'Successful'), 'Successful', true).phase).toBe('Successful');
    expect(metricStatus(limits, NO_TALLY, null, true).phase).toBe('Successful');
    const errors = metricStatus(limits, tallied(NO_TALLY, 'Error'), 'Error', true);
    expect(errors).toEqual({ phase: 'Inconclusive', because: '1 of 1 measurements were errors' });
  });
});
