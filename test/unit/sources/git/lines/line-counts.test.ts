import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { isBinary, lineCounts } from '../../../../../src/sources/git/lines/line-counts.ts';
import type { Content } from '../../../../../src/sources/git/objects/contents.ts';
import { Contents } from '../../../../../src/sources/git/objects/contents.ts';

const folder = mkdtempSync(join(tmpdir(), 'rollwatch-lines-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Texts of few different lines, so that they repeat, move and match; with and without an end of line. */
const text = fc
  .tuple(fc.array(fc.constantFrom('a', 'b', 'ccc', '', '}', 'unique one', 'x'), { maxLength: 25 }), fc.boolean())
  .map(([lines, end]) => lines.join('\n') + (end ? '\n' : ''));

/** Files of functions of which some are rewritten: new lines among "}" and empty ones, as git sets aside. */
const rewritten = fc
  .array(
    fc.record({
      body: fc.integer({ min: 3, max: 14 }),
      fate: fc.constantFrom('keep', 'rewrite', 'rewrite', 'drop', 'insert'),
    }),
    { minLength: 25, maxLength: 60 },
  )
  .map((functions) => {
    const block = (mark: string, body: number): string =>
      `${mark} {\n${Array.from({ length: body }, (_, k) => `  ${mark} line ${k}\n`).join('')}}\n\n`;
    const before = functions.map(({ body, fate }, i) => (fate === 'insert' ? '' : block(`old${i}`, body)));
    const after = functions.map(({ body, fate }, i) =>
      fate === 'drop' ? '' : block(fate === 'keep' ? `old${i}` : `new${i}`, fate === 'keep' ? body : 17 - body),
    );
    return [before.join(''), after.join('')] as const;
  });

function lines(content: string): readonly string[] {
  return content.split(/(?<=\n)/).filter((line) => line !== '');
}

/** Length of the longest common subsequence, the plain way. */
function common(a: readonly string[], b: readonly string[]): number {
  let row = Array.from({ length: b.length + 1 }, () => 0);
  for (const line of a) {
    const next = [0];
    b.forEach((other, j) => next.push(line === other ? row[j]! + 1 : Math.max(row[j + 1]!, next[j]!)));
    row = next;
  }
  return row[b.length]!;
}

/** Added and deleted lines by git itself. */
function byGit(before: string, after: string): readonly number[] {
  writeFileSync(join(folder, 'a'), before);
  writeFileSync(join(folder, 'b'), after);
  try {
    execFileSync('git', ['diff', '--no-index', '--numstat', 'a', 'b'], { cwd: folder, encoding: 'utf8' });
    return [0, 0];
  } catch (error) {
    // git diff --no-index ends with 1 when there is a difference.
    return (error as { stdout: string }).stdout.split('\t').slice(0, 2).map(Number);
  }
}

const contents = new Contents();

function kept(bytes: Buffer): Content {
  contents.begin();
  contents.addBytes(bytes, 0, bytes.length);
  return contents.finish()!;
}

function counted(before: string, after: string): readonly number[] | null {
  const counts = lineCounts(contents, kept(Buffer.from(before)), kept(Buffer.from(after)));
  return counts === null ? null : [counts.added, counts.deleted];
}

describe("lineCounts agrees with git's own diff", () => {
  it('for texts of few different lines', () => {
    for (const [before, after] of fc.sample(fc.tuple(text, text), { numRuns: 80, seed: 11 })) {
      expect(counted(before, after), JSON.stringify([before, after])).toEqual(byGit(before, after));
    }
  });

  it('for rewritten files, where git sets frequent lines aside and its edit is not a shortest one', () => {
    let longer = 0;
    for (const [before, after] of fc.sample(rewritten, { numRuns: 80, seed: 5 })) {
      const found = counted(before, after);
      if (found === null) continue;
      expect(found, JSON.stringify([before, after])).toEqual(byGit(before, after));
      if (found[0]! > lines(after).length - common(lines(before), lines(after))) longer++;
    }
    expect(longer).toBeGreaterThan(10);
  });

  it('where what is frequent stands in the common beginning only', () => {
    const filler = '}\n'.repeat(40);
    const before = `${filler}a1\na2\na3\na4\n}\na5\na6\na7\na8\n`;
    const after = `${filler}b1\nb2\nb3\nb4\n}\nb5\nb6\nb7\nb8\n`;
    expect(byGit(before, after)).toEqual([9, 9]);
    expect(counted(before, after)).toEqual([9, 9]);
  });
});

describe('lineCounts', () => {
  it('finds two edits far apart in a large file', () => {
    const before = Array.from({ length: 20_000 }, (_, i) => `line ${i}\n`);
    const after = before.toSpliced(15, 1, 'new\n', 'newer\n').toSpliced(19_990, 2);
    expect(counted(before.join(''), after.join(''))).toEqual([2, 3]);
  });

  it('leaves it to git when more than 512 lines with a match were moved or dropped', () => {
    const many = Array.from({ length: 900 }, (_, i) => `line ${i}\n`);
    const turned = many.toReversed();
    expect(counted(many.join(''), turned.join(''))).toBeNull();
  });

  it('takes any number of lines without a match', () => {
    const many = (mark: string): string => Array.from({ length: 9000 }, (_, i) => `${mark}${i}\n`).join('');
    expect(counted(`same\n${many('a')}end\n`, `same\n${many('b')}end\n`)).toEqual([9000, 9000]);
  });
});

it('calls content with an early NUL binary', () => {
  const found = (bytes: Buffer): boolean => isBinary(contents, kept(bytes));
  expect(found(Buffer.from('a\0b'))).toBe(true);
  expect(found(Buffer.from(`${'line\n'.repeat(1599)}1234\0`))).toBe(true);
  expect(found(Buffer.from(`${'line\n'.repeat(1600)}\0`))).toBe(false);
  expect(found(Buffer.concat([Buffer.alloc(8000, 'x'), Buffer.from([0])]))).toBe(false);
  expect(found(Buffer.concat([Buffer.alloc(7999, 'x'), Buffer.from([0])]))).toBe(true);
});
