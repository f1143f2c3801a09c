/** A service at one moment: what all of its metrics are read off, so that they move together. */
export interface ServiceState {
  readonly atMs: number;
  readonly requestsPerMinute: number;
  /** Traffic relative to its mean over the day. */
  readonly loadRatio: number;
  readonly cpuPercent: number;
  readonly memoryPercent: number;
  readonly responseTimeMs: number;
  readonly errorPercent: number;
  /** Share of the requests that end in an order, after everything that keeps users from it. */
  readonly conversionPercent: number;
  readonly orderValue: number;
  readonly gcRatio: number;
  readonly databaseRatio: number;
  /** 1 right after a start, 0 when caches are warm. */
  readonly coldRatio: number;
}
