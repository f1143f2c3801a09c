import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFileSource } from '../../../../src/sources/file/index.ts';
import { Collector } from './harness.ts';

const clock = { nowMs: () => Date.now(), monotonicMs: () => performance.now() };
const watch = fs.watch;
let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'rollwatch-hints-'));
});

afterEach(() => {
  fs.watch = watch;
  syncBuiltinESMExports();
  fs.rmSync(folder, { recursive: true });
});

test.each([
  ['ENOSPC', 'the limit of file watches is reached (ENOSPC, fs.inotify.max_user_watches)'],
  ['EMFILE', 'the limit of open files or watch instances is reached (EMFILE)'],
  ['EPROTO', 'watching for changes failed (EPROTO: no)'],
])('when the system refuses to watch (%s), files are polled and it is said', async (code, why) => {
  // The real chokidar meets the fault where the system would give it.
  fs.watch = () => {
    throw Object.assign(new Error(`${code}: no`), { code });
  };
  syncBuiltinESMExports();
  const path = join(folder, 'metrics_a.csv');
  fs.writeFileSync(path, 'a\n');
  const sink = new Collector();
  const source = createFileSource({ paths: [folder], clock, pollMs: 3_600_000, fastPollMs: 5 });
  await source.start(sink);
  while (!sink.notices.some((notice) => notice.type === 'watch-limited')) await new Promise(setImmediate);
  fs.appendFileSync(path, 'b\n');
  while (sink.linesOf(path).length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
  await source.stop();
  expect(sink.notices.filter((notice) => notice.type === 'watch-limited')).toEqual([
    { type: 'watch-limited', why: `${why}; files are looked at every 5 ms instead` },
  ]);
});
