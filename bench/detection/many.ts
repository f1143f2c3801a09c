import { existsSync } from 'node:fs';
import { DEFAULT_ANALYSIS } from '../../src/config/defaults.ts';
import { PipelineJudge } from '../../src/core/judge/pipeline-judge.ts';
import { deploymentId } from '../../src/core/model/deployment.ts';
import type { PipelineSettings } from '../../src/core/model/policy.ts';
import { specOf } from '../../src/core/series/metric-spec.ts';
import { DEFAULT_POLICY } from '../../src/config/defaults.ts';
import { type Interval, wilson } from './intervals.ts';
import { machinesOf, type MachineSet, readTable, windowsOf } from './multi.ts';

const DAY_MS = 86_400_000;
const ANALYSIS_MS = 7_200_000;
/** Quiet moments of a set that are looked at. */
const QUIET = 60;
/** What a watch keeps of each metric. */
const HISTORY_ROWS = 8000;

/** Deployments on machines with dozens of metrics: blamed for nothing, and for an event that began with them. */
export interface ManyRow {
  readonly name: string;
  readonly quiet: number;
  readonly fpr: number;
  readonly fprInterval: Interval;
  readonly events: number;
  readonly recall: number;
}

/**
 * Deploys at some sixty quiet moments of all times of day, and as every labelled event begins, and judges two hours with all
 * defaults; then the same with every metric judged by itself.
 */
export function manyProtocol(folder: string, set: MachineSet): readonly ManyRow[] | null {
  if (!existsSync(folder)) return null;
  const names = machinesOf(folder, set);
  if (names.length === 0) return null;
  return ['judged together', 'one by one'].map((name) => {
    let [quiet, blamed, events, found] = [0, 0, 0, 0];
    for (const machine of names) {
      const [train, test] = [readTable(folder, `${machine}_train.csv`), readTable(folder, `${machine}_test.csv`)];
      const past = train[0]!.length;
      const columns = test.map((values, i) => Float64Array.from([...train[i]!, ...values]));
      const windows = windowsOf(readTable(folder, `${machine}_label.csv`)[0]!);
      const two = Math.round((set.pointsPerDay * ANALYSIS_MS) / DAY_MS);
      const fails = (at: number): number => (isBlamed(columns, past + at, two, set, name === 'one by one') ? 1 : 0);
      const calm = quietMoments(test[0]!.length, two, windows);
      const each = Math.ceil((calm.length * names.length) / QUIET);
      for (const at of calm.filter((_, i) => i % each === 0)) {
        quiet += 1;
        blamed += fails(at);
      }
      for (const [first] of windows) {
        events += 1;
        found += fails(first);
      }
    }
    return { name, quiet, fpr: blamed / quiet, fprInterval: wilson(blamed, quiet), events, recall: found / events };
  });
}

/** Every second hour without an event in it, nor in the two hours before. */
function quietMoments(length: number, two: number, windows: readonly (readonly [number, number])[]): readonly number[] {
  const moments = Array.from({ length: Math.floor(length / two) - 1 }, (_, i) => (i + 1) * two);
  return moments.filter((at) => !windows.some(([first, last]) => first <= at + two && last >= at - two));
}

function isBlamed(
  columns: readonly Float64Array[],
  at: number,
  rowsAfter: number,
  { pointsPerDay }: MachineSet,
  apart: boolean,
): boolean {
  const [from, to] = [Math.max(0, at - HISTORY_ROWS), Math.min(columns[0]!.length, at + rowsAfter)];
  const names = columns.map((_, i) => `metric_${i}`);
  const stepMs = DAY_MS / pointsPerDay;
  const values = new Float64Array((to - from) * columns.length);
  for (let row = from; row < to; row += 1) {
    for (const [i, all] of columns.entries()) values[(row - from) * columns.length + i] = all[row]!;
  }
  const atMs = Float64Array.from({ length: to - from }, (_, i) => (from + i) * stepMs);
  // A key objective is judged by itself.
  const objectives = apart ? Object.fromEntries(names.map((name) => [name, 50])) : {};
  const settings: PipelineSettings = {
    pipeline: 'machine',
    analysis: { ...DEFAULT_ANALYSIS, warmUpMs: 0, objectives },
    policy: DEFAULT_POLICY,
    metrics: specOf,
  };
  const judge = new PipelineJudge(settings, { replayed: false, historyRows: HISTORY_ROWS });
  const deployedMs = at * stepMs;
  judge.announce({
    id: deploymentId('machine', 'new', deployedMs),
    pipeline: 'machine',
    environment: null,
    version: 'new',
    previous: 'old',
    atMs: deployedMs,
    commit: null,
    origin: 'command',
    features: null,
  });
  judge.take({ labels: {}, columns: names, rowCount: to - from, atMs, values }, to * stepMs, 'backfill');
  return judge.failure.failedFromMs !== null;
}
