import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestStore, removeDir, temporaryDir } from '../../../fakes/act-bench.ts';

let path: string;
let file: string;

beforeEach(() => {
  path = temporaryDir();
  file = join(path, 'rollwatch.db');
});
afterEach(() => removeDir(path));

function began(): void {
  const { store } = openTestStore(path);
  for (let index = 0; index < 50; index += 1) store.append({ type: 'session-ended', reason: 'x'.repeat(500) }, 1);
  store.close();
}

describe('a fresh state', () => {
  it('is intact, private and kept', () => {
    const { store } = openTestStore(path);
    expect([store.stateIntact, store.lossText, store.location]).toEqual([true, null, file]);
    expect(readdirSync(path).map((name) => lstatSync(join(path, name)).mode & 0o777)).not.toContainEqual(0o644);
    for (const name of readdirSync(path)) expect(lstatSync(join(path, name)).mode & 0o077).toBe(0);
    store.close();
    const again = openTestStore(path).store;
    expect(again.stateIntact).toBe(true);
    again.close();
  });
});

describe('a lost database', () => {
  it.each([
    ['removed', () => rmSync(file), 'was gone'],
    ['overwritten', () => writeFileSync(file, 'not a database'.repeat(1000)), 'is not a database'],
    ['damaged', () => truncateSync(file, 20_480), 'damaged'],
    ['emptied', () => truncateSync(file, 0), 'is not the one'],
  ])('that was %s is begun anew and says so until a person accepts it', (_, damage, words) => {
    began();
    damage();
    for (const round of [1, 2]) {
      const { store } = openTestStore(path);
      expect([round, store.stateIntact]).toEqual([round, false]);
      expect(store.lossText).toContain(words);
      if (round === 2) store.acceptLoss();
      store.close();
    }
    const { store } = openTestStore(path);
    expect(store.stateIntact).toBe(true);
    store.close();
  });

  it('is set aside, not thrown away', () => {
    began();
    writeFileSync(file, 'not a database'.repeat(1000));
    openTestStore(path).store.close();
    expect(readdirSync(path).some((name) => name.startsWith('rollwatch.db.lost-'))).toBe(true);
  });

  it('is noticed by the traces of runs alone', () => {
    mkdirSync(join(path, 'runs/e-0'), { recursive: true });
    const { store } = openTestStore(path);
    expect(store.lossText).toContain('traces of earlier runs');
    store.close();
  });
});

describe('an unacceptable database', () => {
  it('of a newer rollwatch is left alone', () => {
    began();
    const raw = new DatabaseSync(file);
    raw.exec('PRAGMA user_version = 999');
    raw.close();
    expect(() => openTestStore(path)).toThrow('written by a newer rollwatch');
    expect(readdirSync(path).some((name) => name.includes('.lost-'))).toBe(false);
  });

  it('that is locked is an error, not a loss', () => {
    began();
    const raw = new DatabaseSync(file);
    const { store } = openTestStore(path);
    raw.exec('BEGIN IMMEDIATE');
    expect(() => store.append({ type: 'session-ended', reason: 'x' }, 1)).toThrow('another process holds it');
    raw.exec('ROLLBACK');
    expect(store.append({ type: 'session-ended', reason: 'x' }, 1).seq).toBe(51);
    raw.close();
    store.close();
  });

  it.each([
    ['a symbolic link', () => symlinkSync('/dev/null', file), 'not a regular file'],
    ['a folder', () => mkdirSync(file), 'not a regular file'],
    [
      'open to others',
      () => {
        began();
        chmodSync(file, 0o644);
      },
      'can be opened by others',
    ],
    [
      'of two names',
      () => {
        began();
        linkSync(file, join(path, 'other'));
      },
      'second name',
    ],
  ])('that is %s is refused', (_, make, words) => {
    make();
    expect(() => openTestStore(path)).toThrow(words);
    expect(existsSync(file)).toBe(true);
  });
});
