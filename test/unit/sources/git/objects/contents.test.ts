import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Content } from '../../../../../src/sources/git/objects/contents.ts';
import { Contents } from '../../../../../src/sources/git/objects/contents.ts';

/** Text of a content, from its lines. */
function textOf(contents: Contents, { first, count }: Content): string {
  const { numbers, lines } = contents;
  return Array.from({ length: count }, (_, i) =>
    lines.text.toString('latin1', lines.startOf(numbers[first + i]!), lines.endOf(numbers[first + i]!)),
  ).join('');
}

/** Numbers of a text's lines when it is added as a whole. */
function numbersOf(contents: Contents, text: string): readonly number[] {
  contents.begin();
  contents.addBytes(Buffer.from(text, 'latin1'), 0, text.length);
  const { first, count } = contents.finish()!;
  return [...contents.numbers.subarray(first, first + count)];
}

const piece = fc.oneof(
  fc.record({ insert: fc.array(fc.constantFrom('a', 'bc', '\n', '\n', 'dé')).map((parts) => parts.join('')) }),
  fc.record({ from: fc.double({ min: 0, max: 1, noNaN: true }), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
);
const base = fc.array(fc.constantFrom('a', 'longer line', '\n', '\n', 'b\n')).map((parts) => parts.join(''));

it('makes versions of parts and bytes that are what the same bytes are as a whole', () => {
  fc.assert(
    fc.property(base, fc.array(fc.array(piece, { maxLength: 12 }), { maxLength: 6 }), (text, versions) => {
      const contents = new Contents(2 ** 14, { lines: 2 ** 10, bytes: 2 ** 16 });
      contents.begin();
      contents.addBytes(Buffer.from(text, 'latin1'), 0, text.length);
      let content = contents.finish()!;
      let before = text;
      for (const pieces of versions) {
        let expected = '';
        contents.begin();
        for (const one of pieces) {
          if ('insert' in one) {
            contents.addBytes(Buffer.from(one.insert, 'latin1'), 0, one.insert.length);
            expected += one.insert;
            continue;
          }
          const start = Math.floor(one.from * before.length);
          const end = start + Math.floor(one.share * (before.length - start));
          if (end === start) continue;
          contents.addPart(content, start, end);
          expected += before.slice(start, end);
        }
        content = contents.finish()!;
        before = expected;
        expect(textOf(contents, content)).toBe(expected);
        expect(content.length).toBe(expected.length);
        const own = [...contents.numbers.subarray(content.first, content.first + content.count)];
        expect(own).toEqual(numbersOf(contents, expected));
      }
    }),
    { numRuns: 400 },
  );
});

it('says when there is no room, of lines or of their bytes', () => {
  const contents = new Contents(8, { lines: 16, bytes: 32 });
  const kept = (text: string): Content | null => {
    contents.begin();
    contents.addBytes(Buffer.from(text), 0, text.length);
    return contents.finish();
  };
  const first = kept('a\nb\nc\n')!;
  expect(kept('a\n'.repeat(5))).toBeNull();
  expect(kept('x'.repeat(30))).toBeNull();
  contents.begin();
  for (let i = 0; i < 3; i++) contents.addPart(first, 0, 6);
  expect(contents.finish()).toBeNull();
  expect(textOf(contents, first)).toBe('a\nb\nc\n');
  contents.clear();
  expect(textOf(contents, kept('x'.repeat(30))!)).toBe('x'.repeat(30));
});
