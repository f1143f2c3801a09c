import type { Unit } from './metric.ts';
import { momentText } from './time.ts';
import { valueText } from './value-text.ts';
import { visibleText } from './visible.ts';

/** A metric a failure may have begun with, of the pipeline that failed or of one that it calls. */
export interface Cause {
  readonly service: string;
  readonly metric: string;
  readonly unit: Unit;
  /** The value farthest off since it began, and the median before. */
  readonly observed: number;
  readonly expected: number;
  /** Time of its first sample that is clearly off; null where none is by itself. */
  readonly onsetMs: number | null;
  /** 0..20: mean robust deviations towards worse. */
  readonly score: number;
  /** Services whose trouble it would explain, because they call it, directly or not. */
  readonly explains: readonly string[];
}

/**
 * `payments: latency_ms 912 ms (before: 120 ms) since 13:20:50Z, which checkout calls; then error_rate`: the most likely
 * cause in full, the others by name, without that of the pipeline itself. Empty without causes.
 */
export function causesText(causes: readonly Cause[], pipeline: string, nowMs: number): string {
  const [first, ...others] = causes;
  if (first === undefined) return '';
  const then = others.map(
    ({ service, metric }) => `${service === pipeline ? '' : `${visibleText(service, 60)} `}${visibleText(metric, 60)}`,
  );
  return causeText(first, pipeline, nowMs) + (then.length === 0 ? '' : `; then ${then.join(', ')}`);
}

function causeText(cause: Cause, pipeline: string, nowMs: number): string {
  const { service, metric, unit, observed, expected, onsetMs, explains } = cause;
  const whose = service === pipeline ? '' : `${visibleText(service, 60)}: `;
  const since = onsetMs === null ? '' : ` since ${momentText(onsetMs, nowMs)}`;
  const calls = explains.includes(pipeline) ? `, which ${visibleText(pipeline, 60)} calls` : '';
  const values = `${valueText(observed, unit)} (before: ${valueText(expected, unit)})`;
  return `${whose}${visibleText(metric, 60)} ${values}${since}${calls}`;
}
