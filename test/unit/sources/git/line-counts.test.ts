import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { certainLineCounts, isBinary } from '../../../../src/sources/git/line-counts.ts';
import { shortestEdit } from '../../../../src/sources/git/shortest-edit.ts';

const folder = mkdtempSync(join(tmpdir(), 'rollwatch-lines-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Texts of few different lines, so that they repeat, move and match; with and without an end of line. */
const text = fc
  .tuple(fc.array(fc.constantFrom('a', 'b', 'ccc', '', '}', 'unique one', 'x'), { maxLength: 25 }), fc.boolean())
  .map(([lines, end]) => lines.join('\n') + (end ? '\n' : ''));

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

describe('certainLineCounts', () => {
  it('is the shortest edit wherever it answers', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const counts = certainLineCounts(Buffer.from(before), Buffer.from(after));
        if (counts === null) return;
        const kept = common(lines(before), lines(after));
        expect(counts).toEqual({ added: lines(after).length - kept, deleted: lines(before).length - kept });
      }),
      { numRuns: 500 },
    );
  });

  it("agrees with git's own diff", () => {
    const pairs = fc.sample(fc.tuple(text, text), { numRuns: 60, seed: 11 });
    let answered = 0;
    for (const [before, after] of pairs) {
      const counts = certainLineCounts(Buffer.from(before), Buffer.from(after));
      if (counts === null || before === after) continue;
      answered++;
      writeFileSync(join(folder, 'a'), before);
      writeFileSync(join(folder, 'b'), after);
      let out = '';
      try {
        out = execFileSync('git', ['diff', '--no-index', '--numstat', 'a', 'b'], { cwd: folder, encoding: 'utf8' });
      } catch (error) {
        // git diff --no-index ends with 1 when there is a difference.
        out = (error as { stdout: string }).stdout;
      }
      expect(out.split('\t').slice(0, 2).map(Number), JSON.stringify([before, after])).toEqual([
        counts.added,
        counts.deleted,
      ]);
    }
    expect(answered).toBeGreaterThan(30);
  });

  it('finds two edits far apart in a large file', () => {
    const before = Array.from({ length: 20_000 }, (_, i) => `line ${i}\n`);
    const after = before.toSpliced(15, 1, 'new\n', 'newer\n').toSpliced(19_990, 2);
    const counts = certainLineCounts(Buffer.from(before.join('')), Buffer.from(after.join('')));
    expect(counts).toEqual({ added: 2, deleted: 3 });
  });

  it('leaves it to git where git may leave out a frequent line between unmatched ones', () => {
    const filler = Array.from({ length: 40 }, () => '}\n').join('');
    const before = `${filler}a1\na2\na3\na4\n}\na5\na6\na7\na8\n`;
    const after = `${filler}b1\nb2\nb3\nb4\n}\nb5\nb6\nb7\nb8\n`;
    expect(certainLineCounts(Buffer.from(before), Buffer.from(after))).toBeNull();
  });
});

describe('shortestEdit', () => {
  it('is as short as the plain way finds it, and names lines that are there', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const edit = shortestEdit(Buffer.from(before), Buffer.from(after))!;
        const kept = common(lines(before), lines(after));
        expect([edit.inserted.length, edit.deleted.length]).toEqual([
          lines(after).length - kept,
          lines(before).length - kept,
        ]);
        for (const at of edit.deleted) expect(at === 0 || before[at - 1] === '\n').toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('gives up on a rewrite', () => {
    const many = (mark: string): Buffer => Buffer.from(Array.from({ length: 300 }, (_, i) => `${mark}${i}\n`).join(''));
    expect(shortestEdit(many('a'), many('b'))).toBeNull();
  });
});

it('calls content with an early NUL binary', () => {
  expect(isBinary(Buffer.from('a\0b'))).toBe(true);
  expect(isBinary(Buffer.concat([Buffer.alloc(8000, 'x'), Buffer.from([0])]))).toBe(false);
});
