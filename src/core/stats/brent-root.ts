const MAXIMUM_STEPS = 1000;

/**
 * A point within `tolerance` of a sign change of `f` between `low` and `high`, where f(low) and f(high) differ in sign.
 *
 * Inverse quadratic interpolation or the secant where that converges, else bisection; of the last two points the one
 * with the smaller |f| is given, also for functions that jump. Source: Brent 1973, Algorithms for Minimization Without
 * Derivatives, chapter 4.
 */
export function brentRoot(f: (x: number) => number, low: number, high: number, tolerance: number): number {
  let [a, b] = [low, high];
  let [fa, fb] = [f(a), f(b)];
  let [c, fc] = [a, fa];
  for (let step = 0; step < MAXIMUM_STEPS; step += 1) {
    const previous = b - a;
    if (Math.abs(fc) < Math.abs(fb)) {
      [a, b, c] = [b, c, b];
      [fa, fb, fc] = [fb, fc, fb];
    }
    const enough = 2 * Number.EPSILON * Math.abs(b) + tolerance / 2;
    const half = (c - b) / 2;
    if (Math.abs(half) <= enough || fb === 0) return b;
    const wanted = interpolated([a, fa], [b, fb], [c, fc], previous, enough) ?? half;
    const move = Math.abs(wanted) > enough ? wanted : Math.sign(half) * enough;
    [a, fa] = [b, fb];
    b += move;
    fb = f(b);
    if (fb > 0 === fc > 0) [c, fc] = [a, fa];
  }
  return b;
}

type Point = readonly [x: number, y: number];

/** The step from `b` that interpolation asks for; null where bisection is safer. */
function interpolated([a, fa]: Point, [b, fb]: Point, [c, fc]: Point, previous: number, enough: number): number | null {
  if (Math.abs(previous) < enough || Math.abs(fa) <= Math.abs(fb)) return null;
  const width = c - b;
  const s = fb / fa;
  let p: number;
  let q: number;
  if (a === c) {
    p = width * s;
    q = 1 - s;
  } else {
    const [t, u] = [fa / fc, fb / fc];
    p = s * (width * t * (t - u) - (b - a) * (u - 1));
    q = (t - 1) * (u - 1) * (s - 1);
  }
  if (p > 0) q = -q;
  else p = -p;
  const accepted = p < 0.75 * width * q - Math.abs(enough * q) / 2 && p < Math.abs((previous * q) / 2);
  return accepted ? p / q : null;
}
