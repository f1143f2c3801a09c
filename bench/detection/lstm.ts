import { trainNetwork } from '../../src/core/detectors/lstm/train.ts';

const WINDOWS = 5000;
const SHAPE = { inputs: 4, hidden: 32, window: 30 } as const;

/** Seconds that a hand-written training of this task took where it was first measured, on an idle machine. */
export const REFERENCE_SECONDS = 17.5;

/** Time of training on a toy sine: 5,000 windows of 30 rows of 4 numbers, batches of 64, 5 epochs. */
export interface LstmReport {
  /** Processor time. */
  readonly seconds: number;
  readonly lastLoss: number;
}

/** Trains once and takes the processor time of it. */
export function lstmProtocol(): LstmReport {
  const count = WINDOWS + SHAPE.window;
  const rows = new Float64Array(count * SHAPE.inputs);
  const targets = new Float64Array(WINDOWS);
  for (let row = 0; row < count; row += 1) {
    for (let j = 0; j < SHAPE.inputs; j += 1) rows[row * SHAPE.inputs + j] = Math.sin(row / (5 + 3 * j));
  }
  for (let i = 0; i < WINDOWS; i += 1) targets[i] = rows[(i + SHAPE.window) * SHAPE.inputs]!;
  const starts = Int32Array.from({ length: WINDOWS }, (_, i) => i);
  const begin = process.cpuUsage();
  const { losses } = trainNetwork(
    rows,
    starts,
    targets,
    { shape: SHAPE, batch: 64, epochs: 5, rate: 0.005, seed: 1 },
    () => undefined,
  );
  const { user, system } = process.cpuUsage(begin);
  return { seconds: (user + system) / 1e6, lastLoss: losses.at(-1)! };
}
