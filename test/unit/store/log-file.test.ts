import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createLogFile, type LogFile } from '../../../src/store/log-file.ts';
import { removeDir, temporaryDir } from '../../fakes/act-bench.ts';

let root: string;
beforeEach(() => {
  root = temporaryDir();
});
afterEach(() => removeDir(root));

function open(maxBytes = 1000): LogFile {
  return createLogFile({
    path: join(root, 'rollwatch.log'),
    mode: 0o600,
    maxBytes,
    keep: 2,
    nowMs: () => 0,
    redact: (line) => line.replaceAll('hunter2', '[redacted]'),
  });
}

it('writes JSON lines with their time, redacted', () => {
  const log = open();
  log.write({ level: 'warn', text: 'password hunter2\nsecond line', code: 3 });
  log.close();
  const lines = readFileSync(join(root, 'rollwatch.log'), 'utf8').trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    { at: '1970-01-01T00:00:00.000Z', level: 'warn', text: 'password [redacted]\nsecond line', code: 3 },
  ]);
});

it('keeps below its size, with the newest of the earlier files; two writers lose nothing of that', () => {
  const logs = [open(), open()];
  for (let index = 0; index < 60; index += 1) logs[index % 2]!.write({ level: 'info', text: `line ${index}` });
  for (const log of logs) log.close();
  expect(readdirSync(root).toSorted()).toEqual(['rollwatch.log', 'rollwatch.log.1', 'rollwatch.log.2']);
  const all = ['.2', '.1', ''].map((suffix) => readFileSync(join(root, `rollwatch.log${suffix}`), 'utf8'));
  for (const text of all) expect(text.length).toBeLessThanOrEqual(1000);
  const numbers = [...all.join('').matchAll(/line (\d+)/g)].map(([, number]) => Number(number));
  expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, index) => 60 - numbers.length + index));
});

it('never throws; it counts what it could not write', () => {
  mkdirSync(join(root, 'rollwatch.log'));
  const log = open();
  log.write({ level: 'info', text: 'x' });
  expect(log.dropped()).toMatchObject({ count: 1 });
  expect(log.dropped().why).toContain('EISDIR');
  expect(existsSync(join(root, 'rollwatch.log.1'))).toBe(false);
});
