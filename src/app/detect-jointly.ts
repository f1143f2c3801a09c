import { JOINT_DETECTORS, type JointName } from '../core/detectors/joint.ts';
import type { RowBatch } from '../core/model/sample.ts';
import { AssessError } from './assess/assess-error.ts';
import { type DetectedRow, type DetectQuestion, RAISED_AGAIN_AFTER, TRAINED_SHARE } from './detect.ts';
import { readLogs } from './rca/read-logs.ts';

const DAY_MS = 86_400_000;

/**
 * One score for all metrics of a pipeline together, trained on the first half of its rows, which are given without scores.
 *
 * @yields one row for every row of the log, of a series `checkout/joint-change`, without a value: there is no single one
 * @throws AssessError when a file cannot be read, or half of a log is too short to train on
 */
export function* detectJointly(
  question: Pick<DetectQuestion, 'paths' | 'zoneOffsetMinutes' | 'nowMs'> & { readonly detector: JointName },
): Generator<Iterable<DetectedRow>> {
  for (const [pipeline, batch] of readLogs(question.paths, question))
    yield overRows(pipeline, batch, question.detector);
}

function* overRows(pipeline: string, batch: RowBatch, detector: JointName): Generator<DetectedRow> {
  const series = `${pipeline}/${detector}`;
  const { leastRows, train } = JOINT_DETECTORS[detector];
  const trained = Math.floor(batch.rowCount * TRAINED_SHARE);
  const width = batch.columns.length;
  const inOrder = [...batch.atMs.keys()].filter((row) => row === 0 || batch.atMs[row]! > batch.atMs[row - 1]!);
  const past = inOrder.filter((row) => row < trained);
  if (past.length < leastRows) {
    throw new AssessError(
      `Expected at least ${2 * leastRows} rows of ${pipeline} in order of time, half of them to train ${detector} on; there are ${batch.rowCount}.`,
    );
  }
  const columns = batch.columns.map((_, column) => Float64Array.from(past, (at) => batch.values[at * width + column]!));
  const intervalMs = (batch.atMs[past.at(-1)!]! - batch.atMs[past[0]!]!) / (past.length - 1);
  const joint = train(columns, DAY_MS / intervalMs);
  const scored = new Set(inOrder.filter((row) => row >= trained));
  let silent = 0;
  for (let row = 0; row < batch.rowCount; row += 1) {
    const score = scored.has(row) ? joint.next(batch.values.slice(row * width, (row + 1) * width)) : 0;
    silent -= 1;
    const raised = score > 1 && silent <= 0;
    if (raised) silent = RAISED_AGAIN_AFTER;
    yield { atMs: batch.atMs[row]!, series, value: Number.NaN, score: score / (1 + score), raised };
  }
}
