import type { DetectorKind } from '../../src/core/detectors/detector.ts';
import { detectors } from '../../src/core/detectors/registry.ts';
import { SeededUniform } from '../../src/core/stats/seeded-uniform.ts';

const SAMPLES = 30_000;
/** The quickest of so many counts: neighbours on the machine only ever slow one down, and seldom for all of two seconds. */
const RUNS = 12;
/** A count that takes longer is not repeated. */
const LONG_US = 2_000_000;

/** Processor time of one detector to score and learn one sample, in microseconds. */
export interface SpeedRow {
  readonly name: string;
  readonly usPerSample: number;
}

/** Runs every detector over the same made-up three weeks of minutes. */
export function speedProtocol(): readonly SpeedRow[] {
  const random = new SeededUniform(3);
  const values = Float64Array.from(
    { length: SAMPLES },
    (_, i) => 100 + 40 * Math.sin((i / 1440) * 2 * Math.PI) + 10 * (random.next() + random.next() - 1),
  );
  return Object.values(detectors).map((kind) => {
    let least = microsecondsOf(kind, values);
    for (let run = 1; run < RUNS && least < LONG_US; run += 1) least = Math.min(least, microsecondsOf(kind, values));
    return { name: kind.name, usPerSample: least / SAMPLES };
  });
}

function microsecondsOf(kind: DetectorKind, values: Float64Array): number {
  const detector = kind.create({ metric: 'value', worse: 'both', limit: 1e9, seed: 1 }, {});
  const begin = process.cpuUsage();
  for (let i = 0; i < values.length; i += 1) {
    detector.scoreOne(values[i]!, i * 60_000);
    detector.learnOne(values[i]!, i * 60_000);
  }
  const { user, system } = process.cpuUsage(begin);
  return user + system;
}
