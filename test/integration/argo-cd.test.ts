import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../../src/app/executor/run-command.ts';
import { argoCd } from '../../src/platforms/argo-cd/index.ts';
import type { Platform, PlatformFacts, PlanRequest } from '../../src/ports/platform.ts';
import { actBench, removeDir, temporaryDir, type ActBench } from '../fakes/act-bench.ts';
import { REVISIONS, startArgoCd, type ArgoCdServer } from '../fakes/argo-cd-server/server.ts';
import { sharedJson } from '../shared-data.ts';

const request: PlanRequest = {
  pipeline: 'checkout',
  environment: 'staging',
  deploymentId: 'checkout@f6e5d4c@1',
  fromVersion: 'f6e5d4c',
  toVersion: 'a1b2c3d',
};

let argo: ArgoCdServer;
let bench: ActBench;
let dir: string;
beforeEach(async () => {
  argo = await startArgoCd();
  dir = temporaryDir();
  bench = actBench({ env: { ARGOCD_AUTH_TOKEN: argo.token } });
});
afterEach(async () => {
  bench.close();
  removeDir(dir);
  await argo.close();
});

function platform(config: object = {}): Platform {
  const verify = { for: '0ms', within: '3s' };
  const whole = argoCd.schema.parse({ server: argo.url, uid: argo.app.metadata.uid, verify, ...config });
  return argoCd.create(whole, { baseDir: dir, home: dir, host: { name: 'box', machineId: 'a' }, dryRunBecause: null });
}

async function facts(): Promise<PlatformFacts> {
  const { stdout } = await runCommand(platform().factsReader!('checkout')!, bench.deps.env);
  return JSON.parse(stdout) as PlatformFacts;
}

describe('argo-cd: rollback over the API', () => {
  it('goes back to the entry of the history, waits for the sync and reads back', async () => {
    const plan = platform().plan(request);
    expect(JSON.stringify(plan)).not.toContain(argo.token);
    const end = await bench.run(plan);
    expect(end).toMatchObject({ state: 'done' });
    expect(argo.changes).toMatchObject([
      {
        method: 'POST',
        path: '/api/v1/applications/checkout/rollback',
        body: { name: 'checkout', id: 5, prune: false },
      },
    ]);
    expect(argo.app.status.history.at(-1).revision).toBe(REVISIONS[1]);
  });

  it('takes the version from a Helm parameter', async () => {
    const plan = platform({ versionFrom: 'parameter:image.tag' }).plan({
      ...request,
      fromVersion: 'v2',
      toVersion: 'v0',
    });
    expect((await bench.run(plan)).state).toBe('done');
    expect(argo.changes[0]!.body.id).toBe(4);
  });

  it('takes the token from a file', async () => {
    writeFileSync(join(dir, 'token'), `${argo.token}\n`, { mode: 0o600 });
    const plan = platform({ tokenFile: 'token' }).plan(request);
    expect(plan.steps[0]!.command.envFrom).toEqual([]);
    expect((await bench.run(plan)).state).toBe('done');
  });

  it('is refused while auto-sync is on, and says so before', async () => {
    argo.app.spec.syncPolicy.automated = { prune: true, selfHeal: true };
    expect((await facts()).selfHeal).toContain('auto-sync of Argo CD application checkout is on');
    const end = await bench.run(platform().plan(request));
    expect(end).toMatchObject({ state: 'failed', exitCode: 3 });
    expect(end.outputTail.join('\n')).toContain('auto-sync of checkout is on');
    expect(argo.changes).toEqual([]);
  });

  it('switches auto-sync off first where that is configured', async () => {
    argo.app.spec.syncPolicy.automated = {};
    const plan = platform({ disableAutoSync: true }).plan(request);
    expect(plan.steps[0]!.text).toContain('it stays off until somebody switches it on');
    expect((await bench.run(plan)).state).toBe('done');
    expect(argo.changes.map(({ method, status }) => `${method} ${status}`)).toEqual(['PATCH 200', 'POST 200']);
    expect(argo.app.spec.syncPolicy).toEqual({});
  });

  it('leaves auto-sync alone when the application changed between the look and the patch', async () => {
    argo.app.spec.syncPolicy.automated = {};
    argo.beforeChange = () => (argo.app.metadata.resourceVersion = '999');
    const end = await bench.run(platform({ disableAutoSync: true }).plan(request));
    expect(end).toMatchObject({ state: 'failed', exitCode: 3 });
    expect(argo.app.spec.syncPolicy.automated).toEqual({});
  });

  it('says failed when the sync fails, with its message', async () => {
    argo.ends = 'Failed';
    const end = await bench.run(platform().plan(request));
    expect(end).toMatchObject({ state: 'failed', exitCode: 1 });
    expect(end.outputTail.join('\n')).toContain('ended Failed: sync ended');
  });

  it('says failed when the server answers OK and begins nothing', async () => {
    argo.lies = true;
    const end = await bench.run(platform().plan(request));
    expect(end.state).toBe('failed');
    expect(end.text).toContain('version f6e5d4c serves');
  });

  it('knows that it was taken when the answer was lost after it, and says unknown when nothing proves it', async () => {
    argo.cut = 'after';
    argo.looks = 4;
    expect((await bench.run(platform().plan(request))).state).toBe('done');
    argo.app.status.history.pop();
    argo.cut = 'before';
    const end = await bench.run(platform().plan({ ...request, deploymentId: 'checkout@f6e5d4c@2' }));
    expect(end).toMatchObject({ state: 'unknown', exitCode: 75 });
  });

  it.each([
    ['another application of the same name', () => (argo.app.metadata.uid = 'ffffffff-0d0e-4b0c-8a53-6b6b3f7c2b1e')],
    ['another version', () => argo.app.status.history.pop()],
    ['a sync under way', () => ((argo.looks = 99), (argo.app.operation = { sync: {} }))],
    ['no such entry', () => argo.app.status.history.splice(1, 1)],
  ])('does nothing: %s', async (_, change) => {
    const plan = platform().plan(request);
    change();
    const end = await bench.run(plan);
    expect(['cancelled', 'failed']).toContain(end.state);
    expect(argo.changes).toEqual([]);
  });

  it('lists the versions with who and when, newest first', async () => {
    const { versions } = await facts();
    expect(versions.map(({ revision, by, current }) => [revision, by, current])).toEqual([
      ['6', 'auto-sync', true],
      ['5', 'alice', false],
      ['4', 'alice', false],
    ]);
    expect(versions[0]!.deployedAtMs).toBe(Date.UTC(2026, 0, 3, 10));
  });

  it('sends what the published API description takes', async () => {
    const swagger = sharedJson('schemas/argocd.swagger.json') as {
      readonly paths: Record<string, Record<string, unknown>>;
      readonly definitions: Record<string, { readonly properties: Record<string, unknown> }>;
    } | null;
    if (swagger === null) return;
    argo.app.spec.syncPolicy.automated = {};
    await bench.run(platform({ disableAutoSync: true }).plan(request));
    const bodies = { PATCH: 'applicationApplicationPatchRequest', POST: 'applicationApplicationRollbackRequest' };
    expect(argo.changes).toHaveLength(2);
    for (const { method, path, body } of argo.changes) {
      expect(swagger.paths[path.replace('checkout', '{name}')]).toHaveProperty(method.toLowerCase());
      const known = Object.keys(swagger.definitions[bodies[method as 'PATCH' | 'POST']]!.properties);
      expect(known).toEqual(expect.arrayContaining(Object.keys(body)));
    }
  });
});
