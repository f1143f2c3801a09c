import { describe, expect, it } from 'vitest';
import { Contents } from '../../../../../src/sources/git/objects/contents.ts';
import { DeltaError, applyDelta, deltaResultSize } from '../../../../../src/sources/git/objects/delta.ts';

const BASE = 'The quick brown fox jumps over the lazy dog. '.repeat(4);

/** Base 180 bytes; result: 10 bytes of text, then base from 4, 60 bytes. */
const DELTA = Buffer.from([180, 1, 70, 10, ...Buffer.from('0123456789'), 0b1001_0001, 4, 60]);

function applied(delta: Buffer, base = BASE): string {
  const contents = new Contents(64, { lines: 16, bytes: 1024 });
  contents.begin();
  contents.addBytes(Buffer.from(base), 0, base.length);
  const { first, length } = applyDelta(contents, contents.finish()!, delta, delta.length)!;
  expect(length).toBe(deltaResultSize(delta));
  const number = contents.numbers[first]!;
  return contents.lines.text.toString('latin1', contents.lines.startOf(number), contents.lines.endOf(number));
}

describe('applyDelta', () => {
  it('inserts and copies', () => {
    expect(applied(DELTA)).toBe(`0123456789${BASE.slice(4, 64)}`);
  });

  it('refuses a delta of another base, one that is cut off and one that copies from beyond', () => {
    expect(() => applied(DELTA, BASE.slice(1))).toThrow(new DeltaError('a delta was made for another base'));
    expect(() => applied(DELTA.subarray(0, -3))).toThrow(new DeltaError('a delta is cut off'));
    const beyond = Buffer.from(DELTA);
    beyond[beyond.length - 2] = 150;
    expect(() => applied(beyond)).toThrow(new DeltaError('a delta is damaged'));
  });
});
