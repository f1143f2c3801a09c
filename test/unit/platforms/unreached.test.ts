import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createEcs } from '../../../src/platforms/ecs/aws.ts';
import { readRuntime } from '../../../src/platforms/haproxy/runtime.ts';
import { createKubectl } from '../../../src/platforms/kube-client.ts';
import { afterChange, StepRefused, StepUnknown, StepUnreached } from '../../../src/platforms/step.ts';
import { readEngine } from '../../../src/platforms/swarm/engine.ts';
import { script } from '../../fakes/act-bench.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';

const folder = temporaryFolder();
const at = (name: string): string => join(folder.path, name);

function failing(said: string): string {
  return script(at('program'), `echo '${said}' >&2; exit 1`);
}

const kubectl = (said: string): Promise<unknown> =>
  createKubectl({ kubectl: failing(said), context: 'c', namespace: 'n', cluster: 'u' }, {}).get('deployment/x');
const aws = (said: string): Promise<unknown> => {
  const place = { aws: failing(said), region: 'r', profile: null, endpoint: null, cluster: 'c', service: 's' };
  return createEcs(place, {}).read('describe-services', []);
};

async function thrown(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => null,
    (error: unknown) => error,
  );
}

describe('a question before the act', () => {
  it.each([
    ['the Engine has no socket', () => readEngine(at('none'), '/info')],
    ['HAProxy has no socket', () => readRuntime(at('none'), 'show info')],
    [
      'the API server refuses connections',
      () => kubectl('The connection to the server x was refused - connection refused'),
    ],
    ['the API server is overloaded', () => kubectl('Error from server (TooManyRequests): try later')],
    ['ECS throttles', () => aws('An error occurred (ThrottlingException) when calling DescribeServices')],
    ['ECS is not reached', () => aws('Could not connect to the endpoint URL: "https://x"')],
  ])('may be asked again where %s', async (_, ask) => {
    expect(await thrown(ask())).toBeInstanceOf(StepUnreached);
  });

  it.each([
    ['the API server forbids it', () => kubectl('Error from server (Forbidden): deployments is forbidden')],
    ['ECS denies it', () => aws('An error occurred (AccessDeniedException) when calling DescribeServices')],
  ])('is answered for good where %s', async (_, ask) => {
    const error = await thrown(ask());
    expect(error).toBeInstanceOf(StepRefused);
    expect(error).not.toBeInstanceOf(StepUnreached);
  });
});

it('a look after a change that fails is unknown, never a refusal', async () => {
  const error = await thrown(afterChange(Promise.reject(new StepUnreached('gone'))));
  expect(error).toBeInstanceOf(StepUnknown);
  expect((error as Error).message).toBe('it was changed, but not read back: gone');
  expect(await afterChange(Promise.resolve(1))).toBe(1);
});
