import { describe, expect, it } from 'vitest';
import { versionSkew } from '../../../../src/core/decide/version-skew.ts';
import { deployment } from '../../../builders/judging.ts';

const of = deployment({ commit: 'abcdef0123456789', environment: 'live' });
const other = (pipeline: string, change: Parameters<typeof deployment>[0] = {}) =>
  deployment({ pipeline, id: pipeline, version: 'v9', commit: of.commit, environment: 'live', ...change });

describe('version skew', () => {
  it('names the services that were deployed from the same commit and stay', () => {
    const many = ['f', 'e', 'd', 'c', 'b'].map((name) => other(name));
    expect(versionSkew(of, [of, ...many])).toEqual([
      {
        kind: 'skew',
        text: 'deployed with it from commit abcdef012345 and left on the newer version: b (v9), c (v9), d (v9), e (v9) and 1 more',
      },
    ]);
  });

  it.each([
    ['another commit', other('cart', { commit: 'fedcba' })],
    ['another environment', other('cart', { environment: 'staging' })],
    ['what has gone back already', other('cart', { origin: 'rollback' })],
    ['itself', of],
  ])('does not see %s', (_name, one) => {
    expect(versionSkew(of, [one])).toEqual([]);
  });

  it('needs a commit to tell what belongs together', () => {
    expect(versionSkew({ ...of, commit: null }, [other('cart', { commit: null })])).toEqual([]);
  });
});
