import { describe, expect, it } from 'vitest';
import { versionChoices } from '../../../../src/core/decide/version-choices.ts';
import { deployment, T0 } from '../../../builders/judging.ts';

const nothing = { by: null, change: null, commit: null };
const verdictOf = (version: string, deployedAtMs: number, healthy: boolean) => ({
  pipeline: 'checkout',
  version,
  deployedAtMs,
  healthy,
});

describe('earlier versions', () => {
  it('come from all who know, newest first; the last healthy one is the default, not merely the previous', () => {
    const platform = [
      { version: 'v3', deployedAtMs: T0, ...nothing },
      { version: 'v2', deployedAtMs: T0 - 10, by: 'ann', change: 'new cart', commit: null },
    ];
    const announced = [{ ...deployment(), version: 'v2', atMs: T0 - 11, commit: 'abc' }];
    const verdicts = [verdictOf('v2', T0 - 10, false), verdictOf('v1', T0 - 20, true)];
    expect(versionChoices('v3', platform, announced, verdicts)).toEqual([
      {
        version: 'v2',
        deployedAtMs: T0 - 10,
        by: 'ann',
        change: 'new cart',
        commit: 'abc',
        healthy: false,
        isDefault: false,
      },
      { version: 'v1', deployedAtMs: T0 - 20, ...nothing, healthy: true, isDefault: true },
    ]);
  });

  it('without a healthy one the one before is the default; without any there is none', () => {
    const before = [{ version: 'v1', deployedAtMs: null, ...nothing }];
    expect(versionChoices('v2', before, [], [])).toMatchObject([{ version: 'v1', healthy: null, isDefault: true }]);
    expect(versionChoices('v2', [], [], [])).toEqual([]);
  });
});
