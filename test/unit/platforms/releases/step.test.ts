import { mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ReleasesAct, ReleasesCall } from '../../../../src/platforms/releases/call.ts';
import { releasesStep } from '../../../../src/platforms/releases/step.ts';
import { StepRefused, StepUnknown } from '../../../../src/platforms/step.ts';
import { script } from '../../../fakes/act-bench.ts';
import { releasesIn, releasesPlatform } from '../../../fakes/releases-world.ts';
import { temporaryFolder } from '../../../fakes/temporary-folder.ts';

const folder = temporaryFolder();
let link: ReturnType<typeof releasesIn>;
beforeEach(() => {
  link = releasesIn(folder.path);
});

function run(act: ReleasesAct['do'], change: Partial<ReleasesCall> = {}): Promise<readonly string[]> {
  const call: ReleasesCall = {
    program: ['/bin/sh', '-s', '--'],
    machineId: null,
    root: join(folder.path, 'checkout'),
    current: 'current',
    releases: 'releases',
    reload: null,
    versions: { from: 'v2', to: 'v1' },
    act: { do: act },
    ...change,
  };
  return releasesStep(call, { PATH: '/usr/bin:/bin' });
}

describe('a link', () => {
  it('leads to the earlier release in one rename and leaves nothing beside it', async () => {
    const root = join(folder.path, 'checkout');
    expect(await run('link')).toEqual([`${root}/current leads to v1 again, before it was v2`]);
    expect(link.current()).toBe('releases/v1');
    expect(readdirSync(root).toSorted()).toEqual(['current', 'releases']);
    expect(await run('version')).toEqual(['v1']);
    expect(await run('serving')).toEqual([`${root}/current leads to v1`]);
  });

  it.each([
    ['another version serves', { versions: { from: 'v3', to: 'v1' } }, 'leads to v2, not to v3'],
    ['there is no such release', { versions: { from: 'v2', to: 'v0' } }, 'there is no release v0'],
    ['there is no folder', { root: '/nowhere' }, 'there is no folder /nowhere'],
    ['it is no link', { current: 'releases' }, 'is no link'],
    ['it is another machine', { machineId: 'none-such' }, 'not none-such as configured'],
    ['there is no shell', { program: ['/nowhere/sh'] as const }, 'could not be started'],
    ['there is no connection', { program: ['/bin/sh', '-c', 'exit 255'] as const }, 'exited with 255'],
  ])('is refused when %s', async (_, change, words) => {
    const error: unknown = await run('link', change).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(StepRefused);
    expect((error as Error).message).toContain(words);
    expect(link.current()).toBe('releases/v2');
  });

  it('that leads out of the releases is refused', async () => {
    const root = join(folder.path, 'checkout');
    mkdirSync(join(folder.path, 'other'));
    rmSync(join(root, 'current'));
    symlinkSync(join(folder.path, 'other'), join(root, 'current'));
    await expect(run('link')).rejects.toThrow('which is no release in');
  });

  it('is unknown when the connection breaks after the script began', async () => {
    const broken = ['/bin/sh', '-c', 'echo begun; exit 255'] as const;
    await expect(run('link', { program: broken })).rejects.toBeInstanceOf(StepUnknown);
    await expect(run('version', { program: broken })).rejects.toBeInstanceOf(StepRefused);
  });
});

describe('a reload', () => {
  it('runs with its words whole, only at the earlier release', async () => {
    const reload = [script(join(folder.path, 'reload'), 'echo "got $# $1"'), 'a b'];
    await expect(run('reload', { reload })).rejects.toThrow('leads to v2, not to v1');
    await run('link');
    expect(await run('reload', { reload })).toEqual(['got 1 a b', `${reload[0]} has ended`]);
  });

  it('that fails is a failure, not a refusal: the link leads back already', async () => {
    await run('link');
    const reload = [script(join(folder.path, 'reload'), 'exit 7')];
    const error: unknown = await run('reload', { reload }).catch((thrown: unknown) => thrown);
    expect(error).not.toBeInstanceOf(StepRefused);
    expect((error as Error).message).toContain('reload exited with 7');
  });

  it('is a step of its own after the link', () => {
    const request = { pipeline: 'checkout', environment: null, deploymentId: 'd', fromVersion: 'v2', toVersion: 'v1' };
    const plan = releasesPlatform(folder.path, { reload: ['/bin/true', '{pipeline}'] }).plan(request);
    expect(plan.steps.map(({ text }) => text)).toEqual([
      `let ${folder.path}/checkout/current lead to v1, if it still leads to v2`,
      'make the service take it: /bin/true checkout',
    ]);
  });
});
