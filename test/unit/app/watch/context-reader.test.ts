import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createContextReader } from '../../../../src/app/watch/context-reader.ts';
import { temporaryFolder } from '../../../fakes/temporary-folder.ts';

const folder = temporaryFolder();
const BEGIN_MS = Date.UTC(2026, 2, 2);
const DAY_MS = 86_400_000;
/** Long numbers, so that a log of days is larger than what is read back at the least. */
const LONG = '0'.repeat(1500);

/** A log with a row every `stepMs`, and the times a reader gives when reading goes on after a share of it, at row `endRow`. */
function readBack(
  rows: number,
  stepMs: number,
  oldestMs: number,
  share: number,
): { readonly times: readonly number[]; readonly endRow: number } {
  const path = join(folder.path, 'metrics_checkout.csv');
  const lines = Array.from({ length: rows }, (_, i) => `${new Date(BEGIN_MS + i * stepMs).toISOString()},1.5${LONG}\n`);
  writeFileSync(path, `timestamp,response_time\n${lines.join('')}`);
  const bytes = readFileSync(path);
  const startsAtBytes = bytes.indexOf(10, Math.floor(bytes.length * share)) + 1;
  const times: number[] = [];
  const reader = createContextReader({
    onRows: (_pipeline, { atMs, rowCount }) => times.push(...atMs.subarray(0, rowCount)),
    onDeployment: () => undefined,
    nowMs: () => BEGIN_MS + rows * stepMs,
    defaultZoneOffsetMinutes: 0,
  });
  const { size, mtimeMs } = statSync(path);
  const head = bytes.subarray(0, 4096);
  reader.read({ type: 'file-found', path, startsAtBytes, sizeBytes: size, head, modifiedMs: mtimeMs }, oldestMs);
  const endRow = bytes.subarray(0, startsAtBytes).filter((byte) => byte === 10).length - 1;
  return { times, endRow };
}

const timesOf = (from: number, to: number, stepMs: number): readonly number[] =>
  Array.from({ length: to - from }, (_, i) => BEGIN_MS + (from + i) * stepMs);

describe('what is read again of a log at a restart', () => {
  it('goes back to the oldest sample that is judged, without a gap, up to where reading goes on', () => {
    const { times, endRow } = readBack(6 * 1440, 60_000, BEGIN_MS + DAY_MS, 0.9);
    expect(times[0]).toBeLessThanOrEqual(BEGIN_MS + DAY_MS);
    const first = (times[0]! - BEGIN_MS) / 60_000;
    expect(times).toEqual(timesOf(first, endRow, 60_000));
  });

  it('is all of a small log', () => {
    const { times, endRow } = readBack(300, 60_000, Number.NEGATIVE_INFINITY, 0.5);
    expect(endRow).toBeGreaterThan(100);
    expect(times).toEqual(timesOf(0, endRow, 60_000));
  });

  it('is four megabytes of a series that is compared with its last hour', () => {
    expect(readBack(6000, 1000, Number.NEGATIVE_INFINITY, 0.99).times.length).toBeLessThan(3000);
  });
});
