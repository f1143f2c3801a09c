import { beforeEach, expect, test } from 'vitest';
import { FileSystemError } from '../../../../src/ports/file-system.ts';
import { findFiles, toWatchedPath } from '../../../../src/sources/file/find-files.ts';
import { TAKEN_EXTENSIONS } from '../../../../src/sources/file/names.ts';
import { MemoryFileSystem } from '../../../fakes/memory-file-system.ts';

let fs: MemoryFileSystem;

beforeEach(() => {
  fs = new MemoryFileSystem();
  for (const path of ['/l/a.csv', '/l/b.log', '/l/c.dat', '/l/a.csv.1', '/l/x/d.csv', '/l/x/y/e.csv'])
    fs.append(path, 'x\n');
});

function find(...paths: string[]): string[] {
  return [...findFiles(fs, paths.map(toWatchedPath), TAKEN_EXTENSIONS).files].toSorted();
}

test.each([
  ['/l', ['/l/a.csv', '/l/b.log']],
  ['/l/*.csv', ['/l/a.csv']],
  ['/l/*.dat', ['/l/c.dat']],
  ['/l/*/*.csv', ['/l/x/d.csv']],
  ['/l/**/*.csv', ['/l/a.csv', '/l/x/d.csv', '/l/x/y/e.csv']],
  ['/l/{a,b}.*', ['/l/a.csv', '/l/b.log']],
  ['/l/c.dat', ['/l/c.dat']],
  ['/l/a.csv.1', ['/l/a.csv.1']],
  ['/none', []],
  ['/none/*.csv', []],
])('%s leads to %j', (path, files) => {
  expect(find(path)).toEqual(files);
});

test('paths that overlap give each file once', () => {
  expect(find('/l', '/l/a.csv', '/l/*.csv')).toEqual(['/l/a.csv', '/l/b.log']);
});

test('a folder that may not be read is refused, the others are searched', () => {
  const list = fs.list.bind(fs);
  fs.list = (path) => {
    if (path === '/l/x') throw new FileSystemError('EACCES', 'EACCES: permission denied');
    return list(path);
  };
  const found = findFiles(fs, ['/l/**/*.csv', '/l/x'].map(toWatchedPath), TAKEN_EXTENSIONS);
  expect([...found.files]).toEqual(['/l/a.csv']);
  expect([...found.refused]).toEqual([['/l/x', 'permission denied (EACCES); it is tried again']]);
});

test('hints for a pattern are asked for where its fixed part ends', () => {
  expect(toWatchedPath('/l/x/*/m_*.csv')).toMatchObject({ pattern: true, folder: '/l/x', depth: 1 });
  expect(toWatchedPath('/l/**/*.csv')).toMatchObject({ folder: '/l', depth: Infinity });
  expect(toWatchedPath('/l/x')).toMatchObject({ pattern: false, folder: '/l/x', depth: 0 });
});
