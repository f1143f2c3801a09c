/** A chain of lags is followed no further than this. */
const LAGS = 60;
/** However dependent its samples are, a series tells at least as much as so many independent ones. */
const LEAST_EFFECTIVE = 2;

/**
 * How much larger the variance of a mean is than it would be for independent values, ≥ 1: samples that follow each
 * other closely tell less than their number says. Pooled over several series of the same kind, each about its own mean.
 *
 * 1 + 2 Σ ρ(k), lags added in pairs until a pair is not positive, or (1 + ρ) / (1 − ρ) of an AR(1) of the first lag if
 * that is more; each ρ raised by (1 + 3ρ) / n for the bias of short series. At most n / 2. O(n · lags).
 * Reference: C. J. Geyer, Practical Markov chain Monte Carlo, 1992, section 3.3; Kendall 1954 for the bias.
 */
export function varianceInflation(series: readonly (readonly number[])[]): number {
  const usable = series.filter((values) => values.length >= 4);
  const total = usable.reduce((sum, values) => sum + values.length, 0);
  if (total === 0) return 1;
  const shortest = Math.min(...usable.map((values) => values.length));
  const rho = (lag: number): number => pooled(usable, lag);
  const first = unbiased(rho(1), shortest);
  // What chance alone gives to independent samples is no dependence.
  if (!(rho(1) > 1 / Math.sqrt(total))) return 1;
  let sum = 0;
  for (let lag = 1; lag < Math.min(LAGS, shortest / 2); lag += 2) {
    const pair = unbiased(rho(lag), shortest) + unbiased(rho(lag + 1), shortest);
    if (!(pair > 0)) break;
    sum += pair;
  }
  const ofFirst = (1 + first) / (1 - first);
  return Math.max(1, Math.min(Math.max(1 + 2 * sum, ofFirst), total / series.length / LEAST_EFFECTIVE));
}

/** Autocorrelation at a lag, about each series' own mean; 0 when there is no variance. */
function pooled(series: readonly (readonly number[])[], lag: number): number {
  let [joint, own] = [0, 0];
  for (const values of series) {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    for (let i = 0; i < values.length; i += 1) {
      own += (values[i]! - mean) ** 2;
      if (i + lag < values.length) joint += (values[i]! - mean) * (values[i + lag]! - mean);
    }
  }
  return own > 0 ? joint / own : 0;
}

function unbiased(rho: number, n: number): number {
  return Math.min(0.98, rho + (1 + 3 * Math.max(0, rho)) / n);
}
