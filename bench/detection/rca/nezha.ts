import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RcaSeries } from '../../../src/core/rca/series.ts';
import type { RcaCase } from './rca-case.ts';
import { cellNumber, readCsv } from './read-csv.ts';

/** Length of a fault, and of what is judged, after its injection. */
const FAULT_MS = 420_000;
const JUDGED_MS = 240_000;
const MORE_MS = 7_200_000;
const LEAST_NORMAL = 10;

interface Fault {
  readonly atMs: number;
  readonly pod: string;
}

/** Column of a file: its service, the caller that measured it, its samples. */
interface Column {
  readonly service: string;
  readonly caller: string | null;
  readonly metric: string;
  readonly atMs: readonly number[];
  readonly values: readonly number[];
}

/**
 * Nezha: every fault of one day's folder, without target and graph. Normal is the same day before the injection
 * without the 420 s after other injections (and up to two hours after, where that leaves fewer than ten minutes);
 * abnormal is [injection, injection + 240 s]. `calls`: also the latencies the callers measured, where the folder has them.
 */
export function nezhaCases(folder: string, calls: boolean): readonly RcaCase[] {
  const list = join(folder, 'fault_list.json');
  if (!existsSync(list)) return [];
  const hours = JSON.parse(readFileSync(list, 'utf8')) as Readonly<
    Record<string, readonly { inject_time: string; inject_pod: string }[]>
  >;
  const faults = Object.values(hours)
    .flat()
    .map((fault) => ({ atMs: timeOf(fault.inject_time), pod: fault.inject_pod }));
  const columns = [...podColumns(folder), ...(calls ? callColumns(folder) : [])];
  return faults.map((fault) => {
    const series = columns.map((column) => around(column, fault, faults));
    return { root: serviceOf(fault.pod), series, target: null, graph: null };
  });
}

/** True where the folder is a day of Online Boutique; the other system of the set is TrainTicket. */
export function isOnlineBoutique(folder: string): boolean {
  return readdirSync(folder).some((name) => name.startsWith('cartservice-'));
}

function podColumns(folder: string): readonly Column[] {
  const files = readdirSync(folder).filter((name) => name.includes('_metric.csv'));
  return files.flatMap((name) => {
    const service = serviceOf(name.slice(0, name.indexOf('_metric.csv')));
    return columnsOf(join(folder, name), 3).map((column) => ({ ...column, service, caller: null }));
  });
}

/** `caller_callee` columns: what the callers waited for. */
function callColumns(folder: string): readonly Column[] {
  const path = join(folder, 'source_50.csv.gz');
  if (!existsSync(path)) return [];
  return columnsOf(path, 2).flatMap((column) => {
    const [caller, callee] = column.metric.split('_');
    return callee === undefined ? [] : [{ ...column, service: callee, caller: caller!, metric: 'call_latency_p50' }];
  });
}

function columnsOf(path: string, first: number): readonly Omit<Column, 'service' | 'caller'>[] {
  const [header, ...rows] = readCsv(path);
  const atMs = rows.map((row) => timeOf(row[0]!));
  return header!.slice(first).map((metric, i) => {
    return { metric, atMs, values: rows.map((row) => cellNumber(row[first + i])) };
  });
}

function around({ service, caller, metric, atMs, values }: Column, fault: Fault, faults: readonly Fault[]): RcaSeries {
  const others = faults.filter((other) => other !== fault);
  const calm = (at: number): boolean => !others.some((other) => at >= other.atMs && at < other.atMs + FAULT_MS);
  const before = [...atMs.keys()].filter((i) => atMs[i]! < fault.atMs && calm(atMs[i]!));
  const during = (at: number): boolean => at >= fault.atMs && at < fault.atMs + FAULT_MS;
  const wider = [...atMs.keys()].filter((i) => atMs[i]! < fault.atMs + MORE_MS && calm(atMs[i]!) && !during(atMs[i]!));
  const chosen = before.length >= LEAST_NORMAL ? before : wider;
  const judged = [...atMs.keys()].filter((i) => atMs[i]! >= fault.atMs && atMs[i]! <= fault.atMs + JUDGED_MS);
  return {
    service,
    metric,
    caller,
    worse: 'both',
    normal: chosen.map((i) => values[i]!),
    abnormal: judged.map((i) => values[i]!),
    abnormalAtMs: judged.map((i) => atMs[i]!),
  };
}

/** `frontend-579b9bff58-t2dbm` → `frontend`. */
function serviceOf(pod: string): string {
  return pod.replace(/-[0-9a-f]+-[0-9a-z]{5}$/, '');
}

function timeOf(text: string): number {
  return Date.parse(`${text.slice(0, 19).replace(' ', 'T')}Z`);
}
