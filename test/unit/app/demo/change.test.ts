import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { featuresOf, SMALL_CHANGE } from '../../../../src/app/demo/change.ts';

const MONDAY_MS = Date.UTC(2026, 2, 2, 9, 59);

describe('featuresOf', () => {
  it('has exactly the features of the shipped sample data', () => {
    const table = readFileSync(path.join(import.meta.dirname, '../../../../deployment_features.csv'), 'utf8');
    const [, ...columns] = table.slice(0, table.indexOf('\n')).trim().split(',');
    expect(Object.keys(featuresOf(SMALL_CHANGE, MONDAY_MS))).toEqual(columns);
  });

  it.each([0, 1, 2, 3, 4, 5, 6])('marks day %i after Monday', (day) => {
    const features = featuresOf(SMALL_CHANGE, MONDAY_MS + day * 86_400_000);
    const marked = [1, 2, 3, 4, 5, 6].filter((one) => features[`deploy_day_${one}`] === 1);
    expect(marked).toEqual(day === 0 ? [] : [day]);
    expect(features['deploy_hour']).toBe(9);
  });
});
