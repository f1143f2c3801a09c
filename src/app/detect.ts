import type { SeriesContext } from '../core/detectors/detector.ts';
import { detectorKind } from '../core/detectors/registry.ts';
import type { MetricSpec } from '../core/model/metric.ts';
import type { RowBatch } from '../core/model/sample.ts';
import { readLogs } from './rca/read-logs.ts';

/** An alarm that goes on is raised again after so many samples. */
const RAISED_AGAIN_AFTER = 30;

/** What `rollwatch detect` is asked. */
export interface DetectQuestion {
  readonly paths: readonly string[];
  readonly detector: string;
  readonly parameters: Readonly<Record<string, number>>;
  readonly specOf: (pipeline: string, metric: string) => MetricSpec;
  readonly zoneOffsetMinutes: number;
  readonly nowMs: number;
}

/** One sample with what the detector says of it. */
export interface DetectedRow {
  readonly atMs: number;
  /** Pipeline and metric, `checkout/cpu_usage`. */
  readonly series: string;
  /** NaN where the log has no value. */
  readonly value: number;
  /** 0..1: s / (1 + s) of the detector's score s, so that its own limit is at 0.5; 0 while it cannot tell. */
  readonly score: number;
  /** An alarm is raised at this sample: the first beyond the limit, then every 30th while it goes on. */
  readonly raised: boolean;
}

/**
 * Runs a detector over whole logs, one series after the other, each sample scored before it is learned. A sample that is
 * not newer than the one before is given without a score.
 *
 * @yields a row for every sample
 * @throws RangeError for an unknown detector or parameter, AssessError when a file cannot be read or holds no sample
 */
export function* detect(question: DetectQuestion): Generator<DetectedRow> {
  const kind = detectorKind(question.detector);
  for (const [pipeline, batch] of readLogs(question.paths, question)) {
    for (const [column, metric] of batch.columns.entries()) {
      const { worse, limit } = question.specOf(pipeline, metric);
      const series: SeriesContext = { metric, worse, limit, seed: 1 };
      yield* overColumn(kind.create(series, question.parameters), batch, column, `${pipeline}/${metric}`);
    }
  }
}

type Watching = ReturnType<ReturnType<typeof detectorKind>['create']>;

function* overColumn(detector: Watching, batch: RowBatch, column: number, series: string): Generator<DetectedRow> {
  let lastMs = Number.NEGATIVE_INFINITY;
  let silent = 0;
  for (let row = 0; row < batch.rowCount; row += 1) {
    const atMs = batch.atMs[row]!;
    const value = batch.values[row * batch.columns.length + column]!;
    let score = Number.NaN;
    if (atMs > lastMs && Number.isFinite(value)) {
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
