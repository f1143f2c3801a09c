import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { JOINT_DETECTORS, type JointName } from '../../src/core/detectors/joint.ts';
import { bestEventLimit, countEvents, type EventCount, type ScoredSeries } from './events.ts';
import { readColumns } from './read-csv.ts';

/** A set of machines, by how their files begin and how often they are sampled. */
export interface MachineSet {
  readonly prefix: string;
  readonly pointsPerDay: number;
}

export const SMD: MachineSet = { prefix: 'machine-', pointsPerDay: 1440 };
export const ASD: MachineSet = { prefix: 'omi-', pointsPerDay: 288 };

/** One detector on a set of machines. */
export interface MultiRow {
  readonly name: string;
  readonly events: EventCount;
  /** Limit chosen on all other machines; null with a single one. */
  readonly leftOut: EventCount | null;
  readonly fitted: boolean;
}

/** The joint score beside the largest and the mean global z of the metrics; null when the set is not there. */
export function multiProtocol(folder: string, set: MachineSet): readonly MultiRow[] | null {
  if (!existsSync(folder)) return null;
  const names = machinesOf(folder, set);
  if (names.length === 0) return null;
  const joint: ScoredSeries[] = [];
  const forest: ScoredSeries[] = [];
  const any: ScoredSeries[] = [];
  const few: ScoredSeries[] = [];
  for (const name of names) {
    const [train, test] = [readTable(folder, `${name}_train.csv`), readTable(folder, `${name}_test.csv`)];
    const windows = windowsOf(readTable(folder, `${name}_label.csv`)[0]!);
    const common = { windows, from: 0, early: 5, pointsPerDay: set.pointsPerDay };
    const z = globalZ(train, test);
    joint.push({ ...common, scores: jointScores('joint-change', train, test, set.pointsPerDay) });
    forest.push({ ...common, scores: jointScores('joint-forest', train, test, set.pointsPerDay) });
    any.push({ ...common, scores: z.largest });
    few.push({ ...common, scores: z.topThree });
  }
  return [
    rowOf('global z, any metric', any, null),
    rowOf('global z, mean of the worst 3', few, null),
    rowOf('Isolation Forest, all metrics', forest, null),
    rowOf('joint change', joint, 1),
  ];
}

/** Names of the machines of a set that are in the folder. */
export function machinesOf(folder: string, { prefix }: MachineSet): readonly string[] {
  return readdirSync(folder)
    .filter((file) => file.startsWith(prefix) && file.includes('_test.csv'))
    .map((file) => file.slice(0, file.indexOf('_test.csv')));
}

/** The columns of a file, plain or compressed. */
export function readTable(folder: string, name: string): readonly Float64Array[] {
  const path = join(folder, name);
  return readColumns(existsSync(path) ? path : `${path}.gz`);
}

function rowOf(name: string, series: readonly ScoredSeries[], limit: number | null): MultiRow {
  const events = countEvents(series, limit ?? bestEventLimit(series));
  return { name, events, leftOut: series.length < 2 ? null : leaveOneOut(series), fitted: limit === null };
}

function leaveOneOut(series: readonly ScoredSeries[]): EventCount {
  const judged = series.map((one) => ({ one, limit: bestEventLimit(series.filter((other) => other !== one)) }));
  // Scores over their limit: a common scale for machines with limits of their own.
  return countEvents(
    judged.map(({ one, limit }) => ({ ...one, scores: one.scores.map((score) => score / limit) })),
    1,
  );
}

function jointScores(
  name: JointName,
  train: readonly Float64Array[],
  test: readonly Float64Array[],
  pointsPerDay: number,
): Float64Array {
  const joint = JOINT_DETECTORS[name].train(train, pointsPerDay);
  const row = new Float64Array(test.length);
  return Float64Array.from(test[0]!, (_, at) => {
    for (const [i, values] of test.entries()) row[i] = values[at]!;
    return joint.next(row);
  });
}

function globalZ(
  train: readonly Float64Array[],
  test: readonly Float64Array[],
): { readonly largest: Float64Array; readonly topThree: Float64Array } {
  const scaled = test.map((values, i) => {
    const past = train[i]!;
    const mean = past.reduce((sum, value) => sum + value, 0) / past.length;
    const deviation = Math.sqrt(past.reduce((sum, value) => sum + (value - mean) ** 2, 0) / past.length);
    return values.map((value) => Math.abs(value - mean) / Math.max(1e-3, deviation));
  });
  const largest = new Float64Array(scaled[0]!.length);
  const topThree = largest.map((_, at) => {
    const row = scaled.map((values) => values[at]!).sort((a, b) => b - a);
    largest[at] = row[0]!;
    return row.slice(0, 3).reduce((sum, value) => sum + value, 0) / 3;
  });
  return { largest, topThree };
}

/** First and last row of every labelled event. */
export function windowsOf(labels: Float64Array): readonly (readonly [number, number])[] {
  const windows: [number, number][] = [];
  for (const [at, label] of labels.entries()) {
    if (label !== 1) continue;
    const last = windows.at(-1);
    if (last !== undefined && last[1] === at - 1) last[1] = at;
    else windows.push([at, at]);
  }
  return windows;
}
