const FADE = 0.9;
const SQUARE_FADE = 0.999;
const LEAST = 1e-8;

/** Longest gradient that is followed; a longer one is shortened to it, so that one odd window cannot ruin the weights. */
const LONGEST = 5;

/** Adam: steps along the faded mean of the gradients over the root of the faded mean of their squares. Kingma, Ba, 2015. */
export class Adam {
  readonly mean: Float64Array;
  readonly square: Float64Array;
  steps: number;

  constructor(count: number, mean: readonly number[] = [], square: readonly number[] = [], steps = 0) {
    this.mean = new Float64Array(count);
    this.square = new Float64Array(count);
    this.mean.set(mean);
    this.square.set(square);
    this.steps = steps;
  }

  /** Moves the weights one step of length `rate` against the gradient, and sets the gradient to 0. */
  step(weights: Float64Array, gradient: Float64Array, rate: number): void {
    const { mean, square } = this;
    this.steps += 1;
    let length = 0;
    for (let i = 0; i < gradient.length; i += 1) length += gradient[i]! * gradient[i]!;
    length = Math.sqrt(length);
    const shorten = length > LONGEST ? LONGEST / length : 1;
    const stride = (rate * Math.sqrt(1 - SQUARE_FADE ** this.steps)) / (1 - FADE ** this.steps);
    for (let i = 0; i < gradient.length; i += 1) {
      const slope = gradient[i]! * shorten;
      mean[i] = FADE * mean[i]! + (1 - FADE) * slope;
      square[i] = SQUARE_FADE * square[i]! + (1 - SQUARE_FADE) * slope * slope;
      weights[i]! -= (stride * mean[i]!) / (Math.sqrt(square[i]!) + LEAST);
    }
    gradient.fill(0);
  }
}
