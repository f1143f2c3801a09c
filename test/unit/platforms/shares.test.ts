import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isShare, SHARE_TOLERANCE, shareOf, weightsFor } from '../../../src/platforms/shares.ts';

const servers = fc.integer({ min: 1, max: 12 });

it('weights give the share wanted as near as is checked, and none only where none is wanted', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 99 }), servers, servers, (percent, to, from) => {
      const weights = weightsFor(percent, to, from, 256);
      expect(Math.max(weights.to, weights.from)).toBe(256);
      expect(Math.min(weights.to, weights.from)).toBeGreaterThan(0);
      const share = shareOf(weights.to * to, weights.from * from);
      expect(isShare(share, percent, to, from, 256)).toBe(true);
      // Farther off only where the smaller weight is the smallest there is.
      if (Math.min(weights.to, weights.from) > 1) expect(Math.abs(share - percent)).toBeLessThan(SHARE_TOLERANCE);
      expect(isShare(share + (share > 50 ? -5 : 5), percent, to, from, 256)).toBe(false);
    }),
  );
});

it('all is all and nothing is nothing', () => {
  expect(weightsFor(100, 3, 1, 256)).toEqual({ to: 256, from: 0 });
  expect(weightsFor(0, 3, 1, 256)).toEqual({ to: 0, from: 256 });
  expect(shareOf(0, 0)).toBe(0);
});
