import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { PlatformAdapter, PlatformContext } from '../../src/platforms/adapter.ts';
import { platforms } from '../../src/platforms/registry.ts';
import { STEP_EXIT } from '../../src/platforms/step.ts';
import { steps } from '../../src/platforms/steps.ts';
import type { Strategy } from '../../src/core/model/rollback.ts';
import { PLAIN_ABILITIES, PlanError, type PlanRequest } from '../../src/ports/platform.ts';
import { removeDir, script, temporaryDir } from '../fakes/act-bench.ts';

const CLUSTER = '5f0c3a52-7a7e-4c58-9c0b-3b1d3f1f6a11';
const OTHER_CLUSTER = '0a1b2c3d-7a7e-4c58-9c0b-3b1d3f1f6a12';

const TWO_SIDES = [
  { name: 'blue', servers: ['blue1'], version: '/srv/blue/VERSION' },
  { name: 'green', servers: ['green1'], version: '/srv/green/VERSION' },
];

/** What each platform needs to be tried out: a config that works in a folder of its own. */
const CONFIGS: Record<keyof typeof platforms, (root: string) => object> = {
  shell: (root) => ({
    command: [script(join(root, 'rollback'), 'touch ran'), '{pipeline}', '{from}', '{to}'],
    version: [script(join(root, 'version'), 'echo v2; touch ran'), '{pipeline}'],
    verify: { command: [join(root, 'version')] },
  }),
  kubernetes: (root) => ({
    context: 'prod',
    namespace: 'shop',
    cluster: CLUSTER,
    kubectl: script(join(root, 'kubectl'), 'touch ran'),
  }),
  'argo-rollouts': (root) => ({
    context: 'prod',
    namespace: 'shop',
    cluster: CLUSTER,
    kubectl: script(join(root, 'kubectl'), 'touch ran'),
  }),
  helm: (root) => ({
    context: 'prod',
    namespace: 'shop',
    cluster: CLUSTER,
    kubectl: script(join(root, 'kubectl'), 'touch ran'),
    helm: script(join(root, 'helm'), 'touch ran'),
  }),
  'argo-cd': () => ({ server: 'https://argocd.example.com', uid: CLUSTER }),
  swarm: () => ({ cluster: 'k1q7v0kd2nq0zw9y3o8m5x4ab' }),
  nginx: (root) => ({
    include: join(root, '{pipeline}.conf'),
    nginx: script(join(root, 'nginx'), 'touch ran'),
    sides: TWO_SIDES,
    serving: 'http://127.0.0.1:9/version',
  }),
  releases: () => ({ root: '/srv/{pipeline}', reload: ['systemctl', 'reload', '{pipeline}'] }),
  ecs: (root) => ({
    cluster: 'arn:aws:ecs:eu-central-1:123456789012:cluster/shop',
    aws: script(join(root, 'aws'), 'touch ran'),
  }),
  haproxy: (root) => ({ socket: join(root, 'admin.sock'), sides: TWO_SIDES }),
};

/** What makes it another place of the same kind; where nothing is named it is another box. */
const ELSEWHERE: Partial<Record<keyof typeof platforms, object>> = {
  kubernetes: { cluster: OTHER_CLUSTER },
  'argo-rollouts': { cluster: OTHER_CLUSTER },
  'argo-cd': { uid: OTHER_CLUSTER },
  helm: { cluster: OTHER_CLUSTER },
  ecs: { cluster: 'arn:aws:ecs:eu-central-1:999999999999:cluster/shop' },
  swarm: { cluster: 'a1q7v0kd2nq0zw9y3o8m5x4ab' },
};

/** Platforms that run no program the config names: they call an API. */
const WITHOUT_FILES: ReadonlySet<string> = new Set(['argo-cd', 'haproxy', 'swarm']);

const request: PlanRequest = {
  pipeline: 'checkout',
  environment: 'staging',
  deploymentId: 'checkout@v2@1',
  fromVersion: 'v2',
  toVersion: 'v1',
};

describe.each(Object.entries(platforms as Record<string, PlatformAdapter>))('platform %s', (name, adapter) => {
  let root: string;
  let context: PlatformContext;
  let config: unknown;
  beforeEach(() => {
    root = temporaryDir();
    context = { baseDir: root, host: { name: 'box', machineId: 'abc' }, home: '/root', dryRunBecause: null };
    config = adapter.schema.parse(CONFIGS[name as keyof typeof platforms](root));
  });
  afterEach(() => removeDir(root));

  it('ships a sample config that its schema takes, and a README that names each key', () => {
    const folder = join(import.meta.dirname, '../../src/platforms', name);
    const sample = parse(readFileSync(join(folder, 'sample.config.yaml'), 'utf8')) as Record<string, unknown>;
    expect(adapter.schema.parse(sample)).toBeDefined();
    const readme = readFileSync(join(folder, 'README.md'), 'utf8');
    expect(Object.keys(sample).filter((key) => !readme.includes(`\`${key}`))).toEqual([]);
    const [, block = ''] = /```yaml\n([^]*?)```/.exec(readme) ?? [];
    const { rollback } = parse(block) as { readonly rollback: { readonly platform?: string } };
    const { platform: written = 'shell', ...shown } = rollback;
    expect([written, adapter.schema.safeParse(shown).error], 'the sample in the README').toEqual([name, undefined]);
    expect(readme, 'the rights it needs').toMatch(/\*\*Permissions/);
    expect(readme, 'its failure modes').toContain('**What can go wrong.**');
  });

  it('refuses a key it does not know', () => {
    expect(adapter.schema.safeParse({ ...(config as object), comand: ['x'] }).success).toBe(false);
  });

  it('plans exact steps with absolute programs and a whole environment, and spawns nothing', () => {
    const plan = adapter.create(config, context).plan(request);
    expect(plan.steps.length).toBeGreaterThan(0);
    const commands = [
      ...plan.steps.map(({ command }) => command),
      plan.verify.versionCommand,
      plan.verify.verifyCommand,
    ];
    for (const command of commands.filter((one) => one !== null)) {
      expect(command.argv[0]).toMatch(/^\//);
      expect(Object.keys(command.env)).toContain('PATH');
      expect(command.timeoutMs).toBeGreaterThan(0);
    }
    expect(plan).toMatchObject({ ...request, dryRun: false, dryRunBecause: null });
    expect(readdirSync(root)).not.toContain('ran');
  });

  it('gives equal requests equal plans, and any difference in the act another id', () => {
    const platform = adapter.create(config, context);
    const { id } = platform.plan(request);
    expect(platform.plan({ ...request })).toEqual(platform.plan(request));
    const others = [
      { ...request, pipeline: 'search' },
      { ...request, deploymentId: 'checkout@v2@2' },
      { ...request, fromVersion: 'v3' },
      { ...request, toVersion: 'v0' },
    ].map((other) => platform.plan(other).id);
    const other = ELSEWHERE[name as keyof typeof platforms];
    const there =
      other === undefined
        ? adapter.create(config, { ...context, host: { name: 'box', machineId: 'def' } })
        : adapter.create(adapter.schema.parse({ ...CONFIGS[name as keyof typeof platforms](root), ...other }), context);
    const elsewhere = there.plan(request).id;
    expect(new Set([id, elsewhere, ...others]).size).toBe(6);
  });

  it('gives every pipeline a target of its own, the same for any version', () => {
    const platform = adapter.create(config, context);
    expect(platform.target('checkout')).toEqual(platform.plan({ ...request, toVersion: 'v0' }).target);
    expect(platform.target('checkout').id).not.toBe(platform.target('search').id);
  });

  it('plans a dry run with the very same steps', () => {
    const real = adapter.create(config, context).plan(request);
    const dry = adapter.create(config, { ...context, dryRunBecause: 'read-only' }).plan(request);
    expect(dry).toEqual({ ...real, dryRun: true, dryRunBecause: 'read-only' });
  });

  it.each([
    '-rf',
    '--to=x',
    '.hidden',
    '',
    'a b',
    'a;b',
    '$(id)',
    'a\nb',
    'a/../b',
    '../a',
    'x'.repeat(129),
    'ä',
    '*',
    'a\u0000',
  ])('refuses the name %j wherever it could reach a command', (bad) => {
    const platform = adapter.create(config, context);
    for (const key of ['pipeline', 'environment', 'fromVersion', 'toVersion'] as const) {
      expect(() => platform.plan({ ...request, [key]: bad })).toThrow(PlanError);
    }
    expect(() => platform.versionReader(bad)).toThrow(PlanError);
  });

  it.each(['v1', '1.2.3', 'v1.2.3+build.5', 'sha256:0f', 'release/2026-01', 'a@b', '_x', 'x'.repeat(128)])(
    'takes the version %j',
    (good) => {
      expect(adapter.create(config, context).plan({ ...request, toVersion: good }).toVersion).toBe(good);
    },
  );

  it('says what it can do', () => {
    const platform = adapter.create(config, context);
    const { hasVersionReader, hasVerify, configured } = adapter.ability(config);
    const { verify } = platform.plan(request);
    expect(configured).toBe(true);
    expect(hasVersionReader).toBe(verify.versionCommand !== null);
    expect(hasVersionReader).toBe(platform.versionReader('checkout') !== null);
    expect(hasVerify).toBe(verify.versionCommand !== null || verify.verifyCommand !== null);
  });

  it('states abilities that hold together, and refuses what they do not name', () => {
    const platform = adapter.create(config, context);
    const abilities = platform.abilities?.() ?? PLAIN_ABILITIES;
    const all: readonly Strategy[] = ['full', 'progressive', 'partial', 'blue-green', 'ab'];
    for (const strategy of all.filter((one) => !abilities.strategies.includes(one))) {
      expect(abilities.whyNot[strategy], strategy).toMatch(/\w/);
      if (platform.abilities !== undefined) {
        expect(() => platform.plan({ ...request, strategy }), strategy).toThrow(PlanError);
      }
    }
    expect(abilities.actions.includes('traffic')).toBe(abilities.trafficWeights);
    expect(abilities.strategies.includes('progressive') && !abilities.trafficWeights).toBe(false);
  });

  it('has a step of its own run again only where the target could not be asked before the act', () => {
    const own = adapter
      .create(config, context)
      .plan(request)
      .steps.filter(({ unknownExitCode }) => unknownExitCode !== undefined);
    expect(own.length > 0).toBe(name in steps);
    for (const { retry } of own) expect(retry?.exitCodes).toEqual([STEP_EXIT.unreached]);
  });

  it('says each step in words and as the exact call, without secrets of the environment', () => {
    for (const step of adapter.create(config, context).plan(request).steps) {
      expect(step.text).toMatch(/\w/);
      expect(step.call ?? step.command.argv.join(' ')).toMatch(/\w/);
    }
  });

  it('names its files for the trust in the config', () => {
    const files = adapter.files(config, context);
    expect(files.length > 0).toBe(!WITHOUT_FILES.has(name));
    expect(files.filter((file) => !file.startsWith('/'))).toEqual([]);
  });
});
