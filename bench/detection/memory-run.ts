/** Lets fifty series of the default detector grow and prints, as JSON, what each holds. Needs --expose-gc. */
import { detectors } from '../../src/core/detectors/registry.ts';

const SERIES = 50;
const PER_DAY = 1440;
const AFTER_DAYS = [1 / 24, 1, 8, 16];

function created() {
  return detectors.ensemble.create({ metric: 'value', worse: 'both', limit: 1e9, seed: 1 }, {});
}

function grow(all: readonly ReturnType<typeof created>[], from: number, to: number): void {
  for (let i = from; i < to; i += 1) {
    const value = 100 + 40 * Math.sin((i / PER_DAY) * 2 * Math.PI) + ((i * 7919) % 13);
    for (const detector of all) {
      detector.scoreOne(value, i * 60_000);
      detector.learnOne(value, i * 60_000);
    }
  }
}

function held(): number {
  // What the first look sets free, the second takes away.
  for (let look = 0; look < 3; look += 1) globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

// Compiled code and types count for nobody's series.
grow([created()], 0, 2 * PER_DAY);
const before = held();
const all = Array.from({ length: SERIES }, created);
let done = 0;
const rows = AFTER_DAYS.map((days) => {
  const to = Math.round(days * PER_DAY);
  grow(all, done, to);
  done = to;
  return { days, bytesPerSeries: (held() - before) / SERIES };
});
console.log(JSON.stringify(rows));
