/** What a service is like on an ordinary day. */
export interface ServiceProfile {
  /** Mean traffic over the day. */
  readonly requestsPerMinute: number;
  /** At mean traffic. */
  readonly cpuPercent: number;
  readonly memoryPercent: number;
  /** Mean response time while the machine is not busy. */
  readonly responseTimeMs: number;
  readonly errorPercent: number;
  /** Share of requests that end in an order. */
  readonly conversionPercent: number;
  /** Mean value of an order, in the shop's currency. */
  readonly orderValue: number;
  /** Half the distance between the busiest and the quietest hour, relative to the mean. */
  readonly swingRatio: number;
  /** Hour of the day, UTC, with most traffic. */
  readonly peakHour: number;
  /** Scale of all noise: 1 is ordinary. */
  readonly noise: number;
}

/** A quiet web service: below every default threshold at any hour of any day. */
export const QUIET_SERVICE: ServiceProfile = {
  requestsPerMinute: 2400,
  cpuPercent: 38,
  memoryPercent: 52,
  responseTimeMs: 165,
  errorPercent: 0.9,
  conversionPercent: 2.6,
  orderValue: 48,
  swingRatio: 0.3,
  peakHour: 14,
  noise: 1,
};
