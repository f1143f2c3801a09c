const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/**
 * Traffic over the day and week relative to its mean: one broad peak, a smaller one in the evening, quieter weekends.
 *
 * @param atMs Unix time; the cycle is in UTC
 * @param peakHour hour of the day with most traffic, 0..24
 * @param swingRatio half the distance between the busiest and the quietest hour, 0..0.9
 * @returns about `1 - swingRatio` to `1 + swingRatio`, times 0.85 at the weekend
 */
export function trafficCycle(atMs: number, peakHour: number, swingRatio: number): number {
  const hour = (((atMs % DAY_MS) + DAY_MS) % DAY_MS) / HOUR_MS;
  const angle = (2 * Math.PI * (hour - peakHour)) / 24;
  const shape = 0.85 * Math.cos(angle) + 0.15 * Math.cos(2 * angle + 1);
  return (1 + swingRatio * shape) * weekendFactor(atMs);
}

/** 1970-01-01 was a Thursday; Saturday and Sunday fade in and out over six hours, so that midnight is no step. */
function weekendFactor(atMs: number): number {
  const fadeMs = 6 * HOUR_MS;
  const intoWeekMs = (((atMs + 3 * DAY_MS) % (7 * DAY_MS)) + 7 * DAY_MS) % (7 * DAY_MS);
  const intoWeekendMs = intoWeekMs - 5 * DAY_MS;
  const leftOfWeekendMs = 7 * DAY_MS - intoWeekMs;
  const depth = Math.max(0, Math.min(1, intoWeekendMs / fadeMs, leftOfWeekendMs / fadeMs));
  return 1 - 0.15 * depth;
}
