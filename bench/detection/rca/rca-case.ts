import type { CallGraph, RcaSeries, RcaTarget } from '../../../src/core/rca/series.ts';

/** One incident whose cause is known. */
export interface RcaCase {
  /** The service that was really the cause. */
  readonly root: string;
  readonly series: readonly RcaSeries[];
  readonly target: RcaTarget | null;
  readonly graph: CallGraph | null;
}
