import { describe, expect, it } from 'vitest';
import { Cohorts } from '../../../../src/core/judge/cohorts.ts';
import { PipelineJudge } from '../../../../src/core/judge/pipeline-judge.ts';
import type { RowBatch } from '../../../../src/core/model/sample.ts';
import { sideOf } from '../../../../src/core/series/side.ts';
import { deployment, part, rows, settings, steady, T0 } from '../../../builders/judging.ts';

const OPTIONS = { replayed: false, historyRows: 2000 };
const STEP_MS = 10_000;
const HOUR_MS = 3_600_000;
/** Samples from an hour before the deployment to ten minutes after it. */
const BEFORE = HOUR_MS / STEP_MS;
const AFTER = 60;
const END_MS = T0 + AFTER * STEP_MS;

function cohorts() {
  const of = settings();
  const judge = new PipelineJudge(of, OPTIONS);
  return new Cohorts(judge, of, OPTIONS);
}

/** v1 serves all the time and well; from the deployment on v2 serves a tenth of it, badly. */
function served(label: 'version' | 'cohort', names: readonly [string, string], bad = 900): readonly RowBatch[] {
  const all = BEFORE + AFTER;
  const old = rows(
    { response_time: steady(all, 120), requests_per_minute: [...steady(BEFORE, 1000), ...steady(AFTER, 900)] },
    T0 - HOUR_MS,
    STEP_MS,
  );
  const fresh = rows({ response_time: steady(AFTER, bad), requests_per_minute: steady(AFTER, 100) }, T0 + 1, STEP_MS);
  return [
    { ...old, labels: { [label]: names[0] } },
    { ...fresh, labels: { [label]: names[1] } },
  ];
}

function give(to: Cohorts, batches: readonly RowBatch[]): void {
  for (const batch of batches) to.take(batch, sideOf(batch.labels, 'a.csv'), END_MS, 'live');
  to.tick(END_MS);
}

const bySide = (of: Cohorts, atMs = END_MS): Readonly<Record<string, number | null>> =>
  Object.fromEntries(of.sides(atMs).map(({ version, name, health }) => [version ?? name, health]));

describe('versions that serve side by side', () => {
  it('blame the new one only for what the old one does not show as well (difference in differences)', () => {
    const all = BEFORE + AFTER;
    const old = rows({ response_time: [...steady(BEFORE, 120), ...steady(AFTER, 800)] }, T0 - HOUR_MS, STEP_MS);
    const fresh = (value: number): RowBatch => rows({ response_time: steady(AFTER, value) }, T0 + 1, STEP_MS);
    const phaseOf = (batches: readonly RowBatch[]): string => {
      const made = cohorts();
      made.announce(deployment());
      const names = ['v1', 'v2'];
      give(
        made,
        batches.map((batch, i) => ({ ...batch, labels: { version: names[i]! } })),
      );
      const { phase, reason, common = [] } = made.verdict(END_MS);
      return [phase, reason, ...common].join(' ');
    };
    expect(phaseOf([old, fresh(850)])).toBe('Running at-peers response_time');
    expect(phaseOf([old, fresh(3000)])).toBe('Failed anomaly');
    expect(phaseOf([rows({ response_time: steady(all, 120) }, T0 - HOUR_MS, STEP_MS), fresh(850)])).toBe(
      'Failed anomaly',
    );
  });

  it('fail the deployment by the new one alone, however little traffic it gets', () => {
    const made = cohorts();
    made.announce(deployment());
    give(made, served('version', ['v1', 'v2']));
    const verdict = made.verdict(END_MS);
    expect(verdict).toMatchObject({ phase: 'Failed', reason: 'anomaly' });
    // What a side was given of the traffic is no failure of its own.
    expect(verdict.evidence.map(({ metric }) => metric)).toEqual(['response_time']);
    const [v1, v2] = verdict.sides!;
    expect([v1!.version, v2!.version]).toEqual(['v1', 'v2']);
    expect(v1!.health).toBeGreaterThan(90);
    expect(v2!.health).toBeLessThan(60);
    expect(v1!.trafficShare).toBeCloseTo(0.9, 2);
    expect(verdict.trafficPerMinute).toBeGreaterThan(900);
  });

  it('are judged the same when the deployment is announced late', () => {
    const [early, late] = [cohorts(), cohorts()];
    early.announce(deployment());
    give(early, served('version', ['v1', 'v2']));
    give(late, served('version', ['v1', 'v2']));
    late.announce(deployment());
    late.tick(END_MS);
    expect(late.verdict(END_MS)).toMatchObject({ phase: 'Failed', reason: 'anomaly' });
    expect(bySide(late)).toEqual(bySide(early));
  });

  it('are told apart by the usual words too', () => {
    const made = cohorts();
    made.announce(deployment());
    give(made, served('cohort', ['stable', 'canary']));
    expect(made.verdict(END_MS).phase).toBe('Failed');
    expect(made.sides(END_MS).map(({ name, version }) => [name, version])).toEqual([
      ['stable', 'v1'],
      ['canary', 'v2'],
    ]);
  });

  it('do not hide behind a blend of both', () => {
    const made = cohorts();
    made.announce(deployment());
    give(made, served('version', ['v1', 'v2']));
    const blend = rows({ response_time: steady(30, 130), orders: steady(30, 50) }, T0 + 2, STEP_MS);
    made.take(blend, null, END_MS, 'live');
    made.tick(END_MS);
    expect(made.verdict(END_MS).phase).toBe('Failed');
  });

  it('stay apart after the rollback: the bad one is seen for as long as it serves', () => {
    const made = cohorts();
    made.announce(deployment());
    give(made, served('version', ['v1', 'v2']));
    const back = deployment({ version: 'v1', previous: 'v2', atMs: END_MS, origin: 'rollback' });
    made.announce(back);
    const more = (version: string, value: number, from: number, count: number): void => {
      const batch = rows({ response_time: steady(count, value) }, from, STEP_MS);
      made.take({ ...batch, labels: { version } }, sideOf({ version }, 'a'), from + count * STEP_MS, 'live');
    };
    more('v1', 120, END_MS + 1, 30);
    more('v2', 900, END_MS + 2, 30);
    const laterMs = END_MS + 30 * STEP_MS;
    made.tick(laterMs);
    expect(bySide(made, laterMs)['v2']).toBeLessThan(60);
    expect(bySide(made, laterMs)['v1']).toBeGreaterThan(90);
    // Judged by the side that was returned to.
    expect(made.verdict(laterMs).health.value).toBeGreaterThan(90);
    more('v1', 120, laterMs + 1, 60);
    expect(Object.keys(bySide(made, laterMs + 60 * STEP_MS))).toEqual(['v1']);
  });

  it('are no sides where one version takes the place of the other', () => {
    const made = cohorts();
    made.announce(deployment());
    const [old] = served('version', ['v1', 'v2']);
    const fresh = rows({ response_time: steady(AFTER, 120) }, T0 + 1, STEP_MS);
    give(made, [part(old!, 0, BEFORE), { ...fresh, labels: { version: 'v2' } }]);
    expect(made.verdict(END_MS)).toMatchObject({ phase: 'Running' });
    expect(Object.keys(bySide(made))).toEqual(['v2']);
  });

  it('give their samples by version, for a comparison', () => {
    const made = cohorts();
    made.announce(deployment());
    give(made, served('version', ['v1', 'v2']));
    expect(made.samplesOf('v2', T0 + 1)?.get('response_time')?.values).toHaveLength(AFTER);
    expect(made.samplesOf('v1', T0 + 1)?.get('response_time')?.values).toHaveLength(AFTER - 1);
    expect(made.samplesOf('v3', T0)).toBeNull();
  });
});

describe('a side', () => {
  it.each([
    [{ version: '2.0' }, 'a.csv', { kind: 'version', name: '2.0' }],
    [{ cohort: 'canary' }, 'a.csv', { kind: 'experiment', name: 'canary' }],
    [{ cohort: 'Stable' }, 'a.csv', { kind: 'control', name: 'Stable' }],
    [{ cohort: 'eu-1' }, 'a.csv', { kind: 'other', name: 'eu-1' }],
    [{}, '/logs/metrics_checkout@2.1.0.csv', { kind: 'version', name: '2.1.0' }],
    [{}, '/logs/metrics_checkout.csv', null],
    [{ version: '' }, 'a@b/metrics.csv', null],
  ] as const)('of %j in %s', (labels, path, side) => {
    expect(sideOf(labels, path)).toEqual(side);
  });
});
