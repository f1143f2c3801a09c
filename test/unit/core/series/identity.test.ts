import { describe, expect, it } from 'vitest';
import { isRotatedName, pipelineOf, pipelineOfPath } from '../../../../src/core/series/identity.ts';

describe('pipelineOfPath', () => {
  it.each([
    ['monitor_logs/metrics_pipe-xyz123.csv', 'pipe-xyz123'],
    ['/var/log/metrics_a.b_c.jsonl', 'a.b_c'],
    ['checkout.csv', 'checkout'],
    ['checkout.v2.log', 'checkout.v2'],
    ['C:\\logs\\metrics_a.csv', 'a'],
    ['metrics', 'metrics'],
    ['metrics_20260101.csv', '20260101'],
    ['metrics_a.csv.1', null],
    ['metrics_a.csv.2.gz', null],
    ['metrics_a.csv-20260101', null],
    ['metrics_a-20260101.csv', null],
    ['metrics_a.csv.2026-01-01', null],
    ['metrics_a.csv.old', null],
    ['.csv', null],
  ])('%s is %s', (path, pipeline) => {
    expect(pipelineOfPath(path)).toBe(pipeline);
  });
});

describe('pipelineOf', () => {
  it('takes the label before the name', () => {
    expect(pipelineOf({ pipeline: 'pay' }, 'metrics_a.csv')).toBe('pay');
    expect(pipelineOf({ pipeline: '' }, 'metrics_a.csv')).toBe('a');
    expect(pipelineOf({ pipeline: 'pay' }, 'metrics_a.csv.1')).toBe('pay');
    expect(pipelineOf({}, 'metrics_a.csv.1')).toBeNull();
  });
});

describe('isRotatedName', () => {
  it('leaves versions and dates with an underscore alone', () => {
    expect(isRotatedName('metrics_v1.2.csv')).toBe(false);
    expect(isRotatedName('metrics_a_20260101.csv')).toBe(false);
    expect(isRotatedName('a.log.10')).toBe(true);
  });
});
