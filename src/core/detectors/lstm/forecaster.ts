import { SeededUniform } from '../../stats/seeded-uniform.ts';
import { SortedWindow } from '../../stats/sorted-window.ts';
import type { Band, BandModel } from '../band.ts';
import type { DetectorState } from '../detector.ts';
import { savedState } from '../saved-state.ts';
import { Adam } from './adam.ts';
import { LstmNetwork } from './network.ts';
import { fitScaler, INPUTS, savedScaler, scaled, type Scaler, writeInputs } from './scaler.ts';

/** Errors the usual largest error is taken from. */
const ERRORS = 512;
/** The first training is short, so that it ends soon; later ones go over so many windows for each that there is. */
const FIRST_TRAINING = 24;
const WINDOWS_PER_SAMPLE = 1.5;
/** The series is trained on anew when it is so many times as long. */
const GROWTH = 4;

/**
 * Forecasts the next sample as the last one plus what an LSTM adds, and knows how far it is usually off.
 *
 * Learning takes one window of training at most: the first training begins once there are `window` + 2 samples, a longer
 * one whenever there are four times as many, the last at `memory` samples. Then the weights stay as they are.
 */
export class Forecaster implements BandModel {
  readonly #settings: Readonly<Record<string, number>>;
  /** Samples kept, at least two windows. */
  readonly #memory: number;
  readonly #network: LstmNetwork;
  readonly #random: SeededUniform;
  readonly #errors: SortedWindow;
  readonly #inputs: Float64Array;
  readonly #gradient: Float64Array;
  /** Null before the first training and after the last. */
  #adam: Adam | null = null;
  #scaler: Scaler | null = null;
  #values: number[];
  #times: number[];
  #learned: number;
  /** Samples at which the next training begins; 0 when there is none any more. */
  #nextAt: number;
  /** Windows left of the training that goes on. */
  #left: number;
  #ready: boolean;
  #forecast = Number.NaN;

  constructor(settings: Readonly<Record<string, number>>, seed: number, state: DetectorState | null) {
    const saved = state === null ? null : savedState('lstm', state);
    const shape = { inputs: INPUTS, hidden: Math.round(settings['hidden']!), window: Math.round(settings['window']!) };
    this.#settings = settings;
    this.#memory = Math.max(Math.round(settings['memory']!), 2 * shape.window + 2);
    this.#random = new SeededUniform(saved?.number('seed') ?? seed);
    this.#network =
      saved === null
        ? LstmNetwork.random(shape, this.#random)
        : new LstmNetwork(shape, Float64Array.from(saved.numbers('weights')));
    this.#inputs = new Float64Array(shape.window * INPUTS);
    this.#gradient = new Float64Array(this.#network.weights.length);
    this.#errors = SortedWindow.restore(ERRORS, saved?.numbers('errors') ?? []);
    this.#values = [...(saved?.numbers('values') ?? [])];
    this.#times = [...(saved?.numbers('times') ?? [])];
    this.#learned = saved?.number('learned') ?? 0;
    this.#nextAt = saved?.number('nextAt') ?? shape.window + 2;
    this.#left = saved?.number('left') ?? 0;
    this.#ready = saved?.number('ready') === 1;
    if (saved === null) return;
    const [centre, width, daily] = saved.numbers('scaler');
    if (centre !== undefined && width !== undefined) this.#scaler = { centre, width, daily: daily === 1 };
    const moments = saved.numbers('moments');
    if (moments.length > 0) {
      const half = moments.length / 2;
      this.#adam = new Adam(half, moments.slice(0, half), moments.slice(half), saved.number('steps'));
    }
    this.#forecast = this.#next();
  }

  expect(_value: number, _atMs: number, band: Band): boolean {
    if (!this.#ready) return false;
    band.centre = this.#forecast;
    const floor = (Math.abs(this.#forecast) * this.#settings['floorPercent']!) / 100;
    band.scale = Math.max(this.#errors.quantile(Math.min(this.#settings['errorQuantile']!, 1 - 1 / ERRORS)), floor);
    return true;
  }

  learn(value: number, atMs: number): void {
    if (!Number.isNaN(this.#forecast)) this.#errors.push(Math.abs(value - this.#forecast));
    this.#values.push(value);
    this.#times.push(atMs);
    this.#learned += 1;
    const memory = this.#memory;
    if (this.#values.length > memory * 1.25) {
      this.#values = this.#values.slice(-memory);
      this.#times = this.#times.slice(-memory);
    }
    if (this.#learned === this.#nextAt) this.#begin();
    if (this.#left > 0) this.#trainOnce();
    this.#forecast = this.#next();
  }

  save(): DetectorState {
    return {
      weights: [...this.#network.weights],
      moments: this.#adam === null ? [] : [...this.#adam.mean, ...this.#adam.square],
      steps: this.#adam?.steps ?? 0,
      scaler: this.#scaler === null ? [] : savedScaler(this.#scaler),
      seed: this.#random.state,
      errors: this.#errors.save(),
      values: [...this.#values],
      times: [...this.#times],
      learned: this.#learned,
      nextAt: this.#nextAt,
      left: this.#left,
      ready: this.#ready ? 1 : 0,
    };
  }

  #begin(): void {
    this.#left = this.#scaler === null ? FIRST_TRAINING : Math.round(this.#learned * WINDOWS_PER_SAMPLE);
    this.#scaler = fitScaler(this.#values, this.#times);
    this.#adam ??= new Adam(this.#gradient.length);
    const next = this.#learned * GROWTH;
    this.#nextAt = this.#learned >= this.#memory ? 0 : Math.min(next, this.#memory);
  }

  /** One window of those kept, drawn at random, and one step of Adam. */
  #trainOnce(): void {
    const { window } = this.#network.shape;
    const count = Math.min(this.#values.length, this.#memory);
    const from = this.#values.length - count + Math.floor(this.#random.next() * (count - window));
    this.#left -= 1;
    if (this.#scaler !== null && this.#scaler.width > 0 && this.#adam !== null) {
      writeInputs(this.#scaler, this.#values, this.#times, from, from + window, this.#inputs);
      const target = scaled(this.#scaler, this.#values[from + window]! - this.#values[from + window - 1]!);
      const error = this.#network.forward(this.#inputs, 0) - target;
      this.#network.backward(2 * error, this.#gradient);
      this.#adam.step(this.#network.weights, this.#gradient, this.#settings['learningRate']!);
    }
    if (this.#left > 0) return;
    this.#ready = true;
    if (this.#nextAt === 0) this.#adam = null;
  }

  /** What the next sample should be; NaN while there is nothing to say. */
  #next(): number {
    const { window } = this.#network.shape;
    const count = this.#values.length;
    if (this.#scaler === null || count < window) return Number.NaN;
    const last = this.#values[count - 1]!;
    if (this.#scaler.width === 0) return last;
    writeInputs(this.#scaler, this.#values, this.#times, count - window, count, this.#inputs);
    return last + this.#network.forward(this.#inputs, 0) * this.#scaler.width;
  }
}
