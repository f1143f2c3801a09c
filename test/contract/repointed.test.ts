import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileFacts, type ReadFacts } from '../../src/config/file-facts.ts';
import { recordTrust, trustOf } from '../../src/config/trust.ts';
import type { CommandSpec } from '../../src/core/model/rollback.ts';
import type { PlatformAdapter, PlatformContext } from '../../src/platforms/adapter.ts';
import { platforms } from '../../src/platforms/registry.ts';
import { StepRefused } from '../../src/platforms/step.ts';
import { steps } from '../../src/platforms/steps.ts';
import type { Platform } from '../../src/ports/platform.ts';
import { script } from '../fakes/act-bench.ts';
import type { MakeWorld, RepointedWorld } from '../fakes/repointed/world.ts';
import { repointedWorlds } from '../fakes/repointed/worlds.ts';
import { temporaryFolder } from '../fakes/temporary-folder.ts';

const folder = temporaryFolder();
const request = {
  pipeline: 'checkout',
  environment: 'staging',
  deploymentId: 'checkout@v2@1',
  fromVersion: 'v2',
  toVersion: 'v1',
};

const adapters = Object.entries(platforms as Record<string, PlatformAdapter>);
const worlds = adapters.flatMap(([name, adapter]) =>
  repointedWorlds[name as keyof typeof platforms].map((make): [string, PlatformAdapter, MakeWorld] => [
    `${name} (${make.name})`,
    adapter,
    make,
  ]),
);

function contextHere(): PlatformContext {
  return { baseDir: folder.path, host: { name: 'box', machineId: 'abc' }, home: '/', dryRunBecause: null };
}

/** A step or reading, in this process instead of its own. */
async function run({ argv, env }: CommandSpec, world: RepointedWorld): Promise<readonly string[]> {
  const [, , name = '', call = ''] = argv;
  const step = await steps[name]!();
  const argument = JSON.parse(call) as object;
  return step(world.call?.(argument) ?? argument, { ...env, ...world.env });
}

/** The steps of every action that changes something, whether or not the plain way back takes it. */
function changesOf(platform: Platform): readonly CommandSpec[] {
  const kinds = platform.abilities!().actions.filter((kind) => kind !== 'check-capacity');
  const actions = kinds.map((kind) => ({ kind, percent: 50 }));
  return platform.plan({ ...request, actions }).steps.map(({ command }) => command);
}

function readingsOf(platform: Platform): readonly CommandSpec[] {
  const { steps: planned, verify } = platform.plan(request);
  const readings = [
    platform.versionReader('checkout'),
    platform.factsReader?.('checkout') ?? null,
    verify.versionCommand,
    verify.verifyCommand,
    ...planned.map(({ readBack }) => readBack ?? null),
  ];
  return readings.filter((one) => one !== null);
}

/** What it says where it is refused. */
function refused(error: unknown): string {
  if (error instanceof StepRefused) return error.message;
  throw error;
}

it('has a world for every platform that has steps of its own', () => {
  const without = adapters.map(([name]) => name).filter((name) => !worlds.some(([title]) => title.startsWith(name)));
  expect(without).toEqual(adapters.map(([name]) => name).filter((name) => !(name in steps)));
});

describe.each(worlds)('platform %s, when its names lead elsewhere', (_, adapter, make) => {
  let world: RepointedWorld;
  let platform: Platform;
  beforeEach(async () => {
    world = await make(folder.path);
    platform = adapter.create(adapter.schema.parse(world.config), contextHere());
  });
  afterEach(() => world.close?.());

  it('reads and acts where they lead to the place that is meant', async () => {
    for (const reading of [platform.versionReader('checkout')!, platform.factsReader!('checkout')!]) {
      expect((await run(reading, world)).join('\n')).toContain('v2');
    }
    const { steps: planned } = platform.plan(request);
    for (const { command } of planned) await run(command, world);
    expect(world.effects()).not.toEqual([]);
  });

  it('is refused at every step, says where they lead, and changes nothing in either place', async () => {
    world.repoint();
    for (const step of changesOf(platform)) expect(await run(step, world).catch(refused)).toMatch(world.says);
    expect(world.effects()).toEqual([]);
  });

  it('reads nothing there, or only what is the truth all the same', async () => {
    world.repoint();
    for (const reading of readingsOf(platform)) {
      const said = await run(reading, world).catch(refused);
      if (world.readingsSeeNothing === undefined) expect(said).toMatch(world.says);
      else if (typeof said !== 'string') expect(said.join('\n')).toContain('v2');
    }
  });
});

/** Programs under names of the config, which is all that a command of this box is known by. */
const PROGRAMS: Readonly<Record<string, (root: string) => object>> = {
  shell: (root) => ({
    command: [script(join(root, 'roll-back'), 'true'), '{pipeline}', '{to}'],
    version: [script(join(root, 'version'), 'echo v2')],
  }),
};

describe.each(adapters)('platform %s, when a program is another one than was trusted', (name, adapter) => {
  it('is not trusted any more, by each of them', async () => {
    const make = repointedWorlds[name as keyof typeof platforms][0];
    const world = await make?.(folder.path);
    const config = adapter.schema.parse(world?.config ?? PROGRAMS[name]!(folder.path));
    await world?.close?.();
    const path = join(folder.path, 'rollwatch.yaml');
    writeFileSync(path, 'mode: ask\n', { mode: 0o600 });
    const executables = adapter.files(config, contextHere());
    const subject = { path, hash: fileFacts(path)!.hash, executables };
    const context = { env: { HOME: folder.path }, uid: process.getuid?.() ?? 0 };
    recordTrust(subject, context, 'ada', 1);
    expect(trustOf(subject, context).trusted).toBe(true);
    for (const program of executables) {
      const other: ReadFacts = (file) => {
        const facts = fileFacts(file);
        return facts !== null && file === program ? { ...facts, hash: 'another' } : facts;
      };
      const now = trustOf(subject, { ...context, readFacts: other });
      expect(now).toMatchObject({ trusted: false, changed: [program] });
    }
  });
});
