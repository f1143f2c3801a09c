/**
 * A number with so many decimals, exact halves to the even digit, decided on the exact binary value.
 *
 * `Math.round` decides on the product, which is itself rounded: 1.005 × 100 is 100.49999999999999.
 */
export function roundHalfEven(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  const scaled = value * scale;
  const whole = Math.floor(scaled);
  if (Math.abs(scaled - whole - 0.5) > 1e-6) return Math.round(scaled) / scale;
  // Near a half only the digits themselves tell: 20 decimals tell any double above 0.0001 from a half.
  const digits = Math.abs(value).toFixed(20);
  const point = digits.indexOf('.');
  const kept = digits.slice(0, point + 1 + decimals);
  const rest = digits.slice(point + 1 + decimals);
  const half = `5${'0'.repeat(rest.length - 1)}`;
  const below = Math.round(Number(kept) * scale);
  const up = rest > half || (rest === half && below % 2 === 1);
  return (Math.sign(value) * (below + (up ? 1 : 0))) / scale;
}
