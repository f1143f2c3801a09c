import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { DetectorKind } from '../../src/core/detectors/detector.ts';

const SERIES = 50;
const PER_DAY = 1440;

/** Bytes that one series holds after so many days of a sample a minute; equal from a week on where memory is bounded. */
export interface MemoryRow {
  readonly days: number;
  readonly bytesPerSeries: number;
}

/** Lets fifty series of a detector grow and looks at what they hold after an hour, a day, eight days and sixteen. */
export function memoryProtocol(kind: DetectorKind): readonly MemoryRow[] {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') throw new TypeError('no garbage collector to call');
  const held = (): number => {
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  // Compiled code and types count for nobody's series.
  grow([created(kind)], 0, 2 * PER_DAY);
  const before = held();
  const all = Array.from({ length: SERIES }, () => created(kind));
  let done = 0;
  return [1 / 24, 1, 8, 16].map((days) => {
    grow(all, done, Math.round(days * PER_DAY));
    done = Math.round(days * PER_DAY);
    return { days, bytesPerSeries: (held() - before) / SERIES };
  });
}

function created(kind: DetectorKind): ReturnType<DetectorKind['create']> {
  return kind.create({ metric: 'value', worse: 'both', limit: 1e9, seed: 1 }, {});
}

function grow(all: readonly ReturnType<DetectorKind['create']>[], from: number, to: number): void {
  for (let i = from; i < to; i += 1) {
    const value = 100 + 40 * Math.sin((i / PER_DAY) * 2 * Math.PI) + ((i * 7919) % 13);
    for (const detector of all) {
      detector.scoreOne(value, i * 60_000);
      detector.learnOne(value, i * 60_000);
    }
  }
}
