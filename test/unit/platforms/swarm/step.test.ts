import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SwarmAct, SwarmCall } from '../../../../src/platforms/swarm/call.ts';
import { swarmStep } from '../../../../src/platforms/swarm/step.ts';
import { StepRefused, StepUnknown } from '../../../../src/platforms/step.ts';
import { fakeEngine, spec, task, type FakeEngine } from '../../../fakes/engine-socket.ts';
import { temporaryFolder } from '../../../fakes/temporary-folder.ts';

const folder = temporaryFolder();
const BEFORE = { State: 'completed', StartedAt: '2026-01-01T00:00:00Z', Message: 'update completed' };
const AFTER = { State: 'rollback_completed', StartedAt: '2026-01-02T00:00:00Z', Message: 'rollback completed' };
let engine: FakeEngine;
beforeEach(async () => {
  engine = await fakeEngine(join(folder.path, 's'));
  serve({});
});
afterEach(() => engine.close());

/** v2 is deployed over v1. */
function serve(more: object): void {
  const [Spec, PreviousSpec] = [spec('app:v2'), spec('r.example:5000/app:v1@sha256:0f')];
  engine.service = { ID: 'abc', Version: { Index: 7 }, Spec, PreviousSpec, UpdateStatus: BEFORE, ...more };
}

/** The Engine takes the change down and Swarm gets so far with it. */
function rollsBackTo(status: object): () => { readonly status: number } {
  return () => {
    serve({ Spec: spec('app:v1'), PreviousSpec: spec('app:v2'), UpdateStatus: status });
    return { status: 200 };
  };
}

function run(act: SwarmAct['do'], change: Partial<SwarmCall> = {}): Promise<readonly string[]> {
  const call: SwarmCall = {
    socket: join(folder.path, 's'),
    cluster: engine.cluster,
    service: 'checkout',
    serviceId: null,
    versionFrom: 'image-tag',
    timeoutMs: 3500,
    versions: { from: 'v2', to: 'v1' },
    act: { do: act },
    ...change,
  };
  return swarmStep(call, {});
}

describe('a rollback', () => {
  it('is asked for at the very index that was read, and followed to its end', async () => {
    engine.onChange = rollsBackTo(AFTER);
    expect(await run('rollback')).toEqual(['service checkout: rollback_completed (rollback completed)']);
    expect(engine.changes).toEqual(['/services/abc/update?version=7&rollback=previous']);
  });

  it('looks afresh when the service was written meanwhile, and gives up after five times', async () => {
    let tries = 0;
    engine.onChange = () => {
      if ((tries += 1) === 1) {
        serve({ Version: { Index: 8 } });
        return { status: 500, message: 'rpc error: code = Unknown desc = update out of sequence' };
      }
      return rollsBackTo(AFTER)();
    };
    await run('rollback');
    expect(engine.changes.map((path) => /version=(\d+)/.exec(path)?.[1])).toEqual(['7', '8']);
    serve({});
    engine.onChange = () => ({ status: 500, message: 'update out of sequence' });
    await expect(run('rollback')).rejects.toThrow('was changed 5 times in a row');
    expect(engine.changes).toHaveLength(7);
  });

  it.each([
    ['another version is deployed', { Spec: spec('app:v3') }, {}, 'is at version v3, not v2'],
    ['the spec before is another one', { PreviousSpec: spec('app:v0') }, {}, 'Swarm can only go back to v0'],
    ['there is no spec before', { PreviousSpec: null }, {}, 'has no previous spec'],
    ['it was rolled back itself', { UpdateStatus: AFTER }, {}, 'a rollback is not rolled back'],
    ['Swarm is at it', { UpdateStatus: { State: 'rollback_started' } }, {}, 'rolling checkout back by itself'],
    ['it is another swarm', {}, { cluster: 'other' }, 'leads to swarm k1q7v0kd2nq0zw9y3o8m5x4ab, not to other'],
    ['it was made anew', {}, { serviceId: 'xyz' }, 'has id abc, not xyz'],
    ['there is no such service', {}, { service: 'search' }, 'HTTP 404: no /services/search'],
    ['there is no socket', {}, { socket: '/nowhere' }, 'ENOENT'],
  ])('is refused when %s, and nothing is sent', async (_, service, change, words) => {
    serve(service);
    const error: unknown = await run('rollback', change).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(StepRefused);
    expect((error as Error).message).toContain(words);
    expect(engine.changes).toEqual([]);
  });

  it('that stops half-way has failed; one whose answer is lost, or that takes too long, is unknown', async () => {
    engine.onChange = rollsBackTo({ ...AFTER, State: 'rollback_paused' });
    const failed: unknown = await run('rollback').catch((thrown: unknown) => thrown);
    expect((failed as Error).message).toContain('Swarm has stopped half-way');
    expect(failed).not.toBeInstanceOf(StepRefused);
    serve({});
    engine.onChange = () => null;
    await expect(run('rollback')).rejects.toBeInstanceOf(StepUnknown);
    serve({});
    engine.onChange = rollsBackTo({ ...AFTER, State: 'rollback_started' });
    await expect(run('rollback')).rejects.toThrow('goes on; it was not at its end in time');
  });

  it('is refused on a worker and by what the Engine says', async () => {
    engine.onChange = () => ({ status: 403, message: 'not allowed' });
    await expect(run('rollback')).rejects.toThrow('HTTP 403: not allowed; nothing was changed');
    engine.manager = false;
    await expect(run('rollback')).rejects.toThrow('is no manager of a swarm');
  });
});

describe('readings', () => {
  it('name the version rolled back from as long as a task of it runs', async () => {
    expect(await run('version')).toEqual(['v2']);
    serve({ Spec: spec('app:v1') });
    engine.tasks = [task('app:v1'), task('app:v2')];
    expect(await run('version')).toEqual(['v2']);
    engine.tasks = [task('app:v1'), task('app:v2', 'shutdown')];
    expect(await run('version')).toEqual(['v1']);
    expect(await run('version', { versionFrom: 'image' })).toEqual(['app:v1']);
    await expect(run('version', { versionFrom: 'label:version' })).rejects.toThrow('states no version');
    serve({ Spec: spec('app:v1', { Labels: { version: '9' } }) });
    expect(await run('version', { versionFrom: 'label:version' })).toEqual(['9']);
  });

  it('want every task to run at the image of the spec', async () => {
    engine.tasks = [task('app:v2')];
    expect(await run('serving')).toEqual(['1 of 1 tasks run app:v2']);
    engine.tasks = [task('app:v2', 'preparing')];
    await expect(run('serving')).rejects.toThrow('0 of 1 tasks run app:v2');
    engine.tasks = [task('app:v2'), task('app:v1')];
    await expect(run('serving')).rejects.toThrow('1 of 1 tasks run app:v2');
    serve({ UpdateStatus: { State: 'updating' } });
    await expect(run('serving')).rejects.toThrow('update status is updating');
  });

  it('tell a rollback of Swarm from one that was asked for', async () => {
    const external = async (more: object): Promise<unknown> => {
      serve(more);
      return (JSON.parse((await run('facts'))[0]!) as { external: unknown }).external;
    };
    expect(await external({})).toBeNull();
    expect(await external({ UpdateStatus: AFTER, PreviousSpec: null })).toMatchObject({
      by: 'swarm update-failure-action',
    });
    expect(await external({ UpdateStatus: AFTER })).toMatchObject({ by: 'docker service rollback', inProgress: false });
    const begun = { ...AFTER, State: 'rollback_started', Message: 'update rolled back due to failure of task x' };
    expect(await external({ UpdateStatus: begun })).toMatchObject({
      by: 'swarm update-failure-action',
      inProgress: true,
    });
  });
});
