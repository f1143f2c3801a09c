import { seededRandom } from './random.ts';

/** Indices of `scores` from lowest to highest. */
export function ranked(scores: Float64Array): Uint32Array {
  return Uint32Array.from(scores.keys()).sort((a, b) => scores[a]! - scores[b]! || a - b);
}

/**
 * Area under the ROC curve: chance that a positive scores above a negative; ties count half. NaN with one class only.
 * O(n log n).
 */
export function rocAuc(scores: Float64Array, labels: Uint8Array): number {
  return aucOfOrder(ranked(scores), scores, labels);
}

function aucOfOrder(order: Uint32Array, scores: Float64Array, labels: Uint8Array): number {
  let rankSum = 0;
  let positives = 0;
  let k = 0;
  while (k < order.length) {
    let end = k;
    let tied = 0;
    while (end < order.length && scores[order[end]!] === scores[order[k]!]) tied += labels[order[end++]!]!;
    rankSum += tied * ((k + 1 + end) / 2);
    positives += tied;
    k = end;
  }
  const negatives = order.length - positives;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** Average precision: precision at each positive, from the riskiest down; ties are taken together. */
export function prAuc(scores: Float64Array, labels: Uint8Array): number {
  const order = ranked(scores).reverse();
  let seen = 0;
  let hits = 0;
  let sum = 0;
  while (seen < order.length) {
    let end = seen;
    let tied = 0;
    while (end < order.length && scores[order[end]!] === scores[order[seen]!]) tied += labels[order[end++]!]!;
    hits += tied;
    if (tied > 0) sum += tied * (hits / end);
    seen = end;
  }
  return sum / hits;
}

/** Mean squared error of probabilities, 0 is best. */
export function brierScore(probabilities: Float64Array, labels: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < labels.length; i++) sum += (probabilities[i]! - labels[i]!) ** 2;
  return sum / labels.length;
}

/** Expected calibration error over ten bins of equal size: mean |forecast − observed|, 0 is best. */
export function calibrationError(probabilities: Float64Array, labels: Uint8Array, bins = 10): number {
  const order = ranked(probabilities);
  let error = 0;
  for (let bin = 0; bin < bins; bin++) {
    const from = Math.floor((bin * order.length) / bins);
    const to = Math.floor(((bin + 1) * order.length) / bins);
    let difference = 0;
    for (let k = from; k < to; k++) difference += probabilities[order[k]!]! - labels[order[k]!]!;
    error += Math.abs(difference);
  }
  return error / order.length;
}

/** A value with its 95 % interval. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Interval of the ROC-AUC by resampling rows with replacement (percentile bootstrap).
 *
 * O(rounds × n log n). Resamples with one class only are drawn again.
 */
export function aucInterval(scores: Float64Array, labels: Uint8Array, rounds: number, seed: number): Interval {
  const zero = new Float64Array(scores.length);
  const { low, high } = pairedAucGain(scores, zero, labels, rounds, seed);
  return { value: rocAuc(scores, labels), low: low + 0.5, high: high + 0.5 };
}

/** Gain in ROC-AUC of `scores` over `others` on the same rows, with its paired bootstrap interval. */
export function pairedAucGain(
  scores: Float64Array,
  others: Float64Array,
  labels: Uint8Array,
  rounds: number,
  seed: number,
): Interval {
  const gains = bootstrapGains(scores, others, labels, rounds, seed);
  gains.sort();
  return {
    value: rocAuc(scores, labels) - rocAuc(others, labels),
    low: gains[Math.floor(0.025 * rounds)]!,
    high: gains[Math.min(rounds - 1, Math.floor(0.975 * rounds))]!,
  };
}

/** The gains of all resamples, in the order drawn, so that several data sets can be averaged round by round. */
export function bootstrapGains(
  scores: Float64Array,
  others: Float64Array,
  labels: Uint8Array,
  rounds: number,
  seed: number,
): Float64Array {
  const random = seededRandom(seed);
  const rows = labels.length;
  const weight = new Float64Array(rows);
  const first = ranked(scores);
  const second = ranked(others);
  const gains = new Float64Array(rounds);
  for (let round = 0; round < rounds; round++) {
    let gain = NaN;
    while (Number.isNaN(gain)) {
      weight.fill(0);
      for (let k = 0; k < rows; k++) weight[Math.floor(random() * rows)]! += 1;
      gain = weightedAuc(first, scores, labels, weight) - weightedAuc(second, others, labels, weight);
    }
    gains[round] = gain;
  }
  return gains;
}

function weightedAuc(order: Uint32Array, scores: Float64Array, labels: Uint8Array, weight: Float64Array): number {
  let below = 0;
  let wins = 0;
  let positives = 0;
  let k = 0;
  while (k < order.length) {
    const score = scores[order[k]!]!;
    let tiedPositives = 0;
    let tiedNegatives = 0;
    while (k < order.length && scores[order[k]!] === score) {
      const row = order[k++]!;
      if (labels[row] === 1) tiedPositives += weight[row]!;
      else tiedNegatives += weight[row]!;
    }
    wins += tiedPositives * (below + tiedNegatives / 2);
    below += tiedNegatives;
    positives += tiedPositives;
  }
  return wins / (positives * below);
}
