import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rankCauses } from '../../../../src/core/rca/rank.ts';
import type { RcaSeries } from '../../../../src/core/rca/series.ts';

const ABNORMAL_MS = [0, 60_000, 120_000, 180_000, 240_000];
const NORMAL = Array.from({ length: 40 }, (_, i) => 10 + (i % 5));

function series(service: string, abnormal: readonly number[], change: Partial<RcaSeries> = {}): RcaSeries {
  const base = { service, metric: 'latency', worse: 'up', caller: null, normal: NORMAL } as const;
  return { ...base, abnormal, abnormalAtMs: ABNORMAL_MS.slice(0, abnormal.length), ...change };
}

const flat = [11, 12, 12, 13, 11];
const target = { service: 'site', metric: 'latency' };
const graph = new Map([
  ['site', ['search', 'pay', 'cdn']],
  ['list', ['search']],
  ['search', ['db']],
]);
const order = (all: readonly RcaSeries[], options: Parameters<typeof rankCauses>[1]): readonly string[] =>
  rankCauses(all, options).map(({ service }) => service);

describe('rankCauses', () => {
  it('names the deepest changed callee, not the loudest caller', () => {
    const all = [
      series('site', [12, 12, 60, 60, 12]),
      series('search', [12, 12, 50, 50, 12]),
      series('db', [12, 12, 40, 40, 12]),
      series('pay', flat),
    ];
    expect(order(all, { target, graph })[0]).toBe('db');
    const [first, second] = rankCauses(all, { target, graph });
    expect(first).toMatchObject({ onPath: true, explainedBy: null, explains: ['search', 'site'] });
    expect(second).toMatchObject({ service: 'search', explainedBy: 'db' });
  });

  it('prefers the callee that explains more of the changed callers', () => {
    const all = [
      series('site', [12, 12, 60, 60, 12]),
      series('list', [12, 12, 60, 60, 12]),
      series('cdn', [12, 12, 34, 34, 12]),
      series('search', [12, 12, 30, 30, 12]),
    ];
    expect(order(all, { target, graph })[0]).toBe('search');
    expect(order(all, { target, graph: null }).indexOf('search')).toBeGreaterThan(0);
  });

  it('does not blame what was already so while the target was well', () => {
    const all = [
      series('site', [12, 12, 60, 60, 12]),
      series('search', [12, 12, 30, 30, 12]),
      series('old', [90, 90, 90, 90, 90]),
    ];
    expect(order(all, { target, graph: null })).toEqual(['search', 'old']);
  });

  it('blames what went bad a little before the target did', () => {
    const all = [
      series('site', [12, 12, 60, 60, 60]),
      series('search', [12, 50, 50, 50, 50]),
      series('db', [40, 40, 40, 40, 40]),
    ];
    expect(order(all, { target, graph })[0]).toBe('db');
  });

  it('passes through a service nobody measured', () => {
    const all = [
      series('site', [12, 12, 60, 60, 12]),
      series('db', [12, 12, 40, 40, 12]),
      series('pay', [12, 12, 42, 42, 12], { service: 'elsewhere' }),
    ];
    const [first] = rankCauses(all, { target, graph });
    expect(first).toMatchObject({ service: 'db', onPath: true, explains: ['site'] });
  });

  it('still ranks services the graph does not know', () => {
    const all = [series('site', [12, 60, 60, 60, 60]), series('elsewhere', [12, 60, 60, 60, 60])];
    expect(rankCauses(all, { target, graph })).toMatchObject([{ service: 'elsewhere', onPath: false }]);
  });

  it('takes what callers waited for as the doing of the callee', () => {
    const all = [
      series('shop', [12, 60, 60, 60, 60]),
      series('cart', flat),
      series('cart', [12, 60, 60, 60, 60], { metric: 'call_latency', caller: 'shop' }),
    ];
    expect(order(all, { target: null, graph: null })[0]).toBe('cart');
    expect(rankCauses(all, { target: null, graph: null })[0]!.metrics[0]).toMatchObject({ caller: 'shop' });
  });

  it('counts a change for the worse only', () => {
    const all = [series('faster', [1, 1, 1, 1, 1]), series('slower', [20, 20, 20, 20, 20])];
    const ranked = rankCauses(all, { target: null, graph: null });
    expect(ranked.map(({ service }) => service)).toEqual(['slower', 'faster']);
    expect(ranked[1]!.score).toBe(0);
  });

  it('orders equals by onset', () => {
    const all = [series('late', [12, 12, 12, 900, 900]), series('early', [12, 900, 900, 12, 12])];
    const ranked = rankCauses(all, { target: null, graph: null });
    expect(ranked.map(({ onsetMs }) => onsetMs)).toEqual([60_000, 180_000]);
  });

  it('caps scores and needs five normal values', () => {
    const never = series('constant', [7, 7, 7, 7, 7], { normal: [0, 0, 0, 0, 0, 0] });
    expect(rankCauses([never], { target: null, graph: null })[0]!.metrics[0]!.score).toBe(20);
    expect(rankCauses([{ ...never, normal: [0, 0, 0, 0] }], { target: null, graph: null })).toEqual([]);
  });

  it('does not depend on the order of the series, nor ever gives a score that is not a number', () => {
    const value = fc.oneof(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.constant(Number.NaN));
    const one = fc.record({
      service: fc.constantFrom('site', 'search', 'db', 'pay'),
      metric: fc.constantFrom('latency', 'cpu', 'bytes'),
      normal: fc.array(value, { maxLength: 12 }),
      abnormal: fc.array(value, { minLength: 5, maxLength: 5 }),
      worse: fc.constantFrom('up', 'down', 'both'),
    });
    fc.assert(
      fc.property(fc.uniqueArray(one, { selector: ({ service, metric }) => service + metric }), (made) => {
        const all = made.map((each) => ({ ...each, caller: null, abnormalAtMs: ABNORMAL_MS }) satisfies RcaSeries);
        const ranked = rankCauses(all, { target, graph });
        expect(rankCauses(all.toReversed(), { target, graph }).map(({ service }) => service)).toEqual(
          ranked.map(({ service }) => service),
        );
        for (const { score } of ranked) expect(score).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
