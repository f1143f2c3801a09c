import { describe, expect, it } from 'vitest';
import { LstmNetwork, weightCount } from '../../../../../src/core/detectors/lstm/network.ts';
import { SeededUniform } from '../../../../../src/core/stats/seeded-uniform.ts';

const SHAPE = { inputs: 3, hidden: 5, window: 7 } as const;
const NUDGE = 1e-5;

function example(): { readonly network: LstmNetwork; readonly rows: Float64Array } {
  const random = new SeededUniform(11);
  const network = LstmNetwork.random(SHAPE, random);
  const rows = Float64Array.from({ length: 9 * SHAPE.inputs }, () => 2 * random.next() - 1);
  // The output begins small; at full size an error in any slope shows.
  for (let i = 0; i < network.weights.length; i += 1) network.weights[i]! += 0.6 * (random.next() - 0.5);
  return { network, rows };
}

describe('LstmNetwork', () => {
  it('has the slopes that finite differences give, for every weight', () => {
    const { network, rows } = example();
    const offset = 2 * SHAPE.inputs;
    const target = 0.7;
    const loss = (): number => (network.forward(rows, offset) - target) ** 2;
    const gradient = new Float64Array(network.weights.length);
    network.backward(2 * (network.forward(rows, offset) - target), gradient);
    for (const [i, weight] of network.weights.entries()) {
      network.weights[i] = weight + NUDGE;
      const above = loss();
      network.weights[i] = weight - NUDGE;
      const below = loss();
      network.weights[i] = weight;
      expect(gradient[i], `weight ${i}`).toBeCloseTo((above - below) / (2 * NUDGE), 7);
    }
    expect(Math.max(...gradient)).toBeGreaterThan(0.1);
  });

  it('adds to the gradient instead of replacing it', () => {
    const { network, rows } = example();
    const once = new Float64Array(network.weights.length);
    network.forward(rows, 0);
    network.backward(1, once);
    const twice = new Float64Array(network.weights.length);
    for (let i = 0; i < 2; i += 1) {
      network.forward(rows, 0);
      network.backward(1, twice);
    }
    for (const [i, slope] of once.entries()) expect(twice[i]).toBeCloseTo(2 * slope, 12);
  });

  it('computes the gates by the formula, checked by hand for one unit and one step', () => {
    const shape = { inputs: 1, hidden: 1, window: 1 };
    // Rows of W (input, hidden) for in, forget, out, candidate; four biases; v and d.
    const network = new LstmNetwork(
      shape,
      Float64Array.of(0.5, 9, 9, 9, -0.4, 9, 0.8, 9, 0.1, 0.2, 0.3, -0.1, 2, 0.25),
    );
    const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));
    const cell = sigmoid(0.5 * 1.5 + 0.1) * Math.tanh(0.8 * 1.5 - 0.1);
    const hidden = sigmoid(-0.4 * 1.5 + 0.3) * Math.tanh(cell);
    expect(network.forward(Float64Array.of(1.5), 0)).toBeCloseTo(2 * hidden + 0.25, 12);
  });

  it('refuses weights of another shape', () => {
    expect(() => new LstmNetwork(SHAPE, new Float64Array(3))).toThrow(`needs ${weightCount(SHAPE)} weights, not 3`);
  });
});
