import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { runCommand } from '../../src/app/executor/run-command.ts';
import { ecs } from '../../src/platforms/ecs/index.ts';
import type { Platform, PlatformFacts } from '../../src/ports/platform.ts';
import { actBench, removeDir, temporaryDir, type ActBench } from '../fakes/act-bench.ts';
import { CLUSTER, deploymentTo2, ecsApi, EcsFault, ROLLED_BACK, type EcsApi } from '../fakes/ecs-api.ts';
import { freePort, ready, startDaemon, type Daemon } from '../fakes/loopback.ts';
import { describeWith } from './skip-loudly.ts';

/** Where a program really is: pyenv's shims are not on the PATH steps have. */
function find(program: string): string | null {
  const fixed = ['/usr/local/bin', '/usr/bin'].map((dir) => join(dir, program)).find(existsSync);
  const shim = spawnSync('pyenv', ['which', program], { encoding: 'utf8' });
  return fixed ?? (shim.status === 0 ? shim.stdout.trim() : null);
}

const AWS = find('aws');
const MOTO = find('moto_server');
const CREDENTIALS = {
  AWS_ACCESS_KEY_ID: 'AKIAEXAMPLEEXAMPLE00',
  AWS_SECRET_ACCESS_KEY: 'not-a-secret',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: '/nonexistent/config',
  AWS_SHARED_CREDENTIALS_FILE: '/nonexistent/credentials',
};
const request = { pipeline: 'checkout', environment: null, deploymentId: 'd1', fromVersion: 'v2', toVersion: 'v1' };

function platformAt(endpoint: string, change: object = {}): Platform {
  const verify = { healthAtLeast: 70, for: '0s', within: '60s' };
  const config = { cluster: CLUSTER, endpoint, aws: AWS, timeout: '120s', verify, ...change };
  const context = { baseDir: '/', host: { name: 'box', machineId: 'abc' }, home: '/', dryRunBecause: null };
  return ecs.create(ecs.schema.parse(config), context);
}

describeWith('aws', AWS !== null, 'ecs: the real aws CLI against a service of ECS', () => {
  let api: EcsApi;
  let act: ActBench;
  beforeEach(async () => {
    api = await ecsApi();
    act = actBench({ env: CREDENTIALS });
  });
  afterEach(() => {
    act.close();
    api.close();
  });

  async function factsNow(): Promise<PlatformFacts> {
    const { stdout, fault } = await runCommand(platformAt(api.endpoint).factsReader!('checkout')!, CREDENTIALS);
    expect(fault).toBeNull();
    return JSON.parse(stdout) as PlatformFacts;
  }

  it('gives the service the earlier task definition and waits until it is stable', async () => {
    // v2 still runs one task when the answer comes.
    api.onChange = () => (api.service.running = { 1: 1, 2: 1 });
    let looks = 0;
    api.before = (operation) => {
      if (operation === 'DescribeServices' && api.service.revision === 1 && (looks += 1) > 1)
        api.service.running = { 1: 2 };
    };
    const end = await act.run(platformAt(api.endpoint).plan(request));
    expect(end.text).toContain('the check of version v1 passed');
    expect(end.state).toBe('done');
    expect(api.changes()).toEqual(['UpdateService']);
    const update = api.calls.find(({ operation }) => operation === 'UpdateService')!;
    expect(update.body).toEqual({
      cluster: CLUSTER,
      service: 'checkout',
      taskDefinition: 'arn:aws:ecs:eu-central-1:123456789012:task-definition/checkout:1',
    });
    expect(JSON.stringify(act.changes)).not.toContain('not-a-secret');
  });

  it('stops a deployment that goes on with ROLLBACK', async () => {
    api.deployment = deploymentTo2('IN_PROGRESS');
    const end = await act.run(platformAt(api.endpoint).plan(request));
    expect(end.state).toBe('done');
    expect(api.changes()).toEqual(['StopServiceDeployment']);
    const stop = api.calls.find(({ operation }) => operation === 'StopServiceDeployment')!;
    expect(stop.body).toMatchObject({ stopType: 'ROLLBACK' });
  });

  it('does not answer a rollback of ECS with a second one, and tells of it', async () => {
    api.deployment = deploymentTo2('ROLLBACK_IN_PROGRESS', ROLLED_BACK);
    const end = await act.run(platformAt(api.endpoint).plan(request));
    expect(end.state).toBe('failed');
    expect(end.outputTail.join('\n')).toMatch(/ECS is rolling the service back by itself .*circuit breaker/);
    expect(api.changes()).toEqual([]);
    const { external, versions } = await factsNow();
    expect(external).toMatchObject({
      by: 'ecs circuit breaker',
      toVersion: 'v1',
      atMs: 1_760_000_000_000,
      inProgress: true,
    });
    expect(versions[0]).toMatchObject({ version: 'v2', revision: 'checkout:2', by: 'alice', current: true });
    expect(versions.map(({ version }) => version)).toEqual(['v2', 'v3', 'v1']);
  });

  it('says failed when the circuit breaker stops the rollback', async () => {
    api.onChange = () => {
      api.service.rolloutState = 'FAILED';
      api.service.running = { 1: 0, 2: 2 };
    };
    const end = await act.run(platformAt(api.endpoint).plan(request));
    expect(end.state).toBe('failed');
    expect(end.outputTail.join('\n')).toContain('ECS gave up: 0 of 2 tasks run checkout:1');
    expect(end.text).toContain('version v2 serves');
  });

  it('says unknown when the answer to the call is lost, and sends it once', async () => {
    api.before = (operation) => operation !== 'UpdateService';
    const end = await act.run(platformAt(api.endpoint).plan(request));
    expect(end.state).toBe('unknown');
    expect(api.changes()).toEqual(['UpdateService']);
  });

  it('refuses what ECS refuses, another version, CodeDeploy and another account', async () => {
    const reasonOf = async (change: object = {}): Promise<string> => {
      const end = await act.run({ ...platformAt(api.endpoint, change).plan(request), id: crypto.randomUUID() });
      expect(['failed', 'cancelled']).toContain(end.state);
      return `${end.text} ${end.outputTail.join(' ')}`;
    };
    api.before = (operation) => {
      if (operation === 'UpdateService') throw new EcsFault(400, 'AccessDeniedException', 'not authorized');
    };
    expect(await reasonOf()).toMatch(/AccessDeniedException.*nothing was changed/);
    api.before = () => undefined;
    api.service.controller = 'CODE_DEPLOY';
    expect(await reasonOf()).toContain('deployed by CODE_DEPLOY');
    api.service.controller = 'ECS';
    const cluster = CLUSTER.replace('123456789012', '999999999999');
    expect(await reasonOf({ cluster })).toContain('nothing was run');
    api.service.revision = 3;
    api.service.running = { 3: 2 };
    expect(await reasonOf()).toContain('version v3 serves, not v2');
    expect(api.changes()).toEqual(['UpdateService']);
  });
});

describeWith('moto_server and aws', AWS !== null && MOTO !== null, 'ecs: the real aws CLI against moto', () => {
  let moto: Daemon;
  let endpoint: string;
  let act: ActBench;
  const home = temporaryDir();
  const cluster = 'arn:aws:ecs:eu-central-1:123456789012:cluster/shop';
  beforeAll(async () => {
    const port = await freePort();
    endpoint = `http://127.0.0.1:${port}`;
    const env = { ...process.env, MOTO_ECS_SERVICE_RUNNING: '1' };
    moto = startDaemon(MOTO!, ['-H', '127.0.0.1', '-p', String(port)], env);
    await ready('moto answers', async () => (await fetch(`${endpoint}/moto-api/`)).ok, moto.said);
    aws('create-cluster', '--cluster-name', 'shop');
    for (const tag of ['v1', 'v2']) {
      const containers = JSON.stringify([{ name: 'checkout', image: `app:${tag}`, memory: 64 }]);
      aws('register-task-definition', '--family', 'checkout', '--container-definitions', containers);
    }
    const service = ['--service-name', 'checkout', '--desired-count', '1', '--task-definition', 'checkout:2'];
    aws('create-service', '--cluster', 'shop', ...service);
    act = actBench({ env: CREDENTIALS });
  });
  afterAll(async () => {
    act.close();
    await moto.stop();
    removeDir(home);
  });

  function aws(...args: readonly string[]): string {
    const where = ['--region', 'eu-central-1', '--endpoint-url', endpoint, '--output', 'json'];
    const env = { PATH: process.env['PATH'], HOME: home, ...CREDENTIALS, AWS_PAGER: '' };
    const { status, stdout, stderr } = spawnSync(AWS!, ['ecs', ...args, ...where], { encoding: 'utf8', env });
    expect(status, stderr).toBe(0);
    return stdout;
  }

  it('reads versions, sends the one update, and claims nothing moto does not carry out', async () => {
    const platform = platformAt(endpoint, { cluster: cluster.replace('123456789012', accountOf()), timeout: '60s' });
    const read = await runCommand(platform.versionReader('checkout')!, CREDENTIALS);
    expect(read).toMatchObject({ stdout: 'v2\n', fault: null });
    const end = await act.run(platform.plan(request));
    // moto takes the update down and starts no deployment of it: what ran goes on, and that is what is said.
    expect(end.state).toBe('unknown');
    expect(end.outputTail.join('\n')).toContain('not stable in time');
    const { services } = JSON.parse(aws('describe-services', '--cluster', 'shop', '--services', 'checkout')) as {
      services: { taskDefinition: string }[];
    };
    expect(services[0]!.taskDefinition).toMatch(/task-definition\/checkout:1$/);
  });

  function accountOf(): string {
    const { clusters } = JSON.parse(aws('describe-clusters', '--clusters', 'shop')) as {
      clusters: { clusterArn: string }[];
    };
    return clusters[0]!.clusterArn.split(':')[4]!;
  }
});
