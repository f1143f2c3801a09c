import { describe, expect, it } from 'vitest';
import { FORWARD_RULES, rollForward, type ForwardSituation } from '../../../../src/core/decide/roll-forward.ts';

const HOUR = 3_600_000;
const WELL: ForwardSituation = {
  nowMs: 10 * HOUR,
  target: 'v1',
  targetHealthy: true,
  left: ['configuration', 'drift', 'skew'],
  commit: 'abcdef0123456789',
  fix: null,
  said: [],
};
const fix = { version: 'v3', pipeline: 'checkout-staging', environment: 'staging', sinceMs: 8 * HOUR };

describe('rolling forward', () => {
  it('is not offered where going back is the better way', () => {
    expect(rollForward(WELL)).toEqual([]);
    expect(rollForward({ ...WELL, targetHealthy: null })).toEqual([]);
  });

  it.each([
    ['fix-elsewhere', { fix }, 'deploy v3: it is newer and has been healthy in staging (checkout-staging) for 2 h'],
    ['irreversible', { left: ['migrations'] }, 'the data stays migrated'],
    ['gitops', { left: ['self-heal'] }, 'revert commit abcdef012345 in the repository'],
    ['gitops', { left: ['self-heal'], commit: null }, 'revert the commit in the repository'],
    ['earlier-was-bad', { targetHealthy: false }, 'the last verdict of v1 was Failed'],
    ['said', { said: ['a fix is in \u001b[31mreview'] }, 'a fix is in ␛[31mreview'],
  ] as const)('by the rule %s: %o', (rule, change, text) => {
    expect(rollForward({ ...WELL, ...change })).toEqual([{ rule, text: expect.stringContaining(text) as string }]);
  });

  it('names every way, in the order of the table, and by rules that can be replaced', () => {
    const all: ForwardSituation = {
      ...WELL,
      fix,
      left: ['self-heal', 'migrations'],
      targetHealthy: false,
      said: ['x'],
    };
    expect(rollForward(all).map(({ rule }) => rule)).toEqual(FORWARD_RULES.map(({ name }) => name));
    expect(rollForward(all, [])).toEqual([]);
  });
});
