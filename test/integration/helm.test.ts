import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Platform } from '../../src/ports/platform.ts';
import { fakeHelm, revision, type FakeHelm } from '../fakes/helm.ts';
import { kubeBench, request, type KubeBench } from '../fakes/kube-api/bench.ts';
import { KUBECTL } from '../fakes/kube-api/world.ts';
import { describeWith } from './skip-loudly.ts';

let bench: KubeBench;
let helm: FakeHelm;
beforeEach(async () => {
  bench = await kubeBench();
  helm = fakeHelm(bench.dir);
});
afterEach(() => bench.close());

function platform(config: object = {}): Platform {
  return bench.platform('helm', { helm: helm.path, ...config });
}

function rollbacks(): readonly (readonly string[])[] {
  return helm.calls().filter(([verb]) => verb === 'rollback');
}

describeWith(
  'kubectl',
  KUBECTL !== null,
  'helm: rollback by a recording fake of helm, the cluster by real kubectl',
  () => {
    it('puts the revision of the earlier version back with the documented arguments', async () => {
      const plan = platform({ timeout: '90s' }).plan(request);
      const end = await bench.act.run(plan);
      expect(end.state).toBe('done');
      const place = ['--namespace', 'shop', '--kube-context', 'prod'];
      const expected = ['rollback', 'checkout', '2', '--wait', '--timeout', '90s', '--cleanup-on-fail', ...place];
      expect(rollbacks()).toEqual([expected]);
      expect(plan.steps[0]!.call).toBe(`helm ${expected.join(' ').replace(' 2 ', ' <revision of v1> ')}`);
      expect(helm.history().at(-1)).toMatchObject({ revision: 4, app_version: 'v1', status: 'deployed' });
    });

    it('goes by the version of the chart, and runs no hooks, where that is configured', async () => {
      const config = { versionFrom: 'chart-version', hooks: false };
      const end = await bench.act.run(platform(config).plan({ ...request, fromVersion: '1.2.0', toVersion: '1.0.0' }));
      expect(end.state).toBe('done');
      expect(rollbacks()[0]).toEqual(expect.arrayContaining(['1', '--no-hooks']));
    });

    it.each([
      ['fails', 'failed', 1, 'revision 4 is failed'],
      ['refused', 'failed', 3, 'another operation (install/upgrade/rollback) is in progress'],
      ['pending', 'unknown', 75, 'revision 4 is pending-rollback'],
    ] as const)('tells a rollback that %s apart: %s', async (how, state, exitCode, text) => {
      helm.next(how);
      const end = await bench.act.run(platform().plan(request));
      expect(end).toMatchObject({ state, exitCode });
      expect(end.outputTail.join('\n')).toContain(text);
    });

    it('says failed when helm says success and nothing changed', async () => {
      helm.next('lies');
      const end = await bench.act.run(platform({ verify: { for: '0ms', within: '1s' } }).plan(request));
      expect(end).toMatchObject({ state: 'failed', text: 'rollback failed: still version v2' });
    });

    it.each([
      ['pending', () => [revision(2, '1.1.0', 'v1', 'deployed'), revision(3, '1.2.0', 'v2', 'pending-upgrade')]],
      [
        'a version that never served',
        () => [revision(2, '1.1.0', 'v1', 'failed'), revision(3, '1.2.0', 'v2', 'deployed')],
      ],
      [
        'a newer version on top',
        () => [revision(2, '1.1.0', 'v1', 'superseded'), revision(4, '1.3.0', 'v3', 'deployed')],
      ],
    ])('does nothing: %s', async (_, history) => {
      const plan = platform().plan(request);
      helm.set(history());
      const end = await bench.act.run(plan);
      expect(['cancelled', 'failed']).toContain(end.state);
      expect(rollbacks()).toEqual([]);
    });

    it('refuses a context that leads to another cluster', async () => {
      const plan = platform().plan(request);
      bench.point(bench.other);
      expect((await bench.run(plan.steps[0]!.command)).exitCode).toBe(3);
      expect(rollbacks()).toEqual([]);
    });

    it('lists the versions and recognises a rollback that was there before', async () => {
      const before = await bench.facts(platform());
      expect(before.versions.map(({ version, revision: number, current }) => [version, number, current])).toEqual([
        ['v2', '3', true],
        ['v1', '2', false],
        ['v0', '1', false],
      ]);
      expect(before.external).toBeNull();
      helm.set([...helm.history(), { ...revision(4, '1.1.0', 'v1', 'deployed'), description: 'Rollback to 2' }]);
      expect((await bench.facts(platform())).external).toMatchObject({
        by: 'helm rollback',
        toVersion: 'v1',
        inProgress: false,
      });
    });
  },
);
