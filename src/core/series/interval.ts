/** Distances looked at: enough for a steady median, few enough to sort at every tick. */
const DISTANCES = 63;

/**
 * Median distance between neighbouring samples in milliseconds, over the newest 64; NaN with fewer than two samples.
 * `atMs` is strictly increasing. A gap or a burst moves a median little. O(1): at most 63 numbers are sorted.
 */
export function samplingIntervalMs(atMs: Float64Array): number {
  const from = Math.max(1, atMs.length - DISTANCES);
  if (atMs.length < 2) return Number.NaN;
  const distances = new Float64Array(atMs.length - from);
  for (let index = from; index < atMs.length; index++) distances[index - from] = atMs[index]! - atMs[index - 1]!;
  distances.sort();
  const middle = distances.length >> 1;
  return distances.length % 2 === 1 ? distances[middle]! : (distances[middle - 1]! + distances[middle]!) / 2;
}

/**
 * True when a series has been silent for more than `intervals` sampling intervals at `nowMs`. A series whose interval is not
 * known (NaN) or shorter than a second is measured by `fallbackIntervalMs` resp. one second, so that a fast writer's pause is no outage.
 */
export function isSilent(
  lastMs: number,
  nowMs: number,
  intervalMs: number,
  intervals: number,
  fallbackIntervalMs: number,
): boolean {
  const interval = Number.isNaN(intervalMs) ? fallbackIntervalMs : Math.max(1000, intervalMs);
  return !(nowMs - lastMs <= interval * intervals);
}
