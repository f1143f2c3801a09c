import { describe, expect, it } from 'vitest';
import { trainLstm } from '../../../../src/app/train-lstm/index.ts';
import { trainOnSeries } from '../../../../src/core/detectors/lstm/train-series.ts';

const VALUES = Array.from({ length: 120 }, (_, i) => 100 + (i % 7));
const JOB = { values: VALUES, times: VALUES.map((_, i) => i * 60_000), parameters: { hidden: 4, window: 8 }, seed: 2 };

describe('trainLstm', () => {
  it('gives what training here gives, and tells how far it is', async () => {
    const seen: number[] = [];
    const state = await trainLstm(JOB, ({ done, all }) => seen.push(done / all));
    expect(state).toEqual(trainOnSeries(JOB.values, JOB.times, JOB.parameters, JOB.seed, () => undefined));
    expect(seen.at(-1)).toBe(1);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  });

  it('rejects with the error of the thread', async () => {
    await expect(trainLstm({ ...JOB, values: [1, 2] }, () => undefined)).rejects.toThrow('needs more than 2 samples');
  });
});
