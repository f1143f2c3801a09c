/** The two-sample test of Kolmogorov and Smirnov. */
export interface KolmogorovSmirnov {
  /** Largest distance between the two distribution functions, 0..1. */
  readonly distance: number;
  /** Two-sided, from the limit distribution: too large by a little on small samples. */
  readonly p: number;
}

/**
 * Tells whether two samples come from the same distribution, whatever differs: location, spread or shape.
 * Works badly on dependent values (p too small). O((n + m) log(n + m)). Both at least one value, finite.
 * Reference: Smirnov 1948; the limit distribution as scipy.special.kolmogorov.
 */
export function kolmogorovSmirnov(x: readonly number[], y: readonly number[]): KolmogorovSmirnov {
  const [a, b] = [Float64Array.from(x).sort(), Float64Array.from(y).sort()];
  let [i, j, distance] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i]!, b[j]!);
    while (i < a.length && a[i]! <= value) i += 1;
    while (j < b.length && b[j]! <= value) j += 1;
    distance = Math.max(distance, Math.abs(i / a.length - j / b.length));
  }
  const effective = (a.length * b.length) / (a.length + b.length);
  return { distance, p: limitTail(Math.sqrt(effective) * distance) };
}

/** P(K > x) of Kolmogorov's limit distribution. */
function limitTail(x: number): number {
  if (x < 0.2) return 1;
  // Below 1 the alternating series is slow; its theta-transform is fast there.
  if (x < 1) {
    let sum = 0;
    for (let k = 1; k <= 7; k += 2) sum += Math.exp((-k * k * Math.PI * Math.PI) / (8 * x * x));
    return 1 - (Math.sqrt(2 * Math.PI) / x) * sum;
  }
  let sum = 0;
  for (let k = 1; k <= 20; k += 1) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * x * x);
  return Math.min(1, Math.max(0, sum));
}
