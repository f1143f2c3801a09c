import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  metricHeading,
  percentText,
  shortMetric,
  shortValue,
  valueWithUnit,
} from '../../../../src/tui/format/value.ts';

describe('shortValue', () => {
  it.each([
    [null, 'ms', '–'],
    [Number.NaN, 'ms', '–'],
    [Infinity, 'ms', '+inf'],
    [0, 'percent', '0'],
    [0.1, 'percent', '0.1'],
    [4.8, 'percent', '4.8'],
    [84.2, 'percent', '84'],
    [912.4, 'ms', '912'],
    [9999, 'ms', '9999'],
    [12_400, 'count', '12.4k'],
    [1.2 * 1024 ** 3, 'bytes', '1.2G'],
    [0.0042, 'ratio', '0.0042'],
    [-3.2, 'none', '-3.2'],
  ] as const)('%j %s is %j', (value, unit, expected) => {
    expect(shortValue(value, unit)).toBe(expected);
  });

  it('stays short whatever comes', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: 0, max: 1e17 }), (value) => {
        expect(shortValue(value, 'count').length).toBeLessThanOrEqual(6);
      }),
    );
  });
});

it.each([
  [912, 'ms', '912 ms'],
  [4.8, 'percent', '4.8 %'],
  [41, 'per-minute', '41/min'],
  [2048, 'bytes', '2kB'],
  [7, 'count', '7'],
  [null, 'ms', '–'],
] as const)('%j %s in a sentence is %j', (value, unit, expected) => {
  expect(valueWithUnit(value, unit)).toBe(expected);
});

it.each([
  ['response_time', 'rt'],
  ['db_pool_wait_ms', 'db_pool_wait'],
  ['orders_per_minute', 'orders'],
  ['_ms', '_ms'],
  ['evil\u001b', 'evil\\x1b'],
])('%j is called %j', (name, short) => {
  expect(shortMetric(name)).toBe(short);
});

it('heads a column with its unit', () => {
  expect(metricHeading('error_rate', 'percent')).toBe('err %');
  expect(metricHeading('error_ratio', 'ratio')).toBe('error');
});

it.each([
  [0, '0 %'],
  [0.004, '<1 %'],
  [0.78, '78 %'],
  [0.999, '>99 %'],
  [1, '100 %'],
])('%d is %j', (ratio, text) => {
  expect(percentText(ratio)).toBe(text);
});
