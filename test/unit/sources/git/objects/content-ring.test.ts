import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ContentRing } from '../../../../../src/sources/git/objects/content-ring.ts';

const SIZE = 4096;

it('never gives back what was overwritten, and keeps what was used lately', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(40), fc.integer({ min: 1, max: SIZE / 8 })), { maxLength: 300 }), (uses) => {
      const ring = new ContentRing(SIZE);
      const lengths = new Map<number, number>();
      for (const [key, length] of uses) {
        const mark = ring.written;
        let slot = ring.find(key);
        if (slot === undefined) {
          slot = ring.add(key, length);
          ring.bytes.fill(key + 1, slot.start, slot.start + length);
          lengths.set(key, length);
        }
        expect(slot.length).toBe(lengths.get(key));
        const content = ring.bytes.subarray(slot.start, slot.start + slot.length);
        expect(content.every((byte) => byte === key + 1)).toBe(true);
        // What was just used outlives further contents up to half a round.
        ring.add(1000, SIZE / 8);
        ring.add(1001, SIZE / 8);
        if (ring.keepsSince(mark)) expect(content.every((byte) => byte === key + 1)).toBe(true);
        expect(ring.find(key)?.length).toBe(lengths.get(key));
      }
    }),
    { numRuns: 100 },
  );
});

it('fits contents of an eighth of its size', () => {
  const ring = new ContentRing(SIZE);
  expect(ring.fits(SIZE / 8)).toBe(true);
  expect(ring.fits(SIZE / 8 + 1)).toBe(false);
});
