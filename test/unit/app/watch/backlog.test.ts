import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createFeed } from '../../../../src/app/watch/feed.ts';
import type { EngineInput } from '../../../../src/app/engine/types.ts';

const HOUR_MS = 3_600_000;
const LAST_MS = Date.UTC(2026, 2, 2, 12);

/** Times of the rows the engine is given of a log with a row an hour for two days, long ago. */
async function given(backfillMs: number, whole: boolean): Promise<readonly number[]> {
  const folder = mkdtempSync(join(tmpdir(), 'rollwatch-backlog-'));
  const rows = Array.from({ length: 48 }, (_, i) => `${new Date(LAST_MS - (47 - i) * HOUR_MS).toISOString()},${i}`);
  writeFileSync(join(folder, 'metrics_checkout.csv'), `timestamp,cpu_usage\n${rows.join('\n')}\n`);
  const inputs: EngineInput[] = [];
  const feed = createFeed({
    sources: [{ paths: [folder], zoneOffsetMinutes: 0, backfillMs }],
    clock: { nowMs: () => LAST_MS + 1000 * HOUR_MS, monotonicMs: () => 0 },
    once: true,
    whole,
    offsets: null,
    take: (input) => inputs.push(input),
    onNotice: () => undefined,
  });
  await feed.start();
  await feed.stop();
  rmSync(folder, { recursive: true });
  expect(feed.files().map(({ rows: read }) => read)).toEqual([48]);
  return inputs.flatMap((input) => (input.type === 'rows' ? Array.from(input.batch.atMs) : []));
}

it('judges a log from so long before its newest sample on, however old that is, and counts every row', async () => {
  const times = await given(5 * HOUR_MS, false);
  expect(times).toHaveLength(6);
  expect(times[0]).toBe(LAST_MS - 5 * HOUR_MS);
});

it('plays a recording whole', async () => {
  expect(await given(5 * HOUR_MS, true)).toHaveLength(48);
});
