import { constants, deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Inflater, InflateError } from '../../../../../src/sources/git/objects/inflate.ts';

const inflater = new Inflater();

function inflated(raw: Buffer, size: number, before = 0): Buffer {
  const to = Buffer.alloc(before + size + 8, 0xee);
  inflater.inflate(Buffer.concat([Buffer.from('xyz'), raw]), 3, to, before, before + size);
  expect(to.subarray(before + size).every((byte) => byte === 0xee)).toBe(true);
  return to.subarray(before, before + size);
}

/** Contents that repeat a little, a lot or not at all. */
const content = fc
  .array(fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.constantFrom('abcabcabc', 'return null;\n', 'é'.repeat(200))), {
    maxLength: 60,
  })
  .map((parts) =>
    Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part)))),
  );

describe('Inflater', () => {
  it.each([
    ['dynamic', { level: 9 }],
    ['fixed', { strategy: constants.Z_FIXED }],
    ['stored', { level: 0 }],
    ['Huffman only', { strategy: constants.Z_HUFFMAN_ONLY }],
  ])('gives back what zlib deflated with %s codes', (_, options) => {
    fc.assert(
      fc.property(content, (bytes) => {
        expect(inflated(deflateSync(bytes, options), bytes.length, 5).equals(bytes)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it('reads codes longer than its look-up, and several blocks', () => {
    // Byte k about 1.6^k times: codes of up to 15 bits.
    const skewed = Buffer.concat(Array.from({ length: 24 }, (_, k) => Buffer.alloc(Math.ceil(1.6 ** k), k * 7)));
    const mixed = Buffer.from(Array.from({ length: 90_000 }, (_, i) => skewed[(i * 7919) % skewed.length]!));
    expect(inflated(deflateSync(mixed, { strategy: constants.Z_HUFFMAN_ONLY }), mixed.length).equals(mixed)).toBe(true);
  });

  it('refuses a content of another size than said', () => {
    const raw = deflateSync(Buffer.from('abcdefgh'));
    expect(() => inflated(raw, 7)).toThrow(InflateError);
    expect(() => inflated(raw, 9)).toThrow(InflateError);
  });

  it('ends on damaged bytes, without writing outside', () => {
    const bytes = Buffer.from('a line of text\nanother line of text\n'.repeat(20));
    const raw = deflateSync(bytes);
    fc.assert(
      fc.property(fc.nat(raw.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = Buffer.from(raw);
        damaged[at] = damaged[at]! ^ change;
        try {
          inflated(damaged.subarray(0, Math.max(4, at)), bytes.length);
        } catch (error) {
          expect(error).toBeInstanceOf(InflateError);
        }
      }),
      { numRuns: 300 },
    );
  });
});
