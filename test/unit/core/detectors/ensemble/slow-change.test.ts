import { describe, expect, it } from 'vitest';
import type { SeriesContext } from '../../../../../src/core/detectors/detector.ts';
import { ensemble } from '../../../../../src/core/detectors/ensemble/ensemble.ts';
import { SlowChange } from '../../../../../src/core/detectors/ensemble/slow-change.ts';
import { taught } from '../taught.ts';

const MINUTE_MS = 60_000;

/** Deviations that go up and down and never stay. */
function quiet(count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => Math.sin(i * 2.4) * 2);
}

function after(deviations: readonly number[], worse: SeriesContext['worse'] = 'both'): SlowChange {
  const slow = new SlowChange(worse, null);
  for (const deviation of [...quiet(3000), ...deviations]) slow.take(deviation, false);
  return slow;
}

const repeated = (deviation: number, times: number): readonly number[] =>
  Array.from({ length: times }, () => deviation);

describe('slow change', () => {
  it.each([
    ['noise', [], 'both', 0, 0.4],
    ['a small change that stays', repeated(1, 20), 'both', 1, 1],
    ['a small change downwards', repeated(-1, 20), 'both', 1, 1],
    ['a small change to the good side', repeated(-1, 20), 'up', 0, 0],
    ['a spike, capped', [1e9], 'both', 0.5, 0.8],
    ['a change that is over', [...repeated(3, 20), ...quiet(20)], 'both', 0, 0.4],
  ] as const)('suspects %s as much as it should', (_name, deviations, worse, low, high) => {
    const { suspicion } = after(deviations, worse);
    expect(suspicion).toBeGreaterThanOrEqual(low);
    expect(suspicion).toBeLessThanOrEqual(high);
  });

  it('is the mean of 20 over the root of its mark', () => {
    expect(after(repeated(0.5, 20)).suspicion).toBeCloseTo(0.5 / Math.sqrt(0.4), 12);
    const young = new SlowChange('both', null);
    for (const deviation of repeated(0.6, 20)) young.take(deviation, false);
    expect(young.suspicion).toBeCloseTo(0.6 / Math.sqrt(1.2), 12);
  });

  it('gets used to changes that are ordinary, and not to an incident', () => {
    const changes = Array.from({ length: 3000 }, (_, i) => (i % 60 < 30 ? 2 : -2));
    const [learned, passed] = [after(changes), after([])];
    for (const deviation of changes) passed.take(deviation, true);
    for (const slow of [learned, passed]) for (const deviation of repeated(1, 20)) slow.take(deviation, true);
    expect(learned.suspicion).toBeCloseTo(1 / Math.sqrt(2), 12);
    expect(passed.suspicion).toBe(1);
  });

  it('goes on from a saved state to the last digit', () => {
    const slow = after(quiet(7));
    const again = new SlowChange('both', JSON.parse(JSON.stringify(slow.save())));
    for (const deviation of quiet(300)) {
      for (const one of [slow, again]) one.take(deviation / 3, false);
      expect(again.suspicion).toBe(slow.suspicion);
    }
    expect(again.save()).toEqual(slow.save());
  });
});

describe('ensemble', () => {
  const values = Array.from({ length: 2900 }, (_, i) => 100 + ((i * 7919) % 13));
  const series = { metric: 'm', worse: 'both', limit: null, seed: 5 } as const;

  it('ranks a small change that stays higher than three samples do, and below the limit', () => {
    const detector = taught('ensemble', values);
    let [most, mostQuick] = [0, 0];
    for (let i = 0; i < 40; i += 1) {
      const [value, atMs] = [104 + ((i * 7919) % 13), (2900 + i) * MINUTE_MS];
      const quick = detector.quickOne!(value, atMs);
      const score = detector.scoreOne(value, atMs);
      expect(score).toBeGreaterThanOrEqual(quick);
      expect(score).toBeLessThanOrEqual(1);
      [most, mostQuick] = [Math.max(most, score), Math.max(mostQuick, quick)];
      detector.learnOne(value, atMs);
    }
    expect(mostQuick).toBeLessThan(1);
    expect(most).toBeGreaterThan(mostQuick + 0.1);
  });

  it('leaves a score beyond the limit as it is', () => {
    const detector = taught('ensemble', values);
    const atMs = 2900 * MINUTE_MS;
    expect(detector.scoreOne(1e5, atMs)).toBe(detector.quickOne!(1e5, atMs));
    expect(detector.scoreOne(1e5, atMs)).toBeGreaterThan(1);
  });

  it('restores what it learned in days', () => {
    const detector = taught('ensemble', values);
    const again = ensemble.restore(series, {}, JSON.parse(JSON.stringify(detector.save())));
    for (let i = 0; i < 60; i += 1) {
      const [value, atMs] = [106 + ((i * 7919) % 13), (2900 + i) * MINUTE_MS];
      expect(again.scoreOne(value, atMs)).toBe(detector.scoreOne(value, atMs));
      for (const one of [detector, again]) one.learnOne(value, atMs);
    }
  });
});
