import { describe, expect, it } from 'vitest';
import { trainNetwork, type TrainingProgress } from '../../../../../src/core/detectors/lstm/train.ts';

const PLAN = { shape: { inputs: 1, hidden: 6, window: 8 }, batch: 10, epochs: 4, rate: 0.02, seed: 3 } as const;
const ROWS = Float64Array.from({ length: 133 }, (_, i) => Math.sin(i / 3));
const STARTS = Int32Array.from({ length: 125 }, (_, i) => i);
const TARGETS = Float64Array.from(STARTS, (start) => ROWS[start + 8]!);

function trained(seed: number) {
  const progress: TrainingProgress[] = [];
  const result = trainNetwork(ROWS, STARTS, TARGETS, { ...PLAN, seed }, (one) => progress.push(one));
  return { ...result, progress };
}

describe('trainNetwork', () => {
  it('learns a sine', () => {
    const { losses } = trained(3);
    expect(losses).toHaveLength(4);
    expect(losses[3]).toBeLessThan(losses[0]! / 5);
    expect(losses[3]).toBeLessThan(0.1);
  });

  it('tells after every batch how far it is', () => {
    const { progress } = trained(3);
    expect(progress.map(({ done }) => done)).toEqual(
      Array.from({ length: 52 }, (_, i) => Math.floor(i / 13) * 125 + Math.min(125, ((i % 13) + 1) * 10)),
    );
    expect(progress.every(({ all, loss }) => all === 500 && Number.isFinite(loss))).toBe(true);
  });

  it('gives the same weights for the same seed and others for another', () => {
    expect(trained(3).network.weights).toEqual(trained(3).network.weights);
    expect(trained(4).network.weights).not.toEqual(trained(3).network.weights);
  });

  it('refuses to train on nothing', () => {
    expect(() => trainNetwork(ROWS, new Int32Array(0), new Float64Array(0), PLAN, () => undefined)).toThrow(
      'at least one window',
    );
  });
});
