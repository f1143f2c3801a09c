/** A pipeline that fails, and since when. */
export interface FleetFailure {
  readonly pipeline: string;
  readonly sinceMs: number;
  /** True while an announced deployment of it is being analysed. */
  readonly deployed: boolean;
}

/** Failures this close together may have one cause. */
export const SHARED_WINDOW_MS = 300_000;
/** So many pipelines failing together are not all to blame. */
const SHARED_PIPELINES = 3;

/**
 * The other pipelines that make a failure a shared cause: two or more that began to fail within five minutes of it, or
 * one that nobody deployed. Empty when the failure stands alone. `recent` may hold failures that are over.
 */
export function sharedWith(failure: FleetFailure, recent: readonly FleetFailure[]): readonly string[] {
  const near = recent.filter(
    ({ pipeline, sinceMs }) => pipeline !== failure.pipeline && Math.abs(sinceMs - failure.sinceMs) <= SHARED_WINDOW_MS,
  );
  const names = [...new Set(near.map(({ pipeline }) => pipeline))].sort();
  const undeployed = near.some(({ deployed }) => !deployed);
  return undeployed || names.length + 1 >= SHARED_PIPELINES ? names : [];
}
