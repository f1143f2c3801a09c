import { expect, it } from 'vitest';
import { AnomalyRun } from '../../../../src/core/judge/anomaly-run.ts';

/** A run after scores that rest on three samples, ten seconds apart. */
function after(scores: readonly number[], alone: readonly number[] = []): AnomalyRun {
  const run = new AnomalyRun();
  for (const [i, score] of scores.entries()) run.take(i * 10_000, score, score, 3, alone[i] ?? 0, true);
  return run;
}

it('counts the samples a score rose over, as many as it rests on', () => {
  expect(after([0, 0.4, 0.8, 1.2])).toMatchObject({ now: 1, length: 3, sinceMs: 10_000 });
  expect(after([0.5, 0.5, 0.5, 0.5, 1.2])).toMatchObject({ now: 1, length: 3, sinceMs: 20_000 });
  expect(after([0.4, 0, 0.8, 1.2])).toMatchObject({ now: 1, length: 2, sinceMs: 20_000 });
});

it('counts a lone spike once, however high', () => {
  expect(after([0, 0, 40])).toMatchObject({ now: 1, length: 1, sinceMs: 20_000 });
  expect(after([0, 0, 40, 0])).toMatchObject({ now: 0, length: 1, sinceMs: 20_000, alone: 0 });
});

it('counts nothing before a sample that only a detector of single samples found', () => {
  const run = new AnomalyRun();
  run.take(0, 0.9, 0.9, 3, 0, true);
  run.take(10_000, 1.5, 0.9, 3, 1.5, true);
  expect(run).toMatchObject({ now: 1, length: 1, alone: 1 });
});

it('keeps how high the score went as it began, not what came of an old level later', () => {
  expect(after([1.1, 1.3, 1.2, 5, 9]).onsetScore).toBe(1.3);
  expect(after([5, 0, 1.1]).onsetScore).toBe(1.1);
});

it('neither counts nor ends with a sample that only those before it make anomalous', () => {
  const run = after([0, 5]);
  run.take(20_000, 4, 4, 3, 0, false);
  expect(run).toMatchObject({ now: 1, length: 1 });
  run.take(30_000, 3, 3, 3, 0, true);
  expect(run).toMatchObject({ now: 2, length: 2, sinceMs: 10_000 });
});
