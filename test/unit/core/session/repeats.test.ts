import { describe, expect, it } from 'vitest';
import type { SessionEvent } from '../../../../src/core/session/event.ts';
import { repeats, stands } from '../../../../src/core/session/repeats.ts';
import type { Verdict } from '../../../../src/core/model/verdict.ts';
import { risk, verdict } from '../../../builders/deciding.ts';
import { deployment, T0 } from '../../../builders/judging.ts';

const said = (change: Partial<Verdict> = {}, inputDigest = 'a'): SessionEvent => ({
  type: 'verdict-changed',
  verdict: verdict({ ...change }),
  inputDigest,
});

describe('repeats', () => {
  it('takes newer numbers and words for no change', () => {
    expect(repeats(said({ text: 'for 9 min', sampleCount: 90, atMs: T0 + 9 }, 'b'), said())).toBe(true);
  });

  it.each<[string, Partial<Verdict>]>([
    ['phase', { phase: 'Successful' }],
    ['reason', { reason: 'limits' }],
    ['freshness', { freshness: 'stale' }],
    ['deployment', { deploymentId: 'another' }],
  ])('takes another %s for a change', (_what, change) => {
    expect(repeats(said(change), said())).toBe(false);
  });

  it('tells deployments apart by their id, and by a risk that became known', () => {
    const observed = (id: string, label: 'LOW' | null): SessionEvent => ({
      type: 'deployment-observed',
      deployment: { ...deployment(), id },
      risk: label === null ? null : risk(label, 0.1),
    });
    expect(repeats(observed('a', 'LOW'), observed('a', 'LOW'))).toBe(true);
    expect(repeats(observed('a', 'LOW'), observed('b', 'LOW'))).toBe(false);
    expect(repeats(observed('a', 'LOW'), observed('a', null))).toBe(false);
  });

  it('never takes what happened for what stands', () => {
    const halted: SessionEvent = { type: 'halted', by: { kind: 'person', name: 'ann', via: 'tty' }, reason: 'x' };
    expect(stands(halted)).toBe(false);
    expect(repeats(halted, halted)).toBe(false);
  });
});
