import { expect, it } from 'vitest';
import { PipelineJudge } from '../../../../src/core/judge/pipeline-judge.ts';
import type { RowBatch } from '../../../../src/core/model/sample.ts';
import { deployment, rows, settings, T0 } from '../../../builders/judging.ts';

const OPTIONS = { replayed: false, historyRows: 8000 };
const MINUTE_MS = 60_000;
const BEFORE = 3 * 1440;
const AFTER = 40;

/** Latency with a rise every afternoon, and from the deployment on a new one; memory that grows since. */
function log(): RowBatch {
  const at = (i: number): number => Math.sin(i * 12.9898) * 4 + (i % 1440 > 1380 ? 40 : 0);
  const values = Array.from({ length: BEFORE + AFTER }, (_, i) => 120 + at(i) + (i > BEFORE + 20 ? 90 : 0));
  const memory = values.map((_, i) => 50 + Math.sin(i) + Math.max(0, i - BEFORE) / 4);
  return rows({ response_time: values, memory_usage: memory }, T0 - BEFORE * MINUTE_MS, MINUTE_MS);
}

function part(batch: RowBatch, from: number, to: number): RowBatch {
  const width = batch.columns.length;
  const [atMs, values] = [batch.atMs.slice(from, to), batch.values.slice(from * width, to * width)];
  return { ...batch, rowCount: to - from, atMs, values };
}

/** Begins at row `seen` of the log, which is there already, and takes the others as they come. */
function watched(batch: RowBatch, seen: number): PipelineJudge {
  const judge = new PipelineJudge(settings(), OPTIONS);
  judge.announce(deployment());
  judge.take(part(batch, 0, seen), batch.atMs[seen - 1]!, 'backfill');
  judge.settle(batch.atMs[seen - 1]!);
  for (let i = seen; i < batch.rowCount; i += 1) judge.take(part(batch, i, i + 1), batch.atMs[i]!, 'live');
  return judge;
}

it('a watch that was started again says the same, to the last digit, as one that never ended', () => {
  const batch = log();
  const endMs = batch.atMs.at(-1)!;
  const never = watched(batch, 300).verdict(endMs);
  expect(never.phase).toBe('Failed');
  expect(never.evidence.map(({ detector }) => detector)).toContain('ensemble');
  // Before the deployment, in its warm-up, in the run that fails, and after the failure.
  for (const seen of [BEFORE - 5, BEFORE + 1, BEFORE + 22, BEFORE + 30]) {
    expect(watched(batch, seen).verdict(endMs)).toEqual(never);
  }
});
