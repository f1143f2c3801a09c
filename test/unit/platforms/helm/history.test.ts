import { describe, expect, it } from 'vitest';
import { isPending, versionOf } from '../../../../src/platforms/helm/history.ts';

const revision = { revision: 1, updated: '', status: 'deployed', chart: 'a-1.0.0', app_version: '', description: '' };

describe('a revision of a release', () => {
  it.each([
    ['checkout-1.2.3', '1.2.3'],
    ['checkout-2-1.2.3-rc.1+build.5', '1.2.3-rc.1+build.5'],
    ['kube-prometheus-stack-45.7.1', '45.7.1'],
    ['checkout', null],
  ])('takes the version of the chart %s: %s', (chart, version) => {
    expect(versionOf({ ...revision, chart }, 'chart-version')).toBe(version);
  });

  it('takes the version of the application, which may be missing', () => {
    expect(versionOf({ ...revision, app_version: 'v2' }, 'app-version')).toBe('v2');
    expect(versionOf(revision, 'app-version')).toBeNull();
  });

  it.each([
    ['deployed', false],
    ['failed', false],
    ['superseded', false],
    ['pending-install', true],
    ['pending-upgrade', true],
    ['pending-rollback', true],
    ['uninstalling', true],
  ])('that is %s is under way: %s', (status, pending) => {
    expect(isPending({ ...revision, status })).toBe(pending);
  });
});
