import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalJson } from '../../../../src/core/model/canonical-json.ts';

it('sorts keys at every depth and leaves out what is undefined', () => {
  expect(canonicalJson({ b: 1, a: [true, undefined, { d: null, c: undefined }] })).toBe(
    '{"a":[true,null,{"d":null}],"b":1}',
  );
  expect(canonicalJson(Number.NaN)).toBe('null');
  expect(canonicalJson('\ud800')).toBe(String.raw`"\ud800"`);
});

it('is JSON of the same value, and the same text for the same value in any order', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
    }),
  );
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, member]) => [key, reversed(member)]),
  );
}
