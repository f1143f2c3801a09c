import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TimeScan } from '../../../../src/parsers/csv/time-scan.ts';
import { parseTimestamp } from '../../../../src/parsers/timestamp.ts';

const padding = ','.padEnd(41, '\n');

/** The ways in which one moment is written. */
function spellings(date: Date): string[] {
  const iso = date.toISOString();
  const [day, second, tenth] = [iso.slice(0, 10), iso.slice(0, 19), iso.slice(0, 22)];
  const isoForms = [iso, second, `${second}Z`, `${day} ${iso.slice(11, 19)}`, day, tenth];
  const zoned = [`${iso.slice(0, 23)}+05:30`, `${second}-0800`, `${second}.123456789Z`];
  const ms = date.getTime();
  return [...isoForms, ...zoned, `${ms}`, `${Math.floor(ms / 1000)}`, `${ms}000`, `${ms}000000`];
}

const moment = fc.date({ min: new Date('1970-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
/** Nearly timestamps: one character of a good one is another. */
const spoilt = fc.tuple(fc.nat(23), fc.constantFrom('0', '9', ':', '-', 'T', 'Z', ' ', '.', '+', 'x', '\u0001'));
const text = fc.oneof(
  moment.chain((date) => fc.constantFrom(...spellings(date))),
  spoilt.map(([at, char]) => {
    const iso = '2026-02-28T23:59:59.999Z';
    return `${iso.slice(0, at)}${char}${iso.slice(at + 1)}`;
  }),
);

it('gives what the careful reader gives, or leaves the line to it', () => {
  let taken = 0;
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 8 }), fc.constantFrom(0, 90, -480), (texts, offset) => {
      // One scan for all, so that the remembered date is used.
      const pieces = texts.map((text) => text + padding);
      const times = new TimeScan(new TextEncoder().encode(pieces.join('')), offset);
      let at = 0;
      for (const [index, text] of texts.entries()) {
        const atMs = times.read(at);
        // The scanner's caller takes a value only if a delimiter follows.
        if (!Number.isNaN(atMs) && times.end === at + text.length) {
          taken++;
          expect(atMs).toBe(parseTimestamp(text, offset));
        }
        at += pieces[index]!.length;
      }
    }),
    { numRuns: 1000 },
  );
  expect(taken).toBeGreaterThan(500);
});
