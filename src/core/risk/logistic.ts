import { sigmoid } from './logit.ts';

/** One feature of a logistic regression: compressed where its tail is long, then standardised. */
export interface LogisticTerm {
  /** Use sign(x) · ln(1 + |x|) instead of x. */
  readonly log: boolean;
  readonly mean: number;
  readonly deviation: number;
  readonly coefficient: number;
}

/** Linear model of the log odds. A missing value counts as the mean and adds nothing. */
export interface Logistic {
  readonly intercept: number;
  readonly terms: readonly LogisticTerm[];
}

/** Standardised values are cut here, so that one absurd commit cannot decide alone. */
const CUT = 5;
const LONG_TAIL = 8;

/** What one feature adds to the log odds. */
export function termContribution(term: LogisticTerm, value: number): number {
  return term.coefficient * standardised(term, value);
}

/** Log odds of one row. */
export function logisticScore(model: Logistic, row: Float64Array): number {
  let sum = model.intercept;
  for (let f = 0; f < model.terms.length; f++) sum += termContribution(model.terms[f]!, row[f]!);
  return sum;
}

/**
 * Fits by iteratively reweighted least squares (Newton) with a ridge penalty.
 *
 * @param columns one array per feature; NaN = missing
 * @param weights weight per row, null = all 1
 * @param ridge penalty on standardised coefficients, in rows: larger shrinks more, ≥ 0
 * @param prior shrink towards this model's coefficients, on its scales, instead of towards 0: what was learned
 *   elsewhere holds until own rows say otherwise
 * Cost: O(steps × rows × features²). Works badly when classes overlap in nothing and `ridge` is 0.
 */
export function fitLogistic(
  columns: readonly Float64Array[],
  labels: Uint8Array,
  weights: Float64Array | null,
  ridge: number,
  prior: Logistic | null = null,
): Logistic {
  const scales = prior?.terms ?? columns.map(scaleOf);
  const width = columns.length + 1;
  const rowCount = labels.length;
  const design = new Float64Array(rowCount * width);
  for (let i = 0; i < rowCount; i++) design[i * width] = 1;
  columns.forEach((column, f) => {
    const scale = scales[f]!;
    for (let i = 0; i < rowCount; i++) design[i * width + f + 1] = standardised(scale, column[i]!);
  });
  const start = new Float64Array(width);
  if (prior !== null) {
    start[0] = prior.intercept;
    prior.terms.forEach((term, f) => (start[f + 1] = term.coefficient));
  }
  const beta = newton(design, width, labels, weights, ridge, start);
  const terms = scales.map(({ log, mean, deviation }, f) => ({ log, mean, deviation, coefficient: beta[f + 1]! }));
  return { intercept: beta[0]!, terms };
}

function standardised(term: Omit<LogisticTerm, 'coefficient'>, value: number): number {
  if (value !== value || term.deviation === 0) return 0;
  const shaped = term.log ? shape(value) : value;
  return Math.min(Math.max((shaped - term.mean) / term.deviation, -CUT), CUT);
}

function shape(value: number): number {
  return value < 0 ? -Math.log1p(-value) : Math.log1p(value);
}

function scaleOf(column: Float64Array): Omit<LogisticTerm, 'coefficient'> {
  let largest = 0;
  for (const value of column) if (Math.abs(value) > largest) largest = Math.abs(value);
  const log = largest > LONG_TAIL;
  let count = 0;
  let sum = 0;
  let squares = 0;
  for (const value of column) {
    if (value !== value) continue;
    const shaped = log ? shape(value) : value;
    count++;
    sum += shaped;
    squares += shaped * shaped;
  }
  const mean = count === 0 ? 0 : sum / count;
  const variance = count === 0 ? 0 : squares / count - mean * mean;
  return { log, mean, deviation: variance > 1e-12 ? Math.sqrt(variance) : 0 };
}

function newton(
  design: Float64Array,
  width: number,
  labels: Uint8Array,
  weights: Float64Array | null,
  ridge: number,
  start: Float64Array,
): Float64Array {
  const beta = start.slice();
  const rowCount = labels.length;
  for (let step = 0; step < 25; step++) {
    const gradient = new Float64Array(width);
    const hessian = new Float64Array(width * width);
    for (let i = 0; i < rowCount; i++) {
      const at = i * width;
      let score = 0;
      for (let a = 0; a < width; a++) score += design[at + a]! * beta[a]!;
      const probability = sigmoid(score);
      const weight = weights === null ? 1 : weights[i]!;
      const error = weight * (labels[i]! - probability);
      const curvature = weight * Math.max(probability * (1 - probability), 1e-6);
      for (let a = 0; a < width; a++) {
        const x = design[at + a]!;
        if (x === 0) continue;
        gradient[a]! += error * x;
        const scaled = curvature * x;
        for (let b = 0; b <= a; b++) hessian[a * width + b]! += scaled * design[at + b]!;
      }
    }
    for (let a = 0; a < width; a++) {
      const penalty = a === 0 ? 1e-9 : ridge;
      gradient[a]! -= penalty * (beta[a]! - start[a]!);
      // A column without any value has no curvature of its own.
      hessian[a * width + a]! += penalty + 1e-9;
    }
    const move = solveSymmetric(hessian, gradient, width);
    let largest = 0;
    for (let a = 0; a < width; a++) {
      beta[a]! += move[a]!;
      largest = Math.max(largest, Math.abs(move[a]!));
    }
    if (largest < 1e-6) break;
  }
  return beta;
}

/** Solves A x = b for a positive definite A of which the lower triangle is given (Cholesky). */
function solveSymmetric(matrix: Float64Array, right: Float64Array, width: number): Float64Array {
  const low = matrix.slice();
  for (let a = 0; a < width; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = low[a * width + b]!;
      for (let k = 0; k < b; k++) sum -= low[a * width + k]! * low[b * width + k]!;
      low[a * width + b] = a === b ? Math.sqrt(Math.max(sum, 1e-12)) : sum / low[b * width + b]!;
    }
  }
  const x = right.slice();
  for (let a = 0; a < width; a++) {
    for (let k = 0; k < a; k++) x[a]! -= low[a * width + k]! * x[k]!;
    x[a]! /= low[a * width + a]!;
  }
  for (let a = width - 1; a >= 0; a--) {
    for (let k = a + 1; k < width; k++) x[a]! -= low[k * width + a]! * x[k]!;
    x[a]! /= low[a * width + a]!;
  }
  return x;
}
