import { describe, expect, it } from 'vitest';
import { DEFAULT_ANALYSIS } from '../../../../src/config/defaults.ts';
import { crowdFactor } from '../../../../src/core/judge/crowd.ts';
import { PipelineJudge } from '../../../../src/core/judge/pipeline-judge.ts';
import { deployment, rows, settings, T0 } from '../../../builders/judging.ts';

/** Gaussian noise around 100 with a memory of `rho` from sample to sample; the same in every run. */
function noise(seed: number, count: number, deviation: number, rho: number): readonly number[] {
  let state = seed;
  const uniform = (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  let x = 0;
  return Array.from({ length: count }, () => {
    const fresh = Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
    x = rho * x + Math.sqrt(1 - rho * rho) * fresh;
    return 100 + deviation * x;
  });
}

/** How many of `runs` healthy deployments of two hours are blamed for noise, one sample every ten seconds. */
function blamed(runs: number, metrics: number, limit: number | 'default', rho: number): number {
  const detectors = limit === 'default' ? DEFAULT_ANALYSIS.detectors : [{ name: 'zscore', parameters: { limit } }];
  let count = 0;
  for (let run = 0; run < runs; run += 1) {
    const columns = Array.from({ length: metrics }, (_, i) => [
      `latency_${i}_ms`,
      noise(1 + run * 100 + i, 1080, 12, rho),
    ]);
    const judge = new PipelineJudge(settings({ analysis: { detectors } }), { replayed: false, historyRows: 1200 });
    judge.announce(deployment());
    judge.take(rows(Object.fromEntries(columns), T0 - 3_600_000), T0 + 7_200_000, 'backfill');
    if (judge.failure.failedFromMs !== null) count += 1;
  }
  return count;
}

describe('false alarms', () => {
  it('the default blames fewer healthy deployments than three deviations, though it has an hour of the past', () => {
    // Of 40: 0, where each sample is four fifths of the last, 22 at three deviations.
    expect(blamed(10, 4, 'default', 0.8)).toBe(0);
    expect(blamed(10, 4, 3, 0.8)).toBeGreaterThan(1);
  });

  it('lone samples out of the ordinary are learned, so that the deviation does not shrink away', () => {
    // Without that, 26 of 100 were blamed.
    expect(blamed(40, 4, 2, 0)).toBeLessThanOrEqual(5);
  });

  it('fifty-four noisy metrics blame a deployment no more often than four', () => {
    expect(blamed(5, 54, 3, 0.5)).toBe(0);
    expect(blamed(3, 54, 'default', 0.8)).toBe(0);
    expect(crowdFactor(1)).toBe(1);
    expect(crowdFactor(4)).toBe(1);
    expect(crowdFactor(54)).toBeCloseTo(1.517, 3);
  });

  it('three deviations are seldom passed three times in a row, even where each sample resembles the last', () => {
    expect(blamed(20, 4, 3, 0.5)).toBeLessThanOrEqual(4);
  });
});
