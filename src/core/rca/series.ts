import type { WorseDirection } from '../model/metric.ts';

/** One metric of one service around an incident. */
export interface RcaSeries {
  readonly service: string;
  readonly metric: string;
  /** The side on which it is bad; `both` takes a change to either side as one. */
  readonly worse: WorseDirection;
  /** The service that measured it while calling `service`; null where `service` measured itself. */
  readonly caller: string | null;
  /** Values from before the incident, any order; NaN is no value. */
  readonly normal: readonly number[];
  /** Values during the incident, in order of time, as long as `abnormalAtMs`; NaN is no value. */
  readonly abnormal: readonly number[];
  readonly abnormalAtMs: readonly number[];
}

/** Where the incident was noticed. `metric` null = on any metric of the service. */
export interface RcaTarget {
  readonly service: string;
  readonly metric: string | null;
}

/** Who calls whom: caller → callees. */
export type CallGraph = ReadonlyMap<string, readonly string[]>;
