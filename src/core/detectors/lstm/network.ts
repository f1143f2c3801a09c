import type { SeededUniform } from '../../stats/seeded-uniform.ts';

/** Sizes of a network and of the windows it reads. */
export interface NetworkShape {
  /** Numbers per step. */
  readonly inputs: number;
  readonly hidden: number;
  /** Steps per window. */
  readonly window: number;
}

/** How many weights a network of that shape has. */
export function weightCount({ inputs, hidden }: NetworkShape): number {
  return 4 * hidden * (inputs + hidden + 1) + hidden + 1;
}

/**
 * One layer of long short-term memory and a linear output: a window of rows in, one number out.
 *
 * z = W·[x, h] + b in four blocks (in, forget, out, candidate), c = σ(f)·c + σ(i)·tanh(g), h = σ(o)·tanh(c), y = v·h + d.
 * All weights are one array: the rows of W, then b, then v and d. The state begins at 0 in every window. A window costs
 * window · 4 · hidden · (inputs + hidden) multiplications forward and twice that backward.
 * Reference: S. Hochreiter, J. Schmidhuber, Long Short-Term Memory, 1997; forget gate: F. Gers et al., 2000.
 */
export class LstmNetwork {
  readonly shape: NetworkShape;
  readonly weights: Float64Array;
  /** Per step: inputs and the hidden state before it. */
  readonly #joined: Float64Array;
  /** Per step: the four gates after their squashing. */
  readonly #gates: Float64Array;
  /** Cell state, hidden state: one row more than there are steps, the first is 0. */
  readonly #cells: Float64Array;
  readonly #squashed: Float64Array;
  readonly #last: Float64Array;
  readonly #cellGradient: Float64Array;
  readonly #hiddenGradient: Float64Array;

  /** Throws RangeError when there are not as many weights as the shape needs. */
  constructor(shape: NetworkShape, weights: Float64Array) {
    if (weights.length !== weightCount(shape)) {
      throw new RangeError(`the network needs ${weightCount(shape)} weights, not ${weights.length}`);
    }
    const { inputs, hidden, window } = shape;
    this.shape = shape;
    this.weights = weights;
    this.#joined = new Float64Array((inputs + hidden) * window);
    this.#gates = new Float64Array(4 * hidden * window);
    this.#cells = new Float64Array(hidden * (window + 1));
    this.#squashed = new Float64Array(hidden * window);
    this.#last = new Float64Array(hidden);
    this.#cellGradient = new Float64Array(hidden);
    this.#hiddenGradient = new Float64Array(hidden);
  }

  /** Uniform weights in ±1/√hidden, forget gates open, and an output of nearly 0. */
  static random(shape: NetworkShape, random: SeededUniform): LstmNetwork {
    const { inputs, hidden } = shape;
    const weights = new Float64Array(weightCount(shape));
    const bias = 4 * hidden * (inputs + hidden);
    const reach = 1 / Math.sqrt(hidden);
    for (let i = 0; i < bias; i += 1) weights[i] = (2 * random.next() - 1) * reach;
    weights.fill(1, bias + hidden, bias + 2 * hidden);
    for (let i = bias + 4 * hidden; i < weights.length - 1; i += 1) weights[i] = (2 * random.next() - 1) * reach * 0.1;
    return new LstmNetwork(shape, weights);
  }

  /** The output for the window that begins at `offset` of row-major `rows`. Keeps what `backward` needs. */
  forward(rows: Float64Array, offset: number): number {
    const { inputs, hidden, window } = this.shape;
    const weights = this.weights;
    const width = inputs + hidden;
    const bias = 4 * hidden * width;
    const joined = this.#joined;
    const gates = this.#gates;
    const cells = this.#cells;
    const last = this.#last.fill(0);
    for (let step = 0; step < window; step += 1) {
      const at = step * width;
      for (let j = 0; j < inputs; j += 1) joined[at + j] = rows[offset + step * inputs + j]!;
      joined.set(last, at + inputs);
      const gate = step * 4 * hidden;
      for (let row = 0; row < 4 * hidden; row += 1) {
        let sum = weights[bias + row]!;
        const from = row * width;
        for (let j = 0; j < width; j += 1) sum += weights[from + j]! * joined[at + j]!;
        gates[gate + row] = row < 3 * hidden ? 1 / (1 + Math.exp(-sum)) : Math.tanh(sum);
      }
      for (let k = 0; k < hidden; k += 1) {
        const before = step * hidden + k;
        const cell = gates[gate + hidden + k]! * cells[before]! + gates[gate + k]! * gates[gate + 3 * hidden + k]!;
        cells[before + hidden] = cell;
        const squashed = Math.tanh(cell);
        this.#squashed[before] = squashed;
        last[k] = gates[gate + 2 * hidden + k]! * squashed;
      }
    }
    const out = bias + 4 * hidden;
    let output = weights[out + hidden]!;
    for (let k = 0; k < hidden; k += 1) output += weights[out + k]! * last[k]!;
    return output;
  }

  /** Adds to `gradient` what the weights did to the last `forward`, times `slope`, the slope of the loss at its output. */
  backward(slope: number, gradient: Float64Array): void {
    const { inputs, hidden, window } = this.shape;
    const weights = this.weights;
    const width = inputs + hidden;
    const bias = 4 * hidden * width;
    const out = bias + 4 * hidden;
    const joined = this.#joined;
    const gates = this.#gates;
    const toCell = this.#cellGradient.fill(0);
    const toHidden = this.#hiddenGradient;
    for (let k = 0; k < hidden; k += 1) {
      gradient[out + k]! += slope * this.#last[k]!;
      toHidden[k] = slope * weights[out + k]!;
    }
    gradient[out + hidden]! += slope;
    for (let step = window - 1; step >= 0; step -= 1) {
      const at = step * width;
      const gate = step * 4 * hidden;
      // The gates are no longer needed once their own slopes are known: the slopes take their place.
      for (let k = 0; k < hidden; k += 1) {
        const entry = gates[gate + k]!;
        const forget = gates[gate + hidden + k]!;
        const exit = gates[gate + 2 * hidden + k]!;
        const candidate = gates[gate + 3 * hidden + k]!;
        const squashed = this.#squashed[step * hidden + k]!;
        const cell = toCell[k]! + toHidden[k]! * exit * (1 - squashed * squashed);
        gates[gate + k] = cell * candidate * entry * (1 - entry);
        gates[gate + hidden + k] = cell * this.#cells[step * hidden + k]! * forget * (1 - forget);
        gates[gate + 2 * hidden + k] = toHidden[k]! * squashed * exit * (1 - exit);
        gates[gate + 3 * hidden + k] = cell * entry * (1 - candidate * candidate);
        toCell[k] = cell * forget;
      }
      toHidden.fill(0);
      for (let row = 0; row < 4 * hidden; row += 1) {
        const pull = gates[gate + row]!;
        const from = row * width;
        gradient[bias + row]! += pull;
        for (let j = 0; j < inputs; j += 1) gradient[from + j]! += pull * joined[at + j]!;
        for (let k = 0; k < hidden; k += 1) {
          gradient[from + inputs + k]! += pull * joined[at + inputs + k]!;
          toHidden[k]! += pull * weights[from + inputs + k]!;
        }
      }
    }
  }
}
