import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { halt, readHalt, resumeActing } from '../../../src/app/halt.ts';
import { openStateDir, type StateDir } from '../../../src/store/state-dir.ts';
import { alice, auto, removeDir, temporaryDir } from '../../fakes/act-bench.ts';

let root: string;
let dir: StateDir;
beforeEach(() => {
  root = temporaryDir();
  dir = openStateDir({ path: join(root, 'state'), shared: true });
});
afterEach(() => removeDir(root));

it('is a file of its own: no database, no engine', () => {
  expect(readHalt(dir, root)).toBeNull();
  halt(dir, alice, 'storm\u001b[2J', 5);
  expect(readdirSync(dir.path)).toEqual(['halted.json']);
  expect(statSync(join(dir.path, 'halted.json')).mode & 0o777).toBe(0o600);
  expect(readHalt(dir, root)).toEqual({ by: alice, atMs: 5, reason: 'storm␛[2J' });
});

it('ends by a person', () => {
  halt(dir, alice, null, 5);
  expect(() => resumeActing(dir, auto)).toThrow('only a person');
  expect(readHalt(dir, root)?.reason).toBe('no reason given');
  expect(resumeActing(dir, alice)).toBe(true);
  expect(readHalt(dir, root)).toBeNull();
  expect(resumeActing(dir, alice)).toBe(false);
});

it('binds also when it stands in the machine-wide directory', () => {
  halt({ ...dir, path: root }, alice, 'for all', 5);
  expect(readHalt(dir, root)).toMatchObject({ reason: 'for all' });
});

it.each([
  ['garbage', (file: string) => writeFileSync(file, '{')],
  ['nothing', (file: string) => writeFileSync(file, '')],
  ['null', (file: string) => writeFileSync(file, 'null')],
  ['a folder', (file: string) => mkdirSync(file)],
])('holds when the file is %s', (_, make) => {
  make(join(dir.path, 'halted.json'));
  expect(readHalt(dir, root)?.reason).toContain('cannot be read');
});
