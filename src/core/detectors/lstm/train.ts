import { SeededUniform } from '../../stats/seeded-uniform.ts';
import { Adam } from './adam.ts';
import { LstmNetwork, type NetworkShape } from './network.ts';

/** How a network is trained. */
export interface TrainingPlan {
  readonly shape: NetworkShape;
  readonly batch: number;
  readonly epochs: number;
  readonly rate: number;
  readonly seed: number;
}

/** Where training stands, told after every batch. */
export interface TrainingProgress {
  /** Windows gone over, and how many there are in all epochs together. */
  readonly done: number;
  readonly all: number;
  /** Mean squared error of the batch. */
  readonly loss: number;
}

/** A trained network and the mean squared error of each epoch. */
export interface Trained {
  readonly network: LstmNetwork;
  readonly losses: readonly number[];
}

/**
 * Trains a new network: window i is the rows that begin at `starts[i]` (an index of a row), its target is `targets[i]`.
 *
 * `rows` is row-major and finite. The same seed gives the same weights. Throws RangeError when there is no window.
 */
export function trainNetwork(
  rows: Float64Array,
  starts: Int32Array,
  targets: Float64Array,
  plan: TrainingPlan,
  onProgress: (progress: TrainingProgress) => void,
): Trained {
  if (starts.length === 0) throw new RangeError('training needs at least one window');
  const random = new SeededUniform(plan.seed);
  const network = LstmNetwork.random(plan.shape, random);
  const gradient = new Float64Array(network.weights.length);
  const adam = new Adam(gradient.length);
  const order = Int32Array.from(starts, (_, i) => i);
  const losses: number[] = [];
  for (let epoch = 0; epoch < plan.epochs; epoch += 1) {
    shuffle(order, random);
    let sum = 0;
    for (let from = 0; from < order.length; from += plan.batch) {
      const batch = order.subarray(from, from + plan.batch);
      let loss = 0;
      for (const i of batch) {
        const error = network.forward(rows, starts[i]! * plan.shape.inputs) - targets[i]!;
        loss += error * error;
        network.backward((2 * error) / batch.length, gradient);
      }
      adam.step(network.weights, gradient, plan.rate);
      sum += loss;
      const done = epoch * order.length + from + batch.length;
      onProgress({ done, all: plan.epochs * order.length, loss: loss / batch.length });
    }
    losses.push(sum / order.length);
  }
  return { network, losses };
}

function shuffle(order: Int32Array, random: SeededUniform): void {
  for (let i = order.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random.next() * (i + 1));
    const kept = order[i]!;
    order[i] = order[j]!;
    order[j] = kept;
  }
}
