import { expect, it } from 'vitest';
import { specOf } from '../../../../src/core/series/metric-spec.ts';
import { ratioHint } from '../../../../src/core/series/unit-hint.ts';

const small = new Float64Array(20).fill(0.02);

it('hints at an error rate in percent that never exceeds 1', () => {
  expect(ratioHint(specOf('error_rate'), small)).toBe(
    'error_rate is read as percent, but no value is above 1: if it is a ratio, name it error_rate_ratio',
  );
});

it.each([
  ['one value above 1', 'error_rate', Float64Array.from([...small, 1.5])],
  ['only zeros', 'error_rate', new Float64Array(20)],
  ['too few values', 'error_rate', small.subarray(0, 9)],
  ['a ratio by name', 'error_ratio', small],
  ['no error rate', 'cpu_usage', small],
])('is silent for %s', (_, name, values) => {
  expect(ratioHint(specOf(name), values)).toBeNull();
});
