import { describe, expect, it } from 'vitest';
import { autoSyncIsOn, isVersion, versionOf, type Application } from '../../../../src/platforms/argo-cd/application.ts';

const sha = 'a1b2c3d4e5f60718293a4b5c6d7e8f9001122334';
const entry = {
  id: 1,
  revision: sha,
  source: { targetRevision: '1.4.0', helm: { parameters: [{ name: 'image.tag', value: 'v1' }] } },
};

describe('an entry of the history', () => {
  it('states a version by commit, target revision or parameter, of one source or several', () => {
    expect(versionOf(entry, { source: 'revision' })).toBe(sha);
    expect(versionOf(entry, { source: 'target-revision' })).toBe('1.4.0');
    expect(versionOf(entry, { source: 'parameter', name: 'image.tag' })).toBe('v1');
    expect(versionOf({ id: 2, revisions: ['x'], sources: [entry.source] }, { source: 'revision' })).toBe('x');
    expect(versionOf({ id: 3 }, { source: 'parameter', name: 'image.tag' })).toBeNull();
  });

  it.each([
    [sha, true],
    ['a1b2c3d', true],
    ['a1b2c3', false],
    ['a1b2c3e', false],
    ['a', false],
    [null, false],
  ])('is of the commit %s: %s', (wanted, is) => {
    expect(isVersion(entry, wanted, { source: 'revision' })).toBe(is);
  });

  it('takes no beginning for the whole where the version is no commit', () => {
    expect(isVersion({ id: 1, source: { targetRevision: 'abcdef12' } }, 'abcdef1', { source: 'target-revision' })).toBe(
      false,
    );
  });
});

describe('auto-sync', () => {
  it.each([
    [undefined, false],
    [{}, false],
    [{ automated: null }, false],
    [{ automated: {} }, true],
    [{ automated: { enabled: true } }, true],
    [{ automated: { enabled: false, selfHeal: true } }, false],
  ])('of %j is on: %s', (syncPolicy, on) => {
    const application = { metadata: { name: 'a', uid: 'u' }, spec: { syncPolicy } } as Application;
    expect(autoSyncIsOn(application)).toBe(on);
  });
});
