import type { BadDirection, ComparisonInput } from '../core/judge/compare/comparison.ts';
import { JUDGES, type JudgeName } from '../core/judge/compare/judges.ts';
import type { MetricSpec, WorseDirection } from '../core/model/metric.ts';
import type { RowBatch } from '../core/model/sample.ts';
import { AssessError } from './assess/assess-error.ts';
import { joinBatches } from './assess/join-batches.ts';
import { compareAll, type CompareReport, type NamedInput, type Scoring } from './compare/report.ts';
import { readLogs } from './rca/read-logs.ts';

/** What `rollwatch compare` is asked of two logs. */
export interface CompareQuestion {
  readonly controlPath: string;
  readonly experimentPath: string;
  /** Only these metrics; empty = all that either log has and that are judged by height. */
  readonly metrics: readonly string[];
  readonly critical: readonly string[];
  readonly nanStrategy: ComparisonInput['nanStrategy'];
  readonly judge: JudgeName;
  readonly scoring: Scoring;
  readonly specOf: (metric: string) => MetricSpec;
  readonly zoneOffsetMinutes: number;
  readonly nowMs: number;
}

const BAD: Readonly<Record<WorseDirection, BadDirection>> = { up: 'increase', down: 'decrease', both: 'either' };

/**
 * Compares the metrics of two logs, each in its own group by kind (`technical`, `business`), in the direction that is
 * worse for it.
 *
 * @throws AssessError when a log cannot be read or has not got a metric that was asked for
 */
export function compareLogs(question: CompareQuestion): CompareReport {
  const control = oneLog(question.controlPath, question);
  const experiment = oneLog(question.experimentPath, question);
  const names = namesOf(question, [...new Set([...control.columns, ...experiment.columns])]);
  const metrics = names.map((name): NamedInput => {
    const spec = question.specOf(name);
    const params = { ...JUDGES[question.judge].parameters, direction: BAD[spec.worse] };
    const isCriticalMetric = question.critical.includes(name);
    const { nanStrategy } = question;
    const samples = { control: columnOf(control, name), experiment: columnOf(experiment, name) };
    return {
      name,
      groups: [spec.kind],
      input: { ...samples, params, nanStrategy, isCriticalMetric, isDataRequired: false },
    };
  });
  return compareAll(metrics, question.judge, question.scoring);
}

function namesOf({ metrics, critical, specOf }: CompareQuestion, known: readonly string[]): readonly string[] {
  for (const name of [...metrics, ...critical]) {
    if (!known.includes(name))
      throw new AssessError(`Neither log has the metric ${name}; there are ${known.join(', ')}.`);
  }
  if (metrics.length > 0) return [...new Set([...metrics, ...critical])];
  // The height of a counter says nothing.
  return known.filter((name) => specOf(name).weight > 0 || critical.includes(name));
}

function oneLog(path: string, question: CompareQuestion): RowBatch {
  return joinBatches([...readLogs([path], question).values()]);
}

/** The values of a metric in order of time, NaN where a row has none. */
function columnOf(batch: RowBatch, name: string): readonly number[] {
  const column = batch.columns.indexOf(name);
  if (column < 0) return [];
  const rows = [...batch.atMs.subarray(0, batch.rowCount).keys()].toSorted((a, b) => batch.atMs[a]! - batch.atMs[b]!);
  return rows.map((row) => batch.values[row * batch.columns.length + column]!);
}
