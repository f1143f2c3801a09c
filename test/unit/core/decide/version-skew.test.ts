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

  const shop = {
    name: 'shop',
    has: (name: string) => name !== 'db',
    needs: { web: ['checkout'] },
    togetherMs: 600_000,
  };
  const ties = { groups: [shop], calls: new Map([['mail', ['checkout']]]) };
  const later = (pipeline: string, byMs: number): ReturnType<typeof other> =>
    other(pipeline, { commit: `${pipeline}-repository`, atMs: of.atMs + byMs });

  it.each([
    [
      'of the group and deployed together, from another repository',
      later('cart', -600_000),
      'of group shop, deployed within 10 min of it and left on the newer version: cart (v9)',
    ],
    [
      'that needs it by the group and was deployed since',
      later('web', 600_001),
      'needs it and was deployed since, maybe for the version that goes away: web (v9)',
    ],
    [
      'that calls it and was deployed since',
      later('mail', 700_000),
      'needs it and was deployed since, maybe for the version that goes away: mail (v9)',
    ],
  ])('names one %s', (_, one, text) => {
    expect(versionSkew(of, [one], ties)).toEqual([{ kind: 'skew', text }]);
  });

  it.each([
    ['of another group, deployed at the same time', later('db', 0)],
    ['of the group, deployed at another time, that does not need it', later('cart', 600_001)],
    ['that needs it and was deployed before it', later('web', -600_001)],
    ['that needs it and was never announced', { ...later('web', 600_001), origin: 'inferred' as const }],
  ])('does not name one %s', (_, one) => {
    expect(versionSkew(of, [one], ties)).toEqual([]);
  });

  it('names each once, by its strongest tie', () => {
    const all = [other('cart'), later('web', 0), later('web2', 1)];
    expect(versionSkew(of, all, ties).map(({ text }) => text)).toEqual([
      'deployed with it from commit abcdef012345 and left on the newer version: cart (v9)',
      'of group shop, deployed within 10 min of it and left on the newer version: web (v9), web2 (v9)',
    ]);
  });

  it('needs a commit to tell what belongs together', () => {
    expect(versionSkew({ ...of, commit: null }, [other('cart', { commit: null })])).toEqual([]);
  });
});
