import { describe, expect, it } from 'vitest';
import type { Ecs } from '../../../../src/platforms/ecs/aws.ts';
import type { EcsCall } from '../../../../src/platforms/ecs/call.ts';
import { stabilityOf } from '../../../../src/platforms/ecs/stable.ts';
import { timeOf } from '../../../../src/platforms/ecs/time.ts';
import { undo } from '../../../../src/platforms/ecs/undo.ts';
import { StepRefused, StepUnknown } from '../../../../src/platforms/step.ts';

const CLUSTER = 'arn:aws:ecs:eu-central-1:123456789012:cluster/shop';
const arn = (revision: number): string => `arn:aws:ecs:eu-central-1:123456789012:task-definition/checkout:${revision}`;
const call: EcsCall = {
  at: {
    aws: '/usr/bin/aws',
    region: 'eu-central-1',
    profile: null,
    endpoint: null,
    cluster: CLUSTER,
    service: 'checkout',
  },
  naming: { source: 'image-tag', container: null },
  timeoutMs: 2000,
  versions: { from: 'v2', to: 'v1' },
  act: { do: 'undo' },
};

interface World {
  revision: number;
  running: number;
  rolloutState: string;
  clusterArn: string;
  /** Called at each look at the service. */
  look: (count: number) => void;
}

/** ECS with one service at v2; an update takes effect as `world` says. */
function ecsOf(change: Partial<World> = {}, versions: readonly string[] = ['v1', 'v2']) {
  const world: World = {
    revision: 2,
    running: 2,
    rolloutState: 'COMPLETED',
    clusterArn: CLUSTER,
    look: () => undefined,
    ...change,
  };
  const writes: string[] = [];
  let looks = 0;
  const ecs: Ecs = {
    async read(operation, args) {
      if (operation === 'describe-task-definition') {
        const revision = Number(args[1]!.split(':').at(-1));
        const containerDefinitions = [{ name: 'checkout', image: `app:${versions[revision - 1] ?? ''}` }];
        return { taskDefinition: { taskDefinitionArn: arn(revision), family: 'checkout', containerDefinitions } };
      }
      if (operation === 'list-task-definitions') {
        return {
          taskDefinitionArns: [
            ...versions.map((_, index) => arn(index + 1)).toReversed(),
            arn(1).replace('checkout', 'checkout-2'),
          ],
        };
      }
      if (operation === 'list-service-deployments') throw new StepRefused('AccessDeniedException');
      if (operation !== 'describe-services') throw new Error(`unexpected: ${operation}`);
      world.look((looks += 1));
      const { revision, running: runningCount, rolloutState, clusterArn } = world;
      const deployment = {
        id: `d${revision}`,
        status: 'PRIMARY',
        taskDefinition: arn(revision),
        desiredCount: 2,
        runningCount,
        rolloutState,
      };
      return { services: [{ status: 'ACTIVE', clusterArn, taskDefinition: arn(revision), deployments: [deployment] }] };
    },
    async write(operation, args) {
      writes.push(`${operation} ${args.at(-1)!}`);
      world.revision = 1;
      return {};
    },
  };
  return { ecs, writes, world };
}

describe('an undo', () => {
  it('updates the service where service deployments cannot be read, and says so', async () => {
    const { ecs, writes } = ecsOf();
    const said = await undo(ecs, call);
    expect(writes).toEqual([`update-service ${arn(1)}`]);
    expect(said).toEqual([
      'the service is given checkout:1',
      'service deployments cannot be read: AccessDeniedException',
      '2 of 2 tasks run checkout:1, version v1, 1 deployments, COMPLETED',
    ]);
  });

  it('is unknown when it is not stable in time, or cannot be read back', async () => {
    const slow = ecsOf({ rolloutState: 'IN_PROGRESS' });
    await expect(undo(slow.ecs, call)).rejects.toThrow('not stable in time: 2 of 2 tasks run checkout:1');
    const lost = ecsOf();
    lost.world.look = () => {
      if (lost.world.revision === 1) throw new StepRefused('connection refused');
    };
    const error: unknown = await undo(lost.ecs, call).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(StepUnknown);
  });

  it('is refused when looking took the time in which it could be followed, and nothing is sent', async () => {
    const { ecs, writes } = ecsOf();
    await expect(undo(ecs, { ...call, timeoutMs: 0 })).rejects.toThrow('took all of the time: nothing was done');
    expect(writes).toEqual([]);
  });

  it('is refused when another deployment comes in between, and nothing is sent', async () => {
    const { ecs, writes, world } = ecsOf({}, ['v1', 'v2', 'v3']);
    world.look = (count) => {
      if (count > 1) world.revision = 3;
    };
    await expect(undo(ecs, call)).rejects.toThrow('the service was changed meanwhile (checkout:3): nothing was done');
    expect(writes).toEqual([]);
  });

  it('is refused without a task definition of the version, and in another account', async () => {
    const none = ecsOf({}, ['v0', 'v2']);
    await expect(undo(none.ecs, call)).rejects.toThrow('has version v1 among the newest 25 (v0)');
    const clusterArn = CLUSTER.replace('123456789012', '999999999999');
    await expect(undo(ecsOf({ clusterArn }).ecs, call)).rejects.toThrow('the credentials lead to');
  });
});

it('a service is stable only when all tasks of its one deployment run at the earlier version', async () => {
  const at = async (change: Partial<World>): Promise<boolean> => (await stabilityOf(ecsOf(change).ecs, call)).stable;
  expect(await at({ revision: 1 })).toBe(true);
  expect(await at({ revision: 1, running: 1 })).toBe(false);
  expect(await at({ revision: 2 })).toBe(false);
  expect(await at({ revision: 1, rolloutState: 'IN_PROGRESS' })).toBe(false);
  expect((await stabilityOf(ecsOf({ revision: 1, rolloutState: 'FAILED' }).ecs, call)).failed).toBe(true);
});

it('times of both versions of the CLI are read', () => {
  expect(timeOf(1_760_000_000.25)).toBe(1_760_000_000_250);
  expect(timeOf('2026-01-01T00:00:00.000000+00:00')).toBe(Date.UTC(2026, 0, 1));
  expect(timeOf('yesterday')).toBeNull();
  expect(timeOf(undefined)).toBeNull();
});
