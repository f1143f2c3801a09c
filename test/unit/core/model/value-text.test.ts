import { describe, expect, it } from 'vitest';
import { valueText } from '../../../../src/core/model/value-text.ts';

describe('valueText', () => {
  it.each([
    [912.4, 'ms', '912 ms'],
    [4.8, 'percent', '4.8 %'],
    [0.0344, 'ratio', '0.034'],
    [41, 'per-minute', '41/min'],
    [1.3e9, 'bytes', '1.21 GB'],
    [12_400, 'count', '12,400'],
    [-3.24159, 'none', '-3.24'],
    [1e20, 'none', '1.00e+20'],
    [Number.NaN, 'ms', '–'],
  ] as const)('%d in %s is "%s"', (value, unit, text) => {
    expect(valueText(value, unit)).toBe(text);
  });
});
