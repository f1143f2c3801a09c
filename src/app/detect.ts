import type { Detector, DetectorKind, DetectorState, SeriesContext } from '../core/detectors/detector.ts';
import { detectorKind } from '../core/detectors/registry.ts';
import type { MetricSpec } from '../core/model/metric.ts';
import type { RowBatch } from '../core/model/sample.ts';
import type { TrainingJob } from './train-lstm/job.ts';
import { readLogs } from './rca/read-logs.ts';

/** An alarm that goes on is raised again after so many samples. */
export const RAISED_AGAIN_AFTER = 30;

/** What `rollwatch detect` is asked. */
export interface DetectQuestion {
  readonly paths: readonly string[];
  readonly detector: string;
  /** Parameters of the detector that are not the default ones. */
  readonly parametersOf: (pipeline: string) => Readonly<Record<string, number>>;
  readonly specOf: (pipeline: string, metric: string) => MetricSpec;
  readonly zoneOffsetMinutes: number;
  readonly nowMs: number;
  /** Trains on the first part of a series of that name before the rest is scored; null for detectors that learn as they go. */
  readonly train: ((job: TrainingJob, series: string) => Promise<DetectorState>) | null;
  /** Told of a series that is too short to be trained on. */
  readonly onUntrained: (series: string, samples: number) => void;
}

/** One sample with what the detector says of it. */
export interface DetectedRow {
  readonly atMs: number;
  /** Pipeline and metric, `checkout/cpu_usage`. */
  readonly series: string;
  /** NaN where the log has no value, and for a score of several metrics. */
  readonly value: number;
  /** 0..1: s / (1 + s) of the detector's score s, so that its own limit is at 0.5; 0 while it cannot tell. */
  readonly score: number;
  /** An alarm is raised at this sample: the first beyond the limit, then every 30th while it goes on. */
  readonly raised: boolean;
}

/** Share of a series that is trained on. */
export const TRAINED_SHARE = 0.5;
/** So many samples that must be; a shorter series is not trained on. */
export const LEAST_TRAINED = 240;

/**
 * Runs a detector over whole logs, one series after the other, each sample scored before it is learned. A sample that is
 * not newer than the one before, or that was trained on, is given without a score.
 *
 * @yields the rows of a series, one for every sample
 * @throws RangeError for an unknown detector or parameter, AssessError when a file cannot be read or holds no sample
 */
export async function* detect(question: DetectQuestion): AsyncGenerator<Iterable<DetectedRow>> {
  const kind = detectorKind(question.detector);
  for (const [pipeline, batch] of readLogs(question.paths, question)) {
    for (const [column, metric] of batch.columns.entries()) {
      const { worse, limit } = question.specOf(pipeline, metric);
      const series: SeriesContext = { metric, worse, limit, seed: 1 };
      const name = `${pipeline}/${metric}`;
      // One after the other: each training takes a whole core.
      // oxlint-disable-next-line no-await-in-loop
      const [detector, fromRow] = await prepared(kind, series, question, batch, column, pipeline);
      yield overColumn(detector, batch, column, name, fromRow);
    }
  }
}

/** A detector for the column, and the row from which it scores. */
async function prepared(
  kind: DetectorKind,
  series: SeriesContext,
  { parametersOf, train, onUntrained }: DetectQuestion,
  batch: RowBatch,
  column: number,
  pipeline: string,
): Promise<readonly [Detector, number]> {
  const fromRow = Math.floor(batch.rowCount * TRAINED_SHARE);
  const values: number[] = [];
  const times: number[] = [];
  for (let row = 0; row < fromRow; row += 1) {
    const value = batch.values[row * batch.columns.length + column]!;
    if (!Number.isFinite(value) || batch.atMs[row]! <= (times.at(-1) ?? Number.NEGATIVE_INFINITY)) continue;
    values.push(value);
    times.push(batch.atMs[row]!);
  }
  const parameters = parametersOf(pipeline);
  const name = `${pipeline}/${series.metric}`;
  const isTrained = train !== null && values.length >= LEAST_TRAINED;
  if (train !== null && !isTrained) onUntrained(name, values.length);
  if (!isTrained) return [kind.create(series, parameters), 0];
  const state = await train({ values, times, parameters, seed: series.seed }, name);
  return [kind.restore(series, parameters, state), fromRow];
}

function* overColumn(
  detector: Detector,
  batch: RowBatch,
  column: number,
  series: string,
  fromRow: number,
): Generator<DetectedRow> {
  let lastMs =
    fromRow === 0 ? Number.NEGATIVE_INFINITY : batch.atMs.subarray(0, fromRow).reduce((a, b) => Math.max(a, b));
  let silent = 0;
  for (let row = 0; row < batch.rowCount; row += 1) {
    const atMs = batch.atMs[row]!;
    const value = batch.values[row * batch.columns.length + column]!;
    let score = Number.NaN;
    if (row >= fromRow && atMs > lastMs && Number.isFinite(value)) {
      score = detector.scoreOne(value, atMs);
      detector.learnOne(value, atMs);
      lastMs = atMs;
      silent -= 1;
    }
    const raised = score > 1 && silent <= 0;
    if (raised) silent = RAISED_AGAIN_AFTER;
    yield { atMs, series, value, score: Number.isNaN(score) ? 0 : score / (1 + score), raised };
  }
}
