import type { Dataset } from '../../src/core/risk/dataset.ts';
import { seededRandom } from '../../src/core/risk/random.ts';

const DAY_MS = 86_400_000;

/** Deployments, one a day: `size` raises the chance of a bad end from 2 % to about 60 %, `noise` says nothing. */
export function riskData(rows: number, seed: number, missing = 0): Dataset {
  const random = seededRandom(seed);
  const size = new Float64Array(rows);
  const noise = new Float64Array(rows);
  const labels = new Uint8Array(rows);
  const atMs = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const value = random();
    labels[i] = Number(random() < 0.02 + 0.6 * value ** 4);
    size[i] = random() < missing ? NaN : value * 100;
    noise[i] = random();
    atMs[i] = i * DAY_MS;
  }
  return {
    features: [
      { name: 'size', kind: 'number' },
      { name: 'noise', kind: 'number' },
    ],
    rowCount: rows,
    columns: [size, noise],
    labels,
    atMs,
  };
}
