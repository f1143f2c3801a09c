import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { lineCounts } from '../../../../../src/sources/git/lines/line-counts.ts';
import { BlobStore } from '../../../../../src/sources/git/objects/blob-store.ts';
import { Contents } from '../../../../../src/sources/git/objects/contents.ts';
import { makeSampleRepository } from '../../../../fakes/sample-repository.ts';

let repository = '';
beforeAll(() => {
  repository = makeSampleRepository(300, 8);
}, 60_000);
afterAll(() => rmSync(repository, { recursive: true, force: true }));

/** Old and new id of every modified file, oldest change first. */
function changedIds(): readonly (readonly [string, string])[] {
  const args = ['log', '--reverse', '--raw', '--no-abbrev', '--no-renames', '--format=', '--diff-filter=M'];
  const listing = execFileSync('git', ['-C', repository, ...args], { encoding: 'utf8' });
  return listing
    .trim()
    .split('\n')
    .map((line) => line.split(' ').slice(2, 4) as unknown as readonly [string, string]);
}

function pack(): void {
  execFileSync('git', ['-C', repository, 'gc', '--quiet']);
}

/** Makes a file of its own of every object in a pack. */
function unpack(): void {
  const packs = join(repository, 'objects', 'pack');
  for (const name of readdirSync(packs)) {
    const path = join(packs, name);
    const bytes = readFileSync(path);
    rmSync(path);
    if (name.endsWith('.pack')) execFileSync('git', ['-C', repository, 'unpack-objects', '-q'], { input: bytes });
  }
}

it.each([
  ['packed', pack],
  ['loose', unpack],
])('counts the same whether it holds everything or next to nothing: %s', (_, arrange) => {
  arrange();
  const objects = join(repository, 'objects');
  const usual = new BlobStore(objects);
  const small = new BlobStore(objects, new Contents(2 ** 10, { lines: 2 ** 9, bytes: 2 ** 15 }));
  try {
    let counted = 0;
    for (const [before, after] of changedIds()) {
      const expected = usual.readTwo(before, after);
      const found = small.readTwo(before, after);
      expect(expected).not.toBeNull();
      if (found === null) continue;
      counted++;
      expect(lineCounts(small.contents, ...found)).toEqual(lineCounts(usual.contents, ...expected!));
    }
    expect(counted).toBeGreaterThan(100);
    expect(small.contents.round).toBeGreaterThan(3);
    expect(usual.contents.round).toBe(0);
  } finally {
    usual.close();
    small.close();
  }
});
