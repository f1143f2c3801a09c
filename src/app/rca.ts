import type { MetricSpec } from '../core/model/metric.ts';
import { durationText, isoTime } from '../core/model/time.ts';
import type { RowBatch } from '../core/model/sample.ts';
import { rankCauses, type Suspect } from '../core/rca/rank.ts';
import type { CallGraph, RcaSeries, RcaTarget } from '../core/rca/series.ts';
import { AssessError } from './assess/assess-error.ts';
import { readGraph } from './rca/read-graph.ts';
import { readLogs } from './rca/read-logs.ts';

/** What `rollwatch rca` is asked. */
export interface RcaQuestion {
  readonly paths: readonly string[];
  /** When the incident began. */
  readonly atMs: number;
  /** How much before and after that is looked at. */
  readonly beforeMs: number;
  readonly windowMs: number;
  /** A file, or who calls whom; null without a graph. */
  readonly graph: string | CallGraph | null;
  /** `service` or `service:metric`. */
  readonly target: string | null;
  readonly specOf: (service: string, metric: string) => MetricSpec;
  readonly zoneOffsetMinutes: number;
  readonly nowMs: number;
}

export interface RcaAnswer {
  readonly atMs: number;
  readonly target: RcaTarget | null;
  readonly services: number;
  readonly series: number;
  /** Most likely first; only services in which something changed. */
  readonly suspects: readonly Suspect[];
}

/** Labels by which a series says that it was measured by a caller. */
const CALLER = /[{,]\s*(?:caller|source)="([^"]*)"/;
const CALLEE = /[{,]\s*(?:callee|destination|target)="([^"]*)"/;

/**
 * Ranks the services of some metric logs by how likely they caused what began at a moment. Each pipeline is a service;
 * a metric with the labels `caller` (and `callee`) counts as measured by the caller.
 *
 * @throws AssessError when a file cannot be read or holds nothing around the moment
 */
export function findCause(question: RcaQuestion): RcaAnswer {
  const { atMs, beforeMs, windowMs } = question;
  const graph = typeof question.graph === 'string' ? readGraph(question.graph) : question.graph;
  const logs = readLogs(question.paths, question);
  const series = [...logs].flatMap(([service, batch]) => seriesOf(service, batch, question));
  if (!series.some(({ abnormal }) => abnormal.length > 0)) {
    throw new AssessError(`The logs have no sample in the ${durationText(windowMs)} after --at; ${reach(logs)}.`);
  }
  if (!series.some(({ normal }) => normal.length > 0)) {
    throw new AssessError(
      `The logs have no sample in the ${durationText(beforeMs)} before --at: nothing to compare with; ${reach(logs)}.`,
    );
  }
  if (typeof question.graph === 'string') checkGraph(question.graph, graph, series);
  const target = targetOf(question.target, series, graph);
  const suspects = rankCauses(series, { target, graph }).filter(({ score }) => score > 0);
  return {
    atMs,
    target,
    services: new Set(series.map(({ service }) => service)).size,
    series: series.length,
    suspects,
  };
}

function seriesOf(service: string, batch: RowBatch, question: RcaQuestion): readonly RcaSeries[] {
  const { atMs, beforeMs, windowMs, specOf } = question;
  const rows = [...batch.atMs.subarray(0, batch.rowCount).keys()].toSorted((a, b) => batch.atMs[a]! - batch.atMs[b]!);
  return batch.columns.flatMap((metric, column) => {
    const spec = specOf(service, metric);
    // The height of a counter says nothing.
    if (spec.weight === 0) return [];
    const at = (row: number): number => batch.values[row * batch.columns.length + column]!;
    const known = rows.filter((row) => Number.isFinite(at(row)));
    const before = known.filter((row) => batch.atMs[row]! < atMs && batch.atMs[row]! >= atMs - beforeMs);
    const after = known.filter((row) => batch.atMs[row]! >= atMs && batch.atMs[row]! < atMs + windowMs);
    const caller = CALLER.exec(metric)?.[1] ?? null;
    return [
      {
        service: CALLEE.exec(metric)?.[1] ?? service,
        metric,
        caller,
        worse: spec.worse,
        normal: before.map(at),
        abnormal: after.map(at),
        abnormalAtMs: after.map((row) => batch.atMs[row]!),
      },
    ];
  });
}

/** From when to when there are samples. */
function reach(logs: ReadonlyMap<string, RowBatch>): string {
  const times = [...logs.values()].flatMap(({ atMs, rowCount }) => [...atMs.subarray(0, rowCount)]);
  const [first, last] = times.reduce(([low, high], at) => [Math.min(low, at), Math.max(high, at)], [
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ] as readonly [number, number]);
  return `they reach from ${isoTime(first) ?? '–'} to ${isoTime(last) ?? '–'}`;
}

/** A graph that knows none of the services changes nothing: its names are others than those of the logs. */
function checkGraph(path: string, graph: CallGraph | null, series: readonly RcaSeries[]): void {
  const services = [...new Set(series.map(({ service }) => service))].toSorted();
  const named = new Set([...(graph ?? [])].flatMap(([caller, callees]) => [caller, ...callees]));
  if (services.some((service) => named.has(service))) return;
  throw new AssessError(`--graph ${path}: it names none of the services of the logs: ${services.join(', ')}.`);
}

function targetOf(text: string | null, series: readonly RcaSeries[], graph: CallGraph | null): RcaTarget | null {
  if (text === null) return null;
  const known = new Set([...series.map(({ service }) => service), ...(graph?.keys() ?? [])]);
  if (known.has(text)) return { service: text, metric: null };
  const cut = text.lastIndexOf(':');
  const target = { service: text.slice(0, cut), metric: text.slice(cut + 1) };
  if (cut > 0 && series.some(({ service, metric }) => service === target.service && metric === target.metric)) {
    return target;
  }
  const metrics = series.flatMap(({ service, metric }) => (service === target.service ? [metric] : []));
  if (cut > 0 && metrics.length > 0)
    throw new AssessError(`--target ${text}: ${target.service} has no such metric; it has ${metrics.join(', ')}.`);
  throw new AssessError(`--target ${text}: expected SERVICE or SERVICE:METRIC of ${[...known].toSorted().join(', ')}.`);
}
