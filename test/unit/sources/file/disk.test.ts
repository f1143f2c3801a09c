import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFileSource } from '../../../../src/sources/file/index.ts';
import { DiskWorld } from '../../../fakes/disk-world.ts';
import { RandomWriter, seeded } from '../../../fakes/random-writer.ts';
import { Collector, MemoryOffsets } from './harness.ts';

const clock = { nowMs: () => Date.now(), monotonicMs: () => performance.now() };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollwatch-disk-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(2);
}

/** One random life of a log, followed with chokidar's hints. */
async function run(seed: number): Promise<void> {
  const random = seeded(seed);
  const logs = join(folder, `run-${seed}`);
  mkdirSync(logs);
  const path = join(logs, 'metrics_a.csv');
  const world = new DiskWorld();
  const writer = new RandomWriter(world, path, seed % 2 === 0);
  const sink = new Collector();
  const options = { paths: [logs], clock, offsets: new MemoryOffsets(), pollMs: 150 };
  const caughtUp = async (): Promise<void> => {
    writer.append(random);
    writer.completeRow(true);
    await until(() => sink.linesOf(path).length >= writer.rows.length);
  };
  let source = createFileSource(options);
  await source.start(sink);
  await caughtUp();
  const acts = ['append', 'append', 'rotate', 'copyTruncate', 'remove', 'clean', 'restart'] as const;
  for (let i = 0; i < 8; i += 1) {
    const act = acts[Math.floor(random() * acts.length)]!;
    if (act === 'copyTruncate' || act === 'remove' || act === 'clean') await caughtUp();
    // Times of modification tell the order of rotated files; the system's are some milliseconds coarse.
    if (act === 'rotate') await sleep(12);
    if (act === 'restart') {
      await source.stop();
      source = createFileSource(options);
      await source.start(sink);
    } else {
      writer[act](random);
    }
    // A file that is removed again before it was looked at cannot have been read.
    if (act === 'remove') await caughtUp();
    if (random() < 0.5) await sleep(random() * 10);
  }
  await caughtUp();
  await source.stop();
  world.close();
  expect(sink.linesOf(path)).toEqual(writer.rows);
  expect([...sink.lines.keys()]).toEqual([path]);
}

test('fifty random writers on disk: rows in are rows out, in order and once', async () => {
  for (let seed = 0; seed < 50; seed += 10) {
    await Promise.all(Array.from({ length: 10 }, (_, i) => run(seed + i)));
  }
}, 60_000);

test('a file of 2 GB is read from a line within its end on, without reading the rest', async () => {
  const path = join(folder, 'metrics_large.csv');
  writeFileSync(path, 'timestamp,cpu_usage\n');
  truncateSync(path, 2_000_000_000);
  const rows = Array.from({ length: 200_000 }, (_, i) => `2026-01-01T00:00:00Z,${i}`);
  appendFileSync(path, `\n${rows.join('\n')}\n`);
  const sink = new Collector();
  const source = createFileSource({ paths: [path], clock, once: true, limits: { backfillBytes: 1_000_000 } });
  await source.start(sink);
  const lines = sink.linesOf(path);
  expect(lines).toEqual(rows.slice(-lines.length));
  expect(lines.join('\n').length).toBeGreaterThan(999_900);
  expect(lines.join('\n').length).toBeLessThanOrEqual(1_000_000);
  const found = sink.notices.find((notice) => notice.type === 'file-found');
  expect(found?.head).toEqual(new TextEncoder().encode('timestamp,cpu_usage\n'));
  expect(found?.startsAtBytes).toBeGreaterThan(2_000_000_000);
});

test('pipes are refused without hanging, links are followed', async () => {
  execFileSync('sh', ['-c', 'mkfifo "$0"', join(folder, 'pipe.csv')]);
  mkdirSync(join(folder, 'real'));
  writeFileSync(join(folder, 'real', 'log'), 'a\n');
  symlinkSync(join(folder, 'real', 'log'), join(folder, 'metrics_link.csv'));
  symlinkSync(join(folder, 'real'), join(folder, 'metrics_folder.csv'));
  symlinkSync(join(folder, 'nowhere'), join(folder, 'metrics_dangling.csv'));
  const sink = new Collector();
  await createFileSource({ paths: [folder], clock, once: true }).start(sink);
  expect(sink.linesOf(join(folder, 'metrics_link.csv'))).toEqual(['a']);
  const refused = sink.notices.filter((notice) => notice.type === 'refused');
  expect(refused.toSorted((a, b) => a.path.localeCompare(b.path))).toEqual([
    { type: 'refused', path: join(folder, 'metrics_folder.csv'), why: 'a folder, not a regular file' },
    { type: 'refused', path: join(folder, 'pipe.csv'), why: 'a named pipe, not a regular file' },
  ]);
});

test('a folder that appears later is found by a hint', async () => {
  const later = join(folder, 'later');
  const sink = new Collector();
  const source = createFileSource({ paths: [later], clock, pollMs: 3_600_000 });
  await source.start(sink);
  await sleep(50);
  mkdirSync(later);
  appendFileSync(join(later, 'metrics_a.csv'), 'a\n');
  await until(() => sink.linesOf(join(later, 'metrics_a.csv')).length === 1);
  await source.stop();
});
