/** Log odds are cut here: a forest says 0 or 1 with more confidence than its leaves have rows. */
const FLOOR = 1e-4;

/** Log odds of a probability; 0 and 1 count as 0.0001 and 0.9999. */
export function logit(probability: number): number {
  const cut = Math.min(Math.max(probability, FLOOR), 1 - FLOOR);
  return Math.log(cut / (1 - cut));
}

/** Probability of log odds, 0..1. */
export function sigmoid(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}
