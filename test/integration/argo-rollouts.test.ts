import { afterEach, beforeEach, expect, it } from 'vitest';
import { kubeBench, request, type KubeBench } from '../fakes/kube-api/bench.ts';
import type { Thing } from '../fakes/kube-api/objects.ts';
import { deploy, imageOf, KUBECTL, workload } from '../fakes/kube-api/world.ts';
import { describeWith } from './skip-loudly.ts';

let bench: KubeBench;
beforeEach(async () => {
  bench = await kubeBench();
});
afterEach(() => bench.close());

/** v1 is stable; v2 is a canary, or was promoted. */
function canary(promoted: boolean): void {
  const { objects } = bench.api;
  objects.create('rollouts', workload('checkout', 'shop/checkout:v1', { metadata: { annotations: {} } }));
  deploy(objects, 'rollouts', 'checkout', 'shop/checkout:v2');
  if (promoted) setStatus({ stableRS: status().currentPodHash, phase: 'Healthy' });
}

function status(): Thing {
  return bench.api.objects.get('rollouts', 'checkout').status;
}

function setStatus(change: object): void {
  const thing = bench.api.objects.get('rollouts', 'checkout');
  bench.api.objects.write('rollouts', { ...thing, status: { ...thing.status, ...change } }, 'status');
}

describeWith('kubectl', KUBECTL !== null, 'argo-rollouts: abort, undo and promote through real kubectl', () => {
  it('aborts: all traffic to the stable version, the spec stays new, and the plan says so', async () => {
    canary(false);
    const plan = bench.platform('argo-rollouts').plan(request);
    expect(plan.steps[0]!.text).toContain('abort');
    expect(plan.steps[0]!.text).toContain('the spec stays at v2');
    const end = await bench.act.run(plan);
    expect(end.state).toBe('done');
    expect(status()).toMatchObject({ abort: true, phase: 'Degraded' });
    expect(imageOf(bench.api, 'rollouts', 'checkout')).toContain(':v2');
    expect(bench.api.changes.map(({ path }) => path.split('?')[0])).toEqual([
      '/apis/argoproj.io/v1alpha1/namespaces/shop/rollouts/checkout/status',
    ]);
  });

  it('undoes: the earlier template into the spec, and skips the steps where that is configured', async () => {
    canary(true);
    const plan = bench.platform('argo-rollouts', { by: 'undo-and-promote' }).plan(request);
    expect(plan.steps.map(({ text }) => text.split(' ')[0])).toEqual(['undo:', 'promote']);
    const end = await bench.act.run(plan);
    expect(end.state).toBe('done');
    expect(imageOf(bench.api, 'rollouts', 'checkout')).toContain(':v1');
    expect(status().stableRS).toBe(status().currentPodHash);
    expect(bench.api.changes.map(({ contentType }) => contentType)).toEqual([
      'application/json-patch+json',
      'application/merge-patch+json',
    ]);
  });

  it('does not abort what is fully promoted, and says what to do instead', async () => {
    canary(true);
    const end = await bench.act.run(bench.platform('argo-rollouts').plan(request));
    expect(end).toMatchObject({ state: 'failed', exitCode: 3 });
    expect(end.outputTail.join('\n')).toContain('fully promoted: there is nothing to abort (by: undo)');
    expect(bench.api.changes).toEqual([]);
  });

  it('is refused by the server when the Rollout changed between the look and the abort', async () => {
    canary(false);
    bench.api.beforeChange = () => setStatus({ phase: 'Progressing' });
    const end = await bench.act.run(bench.platform('argo-rollouts').plan(request));
    expect(end).toMatchObject({ state: 'failed', exitCode: 3 });
    expect(bench.api.changes.map(({ status: code }) => code)).toEqual([409]);
    expect(status().abort).toBe(false);
  });

  it('recognises an abort that Argo Rollouts made by itself, and answers it with nothing', async () => {
    canary(false);
    expect((await bench.facts(bench.platform('argo-rollouts'))).external).toBeNull();
    setStatus({ abort: true, abortedAt: '2026-01-03T10:00:00Z', phase: 'Degraded', message: 'metric "errors" failed' });
    const { external } = await bench.facts(bench.platform('argo-rollouts'));
    expect(external).toMatchObject({
      by: 'argo rollouts abort',
      toVersion: 'v1',
      atMs: Date.UTC(2026, 0, 3, 10),
      inProgress: false,
    });
    const end = await bench.act.run(bench.platform('argo-rollouts').plan(request));
    expect(end).toMatchObject({ state: 'cancelled' });
    expect(end.text).toContain('version v1 serves, not v2 as planned');
    expect(bench.api.changes).toEqual([]);
  });

  it('refuses a context that leads to another cluster', async () => {
    canary(false);
    bench.other.objects.create('rollouts', workload('checkout', 'shop/checkout:v1'));
    const plan = bench.platform('argo-rollouts').plan(request);
    bench.point(bench.other);
    expect((await bench.run(plan.steps[0]!.command)).exitCode).toBe(3);
    expect([...bench.other.changes, ...bench.api.changes]).toEqual([]);
  });
});
