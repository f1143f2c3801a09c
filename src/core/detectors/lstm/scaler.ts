/** Numbers a sample becomes: value, step from the sample before, and the time of day as sine and cosine. */
export const INPUTS = 4;

const DAY_MS = 86_400_000;

/** Scaled values end here, so that one absurd sample cannot saturate the network. */
const FARTHEST = 8;

/** How samples become inputs, fitted to those a network was trained on. */
export interface Scaler {
  readonly centre: number;
  /** 0 where all samples were the same. */
  readonly width: number;
  /** Whether there were two days of them: before that, the time of day means nothing and its inputs are 0. */
  readonly daily: boolean;
}

/** Median and 1.4826 median absolute deviations of the values, the mean absolute deviation where that is 0. */
export function fitScaler(values: readonly number[], times: readonly number[]): Scaler {
  const centre = median(values);
  const apart = values.map((value) => Math.abs(value - centre));
  const mad = 1.4826 * median(apart);
  const daily = times.length > 0 && times.at(-1)! - times[0]! >= 2 * DAY_MS;
  return { centre, daily, width: mad > 0 ? mad : apart.reduce((sum, one) => sum + one / apart.length, 0) };
}

/** A scaler as the numbers it is saved as. */
export function savedScaler({ centre, width, daily }: Scaler): readonly number[] {
  return [centre, width, daily ? 1 : 0];
}

/** A distance in widths, within ±8; 0 where all samples were the same. */
export function scaled({ width }: Scaler, distance: number): number {
  if (width === 0) return 0;
  return Math.max(-FARTHEST, Math.min(FARTHEST, distance / width));
}

/** Writes the inputs for the samples `from` up to `to`, oldest first; the step of the very first sample is 0. */
export function writeInputs(
  scaler: Scaler,
  values: readonly number[],
  times: readonly number[],
  from: number,
  to: number,
  into: Float64Array,
): void {
  for (let i = from; i < to; i += 1) {
    const at = (i - from) * INPUTS;
    const angle = (2 * Math.PI * (times[i]! % DAY_MS)) / DAY_MS;
    into[at] = scaled(scaler, values[i]! - scaler.centre);
    into[at + 1] = i === 0 ? 0 : scaled(scaler, values[i]! - values[i - 1]!);
    into[at + 2] = scaler.daily ? Math.sin(angle) : 0;
    into[at + 3] = scaler.daily ? Math.cos(angle) : 0;
  }
}

function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const upper = sorted[sorted.length >> 1]!;
  // Halved before they are added: the sum of two large values need not be a number.
  return sorted.length % 2 === 1 ? upper : sorted[sorted.length / 2 - 1]! / 2 + upper / 2;
}
