import { describe, expect, it } from 'vitest';
import { failureOf, failureType } from '../../../../../src/core/decide/strategy/failure-type.ts';
import { situationOf } from '../../../../../src/core/decide/strategy/situation.ts';
import { EVIDENCE, risk, verdict } from '../../../../builders/deciding.ts';
import { ABLE_TO_ALL, PLAIN_ABILITIES } from '../../../../builders/strategy.ts';

describe('the kind of failure of a metric', () => {
  it.each([
    ['container_restarts', 'high', 'crash'],
    ['up', 'low', 'crash'],
    ['error_rate', 'high', 'errors'],
    ['http_5xx_ratio', 'high', 'errors'],
    ['response_time', 'high', 'latency'],
    ['request_p99', 'high', 'latency'],
    ['cpu_usage', 'high', 'saturation'],
    ['queue_depth', 'high', 'saturation'],
    ['orders_per_minute', 'low', 'business-only'],
    ['requests', 'low', 'crash'],
    ['requests', 'high', null],
    ['colour', 'high', null],
  ] as const)('%s %s is %s', (metric, direction, kind) => {
    expect(failureOf(metric, direction)).toBe(kind);
  });
});

describe('what is failing', () => {
  function of(...parts: readonly (readonly [string, number])[]) {
    return failureType({ evidence: parts.map(([metric, score]) => ({ ...EVIDENCE, metric, score })) });
  }

  it.each([
    [
      'the worst for users is named',
      [
        ['cpu_usage', 1.5],
        ['error_rate', 1.2],
        ['orders', 3],
      ],
      'errors',
    ],
    [
      'a cause blamed twice as strongly comes before its errors',
      [
        ['cpu_usage', 4],
        ['error_rate', 1.5],
      ],
      'saturation',
    ],
    ['business metrics alone', [['orders', 3]], 'business-only'],
    ['what is below its limit does not count', [['error_rate', 0.9]], 'unclear'],
    ['nothing known', [['colour', 5]], 'unclear'],
  ] as const)('%s', (_, parts, kind) => {
    expect(of(...parts)).toBe(kind);
  });
});

describe('the situation', () => {
  it('is made from the verdict and what is known beside it', () => {
    expect(situationOf(verdict(), { abilities: PLAIN_ABILITIES, risk: risk('HIGH', 0.4) })).toMatchObject({
      failure: 'latency',
      severity: 'severe',
      blastRadius: 1,
      risk: 'HIGH',
      trafficPerMinute: null,
    });
    const side = situationOf(verdict(), { abilities: ABLE_TO_ALL, risk: null, blastRadius: 0.1 });
    expect(side.blastRadius).toBe(0.1);
    expect(situationOf(verdict(), { abilities: ABLE_TO_ALL, risk: null }).blastRadius).toBeNull();
  });

  it('has the traffic of the pipeline, and the share of the bad version as its blast radius', () => {
    const side = (version: string, trafficShare: number) => {
      return { name: version, version, health: 50, trafficPerMinute: 1000 * trafficShare, trafficShare };
    };
    const one = verdict({ trafficPerMinute: 1000, sides: [side('v1', 0.95), side('v2', 0.05)] });
    const facts = { abilities: ABLE_TO_ALL, risk: null, fromVersion: 'v2' };
    expect(situationOf(one, facts)).toMatchObject({ trafficPerMinute: 1000, blastRadius: 0.05 });
  });

  it.each([
    [10, 1.5, 'severe'],
    [90, 12, 'severe'],
    [50, 1.5, 'serious'],
    [null, 1.5, 'serious'],
    [80, 1.5, 'slight'],
  ] as const)('health %s and score %s are %s', (value, score, severity) => {
    const one = verdict({ health: { value, confidence: 1, parts: [] }, evidence: [{ ...EVIDENCE, score }] });
    expect(situationOf(one, { abilities: ABLE_TO_ALL, risk: null }).severity).toBe(severity);
  });
});
