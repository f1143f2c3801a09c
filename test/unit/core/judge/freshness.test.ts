import { describe, expect, it } from 'vitest';
import { FreshnessState } from '../../../../src/core/judge/freshness.ts';
import { Ring } from '../../../../src/core/series/ring.ts';

const NOW = 1_000_000_000;

function pace(lastMs: number): Ring {
  const ring = new Ring(100);
  for (let i = 20; i >= 0; i -= 1) ring.push(lastMs - i * 10_000, 1);
  return ring;
}

function readOnce(lastMs: number): FreshnessState {
  const fresh = new FreshnessState(3);
  fresh.tookOld(lastMs);
  fresh.pass(NOW, pace(lastMs), true);
  return fresh;
}

describe('rule 1: freshness', () => {
  it('old at the start and not grown since is recorded, and stays so', () => {
    const fresh = readOnce(NOW - 31_000);
    expect(fresh.now).toBe('recorded');
    fresh.pass(NOW + 1e9, pace(NOW - 31_000), false);
    expect(fresh.now).toBe('recorded');
  });

  it('young at the start is live, and stale after three intervals of silence', () => {
    const last = NOW - 30_000;
    const fresh = readOnce(last);
    expect(fresh.now).toBe('live');
    fresh.pass(NOW, pace(last), false);
    expect(fresh.now).toBe('live');
    fresh.pass(NOW + 1, pace(last), false);
    expect(fresh.now).toBe('stale');
  });

  it('old rows that are appended do not make it live', () => {
    const fresh = readOnce(NOW - 3_600_000);
    fresh.took(NOW - 3_500_000, NOW, pace(NOW - 3_500_000));
    expect(fresh.now).toBe('stale');
    fresh.took(NOW, NOW, pace(NOW));
    expect(fresh.now).toBe('live');
  });

  it('refuses rows from the future; three in a row make the pipeline future-dated', () => {
    const fresh = readOnce(NOW);
    expect(fresh.refuses(NOW + 60_000, NOW)).toBe(false);
    for (let i = 0; i < 2; i += 1) expect(fresh.refuses(NOW + 60_001, NOW)).toBe(true);
    expect(fresh.now).toBe('live');
    fresh.refuses(NOW + 60_001, NOW);
    expect(fresh.now).toBe('future');
    fresh.took(NOW + 1000, NOW + 1000, pace(NOW + 1000));
    expect(fresh.now).toBe('live');
  });

  it('a log that is all from the future is future-dated from its first row', () => {
    const fresh = new FreshnessState(3);
    fresh.refuses(NOW + 1e9, NOW);
    fresh.pass(NOW, null, true);
    expect(fresh.now).toBe('future');
  });
});
