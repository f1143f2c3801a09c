import { sigmoid } from './logit.ts';

/** Platt's sigmoid: probability = 1 / (1 + exp(-(slope · score + intercept))). */
export interface Calibration {
  readonly slope: number;
  readonly intercept: number;
}

/**
 * Fits slope and intercept on scores (log odds) the model was not trained on.
 *
 * Targets are smoothed as in Platt (1999), "Probabilistic outputs for support vector machines", section 2.2. Keeps the
 * order of scores: a slope that comes out ≤ 0 (scores that say nothing) falls back to shifting the intercept only.
 */
export function fitPlatt(scores: Float64Array, labels: Uint8Array): Calibration {
  let positives = 0;
  for (const label of labels) positives += label;
  const negatives = labels.length - positives;
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (negatives + 2);
  const free = newton(scores, labels, high, low, true);
  return free.slope > 0.05 ? free : newton(scores, labels, high, low, false);
}

function newton(scores: Float64Array, labels: Uint8Array, high: number, low: number, withSlope: boolean): Calibration {
  let slope = 1;
  let intercept = 0;
  for (let step = 0; step < 100; step++) {
    // A weak pull towards slope 1 keeps a handful of positives from inventing a scale.
    let gradientSlope = -(slope - 1);
    let gradientIntercept = 0;
    let ss = 1;
    let si = 0;
    let ii = 1e-9;
    for (let k = 0; k < scores.length; k++) {
      const probability = sigmoid(slope * scores[k]! + intercept);
      const error = (labels[k] === 1 ? high : low) - probability;
      const curvature = Math.max(probability * (1 - probability), 1e-9);
      gradientSlope += error * scores[k]!;
      gradientIntercept += error;
      ss += curvature * scores[k]! * scores[k]!;
      si += curvature * scores[k]!;
      ii += curvature;
    }
    const determinant = ss * ii - si * si;
    const moveSlope = withSlope ? (ii * gradientSlope - si * gradientIntercept) / determinant : 0;
    const moveIntercept = withSlope
      ? (ss * gradientIntercept - si * gradientSlope) / determinant
      : gradientIntercept / ii;
    const damp = Math.min(1, 2 / Math.max(Math.abs(moveSlope), Math.abs(moveIntercept), 1e-12));
    slope += damp * moveSlope;
    intercept += damp * moveIntercept;
    if (Math.abs(moveSlope) + Math.abs(moveIntercept) < 1e-9) break;
  }
  return { slope, intercept };
}
