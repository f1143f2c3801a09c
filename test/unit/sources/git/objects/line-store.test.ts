import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LineStore, nextHash } from '../../../../../src/sources/git/objects/line-store.ts';

function numberOf(store: LineStore, line: string, hash?: number): number {
  const bytes = Buffer.from(`xy${line}`);
  return store.numberOf(bytes, 2, bytes.length, hash ?? bytes.subarray(2).reduce(nextHash, 0));
}

it('gives equal lines one number and different lines two, whatever their hashes', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ minLength: 1, maxLength: 6 })), fc.boolean(), (lines, collide) => {
      const store = new LineStore({ lines: 256, bytes: 4096 });
      const numbers = new Map<string, number>();
      for (const line of lines) {
        const number = numberOf(store, line, collide ? 7 : undefined);
        expect(number).toBe(numbers.get(line) ?? numbers.size);
        numbers.set(line, number);
        expect(store.text.toString('utf8', store.startOf(number), store.endOf(number))).toBe(line);
        expect(store.hasNul(number)).toBe(line.includes('\0'));
      }
    }),
  );
});

it('says when there is no room, and forgets all when cleared', () => {
  const store = new LineStore({ lines: 2, bytes: 16 });
  expect(['a', 'b', 'c', 'b'].map((line) => numberOf(store, line))).toEqual([0, 1, -1, 1]);
  store.clear();
  expect(['0123456789', '01234567', 'c'].map((line) => numberOf(store, line))).toEqual([0, -1, 1]);
});
