import { expect, test } from 'vitest';
import type { RawBlock } from '../../../../src/core/model/sample.ts';
import { createFileSource } from '../../../../src/sources/file/index.ts';
import type { HintListener, HintProvider } from '../../../../src/sources/file/hints.ts';
import { MemoryFileSystem } from '../../../fakes/memory-file-system.ts';
import { Collector, MemoryOffsets } from './harness.ts';

const PATH = '/logs/metrics_a.csv';
const clock = { nowMs: () => Date.now(), monotonicMs: () => performance.now() };
/** So slow that nothing but hints can be at work. */
const NEVER_MS = 3_600_000;

class HandHints implements HintProvider {
  listener: HintListener | null = null;
  running = false;

  start(_paths: readonly unknown[], listener: HintListener): void {
    this.listener = listener;
    this.running = true;
  }

  stop(): Promise<void> {
    this.running = false;
    return Promise.resolve();
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1));
}

test('a hint is enough to read a file, and to find one', async () => {
  const fs = new MemoryFileSystem();
  const sink = new Collector();
  const hints = new HandHints();
  fs.append(PATH, 'a\n');
  const source = createFileSource({ paths: ['/logs'], clock, fileSystem: fs, hints, pollMs: NEVER_MS });
  await source.start(sink);
  expect(sink.notices.map((notice) => notice.type)).toEqual(['file-found', 'caught-up']);
  fs.append(PATH, 'b\n');
  hints.listener?.changed(PATH);
  await until(() => sink.linesOf(PATH).length === 2);
  fs.append('/logs/metrics_b.csv', 'c\n');
  hints.listener?.changed('/logs/metrics_b.csv');
  await until(() => sink.linesOf('/logs/metrics_b.csv').length === 1);
  await source.stop();
  expect(hints.running).toBe(false);
  expect(fs.openCount).toBe(0);
});

test('without hints the poll finds everything', async () => {
  const fs = new MemoryFileSystem();
  const sink = new Collector();
  const source = createFileSource({ paths: ['/logs'], clock, fileSystem: fs, hints: null, fastPollMs: 2, pollMs: 4 });
  await source.start(sink);
  fs.append(PATH, 'a\n');
  await until(() => sink.linesOf(PATH).length === 1);
  fs.append(PATH, 'b\n');
  await until(() => sink.linesOf(PATH).length === 2);
  await source.stop();
});

test('when hints fail it is said once, and the poll takes over', async () => {
  const fs = new MemoryFileSystem();
  const sink = new Collector();
  const hints = new HandHints();
  fs.append(PATH, 'a\n');
  const source = createFileSource({ paths: ['/logs'], clock, fileSystem: fs, hints, pollMs: NEVER_MS, fastPollMs: 2 });
  await source.start(sink);
  hints.listener?.failed('the limit is reached (ENOSPC)');
  hints.listener?.failed('the limit is reached (ENOSPC)');
  fs.append(PATH, 'b\n');
  await until(() => sink.linesOf(PATH).length === 2);
  expect(sink.notices.filter((notice) => notice.type === 'watch-limited')).toEqual([
    { type: 'watch-limited', why: 'the limit is reached (ENOSPC); files are looked at every 2 ms instead' },
  ]);
  await until(() => !hints.running);
  await source.stop();
});

test('with many files no hints are asked for', async () => {
  const fs = new MemoryFileSystem();
  const hints = new HandHints();
  for (let i = 0; i < 5; i += 1) fs.append(`/logs/metrics_${i}.csv`, 'a\n');
  const source = createFileSource({ paths: ['/logs'], clock, fileSystem: fs, hints, hintedFiles: 4 });
  await source.start(new Collector());
  expect(hints.listener).toBeNull();
  await source.stop();
});

test('once: reads what is there, with last lines that have no end, and stops by itself', async () => {
  const fs = new MemoryFileSystem();
  const sink = new Collector();
  fs.append(PATH, 'a\nlast');
  const source = createFileSource({ paths: ['/logs'], clock, fileSystem: fs, once: true });
  await source.start(sink);
  expect(sink.linesOf(PATH)).toEqual(['a', 'last']);
  expect(fs.openCount).toBe(0);
  await source.stop();
});

test('the stop delivers what is there; a last line without an end only when no offsets are kept', async () => {
  for (const offsets of [null, new MemoryOffsets()]) {
    const fs = new MemoryFileSystem();
    const sink = new Collector();
    fs.append(PATH, 'a\n');
    const options = { paths: ['/logs'], clock, fileSystem: fs, hints: null, fastPollMs: NEVER_MS, offsets };
    const source = createFileSource(options);
    await source.start(sink);
    fs.append(PATH, 'b\nc');
    await source.stop();
    expect(sink.linesOf(PATH)).toEqual(offsets === null ? ['a', 'b', 'c'] : ['a', 'b']);
    fs.append(PATH, '1\n');
    const next = createFileSource(options);
    await next.start(sink);
    await next.stop();
    if (offsets !== null) expect(sink.linesOf(PATH)).toEqual(['a', 'b', 'c1']);
  }
});

test('a sink that takes its time holds the source back, and its block stays as it is', async () => {
  const fs = new MemoryFileSystem();
  const lines = Array.from({ length: 2000 }, (_, i) => `row ${i}`);
  fs.append(PATH, `${lines.join('\n')}\n`);
  fs.append('/logs/metrics_b.csv', `${lines.join('\n')}\n`);
  let open = 0;
  const seen: string[] = [];
  const block = (block: RawBlock): Promise<void> => {
    expect(open).toBe(0);
    open += 1;
    const before = Buffer.from(block.bytes).toString();
    return new Promise<void>((resolve) => {
      setTimeout(() => {
        expect(Buffer.from(block.bytes).toString()).toBe(before);
        if (block.path === PATH) seen.push(before);
        open -= 1;
        resolve();
      }, 1);
    });
  };
  const limits = { blockBytes: 1024 };
  const source = createFileSource({ paths: ['/logs'], clock, fileSystem: fs, hints: null, limits });
  const collector = new Collector();
  const notice = collector.notice.bind(collector);
  const issue = collector.issue.bind(collector);
  await source.start({ block, notice, issue });
  await source.stop();
  expect(seen.length).toBeGreaterThan(10);
  expect(seen.join('')).toBe(`${lines.join('\n')}\n`);
});

test('an error of the sink is not swallowed, even one that looks like an error of the system', async () => {
  const fs = new MemoryFileSystem();
  const sink = new Collector();
  fs.append(PATH, 'a\n');
  sink.block = () => {
    throw Object.assign(new Error('disk full'), { code: 'ENOSPC', syscall: 'write' });
  };
  const source = createFileSource({ paths: ['/logs'], clock, fileSystem: fs, once: true });
  await expect(source.start(sink)).rejects.toThrow('disk full');
});

test('offsets are kept in intervals, all together where the store can', async () => {
  const fs = new MemoryFileSystem();
  const sink = new Collector();
  const offsets = new MemoryOffsets();
  const batches: number[] = [];
  const store = {
    load: (path: string) => offsets.load(path),
    save: () => {
      throw new Error('one by one');
    },
    saveAll: (checkpoints: ReadonlyMap<string, string>) => {
      batches.push(checkpoints.size);
      for (const [path, checkpoint] of checkpoints) offsets.save(path, checkpoint);
    },
  };
  fs.append(PATH, 'a\n');
  fs.append('/logs/metrics_b.csv', 'a\n');
  const source = createFileSource({
    paths: ['/logs'],
    clock,
    fileSystem: fs,
    hints: null,
    fastPollMs: 1,
    saveMs: 1,
    offsets: store,
  });
  await source.start(sink);
  await until(() => offsets.saved.size === 2);
  expect(batches).toEqual([2]);
  await source.stop();
});

test('a source is started only once', async () => {
  const source = createFileSource({ paths: ['/logs'], clock, fileSystem: new MemoryFileSystem(), once: true });
  await source.start(new Collector());
  await expect(source.start(new Collector())).rejects.toThrow('only once');
});
