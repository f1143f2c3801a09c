import type { RowBatch } from '../../core/model/sample.ts';
import type { Clock } from '../../ports/clock.ts';
import type { EngineInput } from '../engine/types.ts';

/** A clock that is moved by hand: the time of a replay. */
export interface ManualClock extends Clock {
  moveTo(nowMs: number): void;
}

/** Makes a clock that stands at `startMs` until it is moved; it never goes back. */
export function createManualClock(startMs: number): ManualClock {
  let nowMs = startMs;
  return {
    nowMs: () => nowMs,
    monotonicMs: () => nowMs,
    moveTo(next) {
      nowMs = Math.max(nowMs, next);
    },
  };
}

type Rows = Extract<EngineInput, { readonly type: 'rows' }>;
type DeploymentInput = Extract<EngineInput, { readonly type: 'deployment' }>;

/** A recording taken apart into what happens when. */
export interface Recording {
  readonly startMs: number;
  readonly endMs: number;
  /** What happened up to and including `untilMs` and after the call before; oldest first. */
  advance(untilMs: number): readonly EngineInput[];
}

/** Played before the first deployment, so that one sees it being made. */
const LEAD_MS = 60_000;

/**
 * Plays inputs that were read from files as if live: rows and deployments when their time has come. What lies more than
 * a minute before the first deployment is given at once, as history; without a deployment everything is played.
 */
export function createRecording(inputs: readonly EngineInput[]): Recording | null {
  const rows = inputs.filter((input): input is Rows => input.type === 'rows').flatMap(bySample);
  const deployments = inputs.filter((input): input is DeploymentInput => input.type === 'deployment');
  const times = rows.flatMap((part) => [part.batch.atMs[0]!, part.batch.atMs[part.batch.rowCount - 1]!]);
  if (times.length === 0) return null;
  const [firstMs, endMs] = [Math.min(...times), Math.max(...times)];
  const deployedMs = deployments
    .map(({ deployment }) => deployment.atMs)
    .filter((atMs) => atMs > firstMs && atMs < endMs);
  const startMs = deployedMs.length === 0 ? firstMs : Math.max(firstMs, Math.min(...deployedMs) - LEAD_MS);
  const cursors = rows.map(() => 0);
  const waiting = deployments.toSorted((a, b) => a.deployment.atMs - b.deployment.atMs);

  return {
    startMs,
    endMs,
    advance(untilMs) {
      const due: EngineInput[] = [];
      while (waiting[0] !== undefined && waiting[0].deployment.atMs <= untilMs) {
        due.push({ ...waiting.shift()!, nowMs: untilMs });
      }
      for (const [i, part] of rows.entries()) {
        const from = cursors[i]!;
        let to = from;
        while (to < part.batch.rowCount && part.batch.atMs[to]! <= untilMs) to += 1;
        cursors[i] = to;
        if (to === from) continue;
        due.push({ ...part, nowMs: untilMs, batch: slice(part.batch, from, to), backfill: untilMs <= startMs });
      }
      return due;
    },
  };
}

/** The rows in order of time, whatever order the file had. */
function bySample(rows: Rows): readonly Rows[] {
  const { batch } = rows;
  if (batch.rowCount === 0) return [];
  const order = Uint32Array.from({ length: batch.rowCount }, (_, i) => i).sort(
    (a, b) => batch.atMs[a]! - batch.atMs[b]!,
  );
  const width = batch.columns.length;
  const atMs = Float64Array.from(order, (row) => batch.atMs[row]!);
  const values = new Float64Array(batch.values.length);
  for (const [to, from] of order.entries()) {
    values.set(batch.values.subarray(from * width, (from + 1) * width), to * width);
  }
  return [{ ...rows, batch: { ...batch, atMs, values } }];
}

function slice(batch: RowBatch, from: number, to: number): RowBatch {
  const width = batch.columns.length;
  return {
    ...batch,
    rowCount: to - from,
    atMs: batch.atMs.subarray(from, to),
    values: batch.values.subarray(from * width, to * width),
  };
}
