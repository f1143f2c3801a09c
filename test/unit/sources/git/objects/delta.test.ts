import { describe, expect, it } from 'vitest';
import { DeltaError, applyDelta, deltaResultSize } from '../../../../../src/sources/git/objects/delta.ts';

const BASE = 'The quick brown fox jumps over the lazy dog. '.repeat(4);

/** Base 180 bytes; result: 10 bytes of text, then base from 4, 60 bytes. */
const DELTA = Buffer.from([180, 1, 70, 10, ...Buffer.from('0123456789'), 0b1001_0001, 4, 60]);

function applied(delta: Buffer, base = BASE): string {
  const bytes = Buffer.alloc(1000);
  bytes.write(base, 100);
  const size = deltaResultSize(delta);
  applyDelta(bytes, 100, base.length, delta, delta.length, 500);
  return bytes.toString('latin1', 500, 500 + size);
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
