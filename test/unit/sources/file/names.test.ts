import { expect, test } from 'vitest';
import { isPattern, isRotatedName, isTakenName, rotationBases } from '../../../../src/sources/file/names.ts';

test.each([
  ['metrics_a.csv', true],
  ['deployments.jsonl', true],
  ['app.LOG', true],
  ['app.prom', true],
  ['metrics_pipe-2.csv', true],
  ['metrics_v1.2.csv', true],
  ['metrics_job-2024.csv', true],
  ['app.log.1', false],
  ['app.log-20260101', false],
  ['app-2026-01-01.log', false],
  ['app.log.2026-01-01-1767225600', false],
  ['app.log.gz', false],
  ['app.log.1.gz', false],
  ['app.csv.old', false],
  ['.hidden.csv', false],
  ['.csv', false],
  ['csv', false],
  ['app.json', false],
])('%s in a folder is read: %s', (name, taken) => {
  expect(isTakenName(`/logs/${name}`)).toBe(taken);
});

test.each([
  ['/l/app.log.1', ['/l/app.log']],
  ['/l/app.log.12', ['/l/app.log']],
  ['/l/app.log-20260101', ['/l/app.log']],
  ['/l/app.log.2026-01-01-1767225600', ['/l/app.log']],
  ['/l/app-20260101.log', ['/l/app.log']],
  ['/l/metrics_p-2-20260101.csv', ['/l/metrics_p-2.csv']],
  ['/l/metrics_p-2.csv.old', ['/l/metrics_p-2.csv']],
])('%s may have been one of %j', (path, bases) => {
  expect(rotationBases(path)).toEqual(expect.arrayContaining(bases));
});

test.each(['/l/metrics_p-2.csv', '/l/app.log', '/l/app.log.1.gz', '/l.1/app.log'])('%s is no rotation', (path) => {
  expect(rotationBases(path)).toEqual([]);
});

test('the signs of a pattern', () => {
  expect(['a*.csv', 'a?.csv', '[ab].csv', '{a,b}.csv'].every(isPattern)).toBe(true);
  expect(isPattern('/var/log/metrics_a.csv')).toBe(false);
  expect(isRotatedName('a.csv')).toBe(false);
});
