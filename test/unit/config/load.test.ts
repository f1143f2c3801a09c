import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig, type LoadedConfig } from '../../../src/config/load.ts';
import { configPlaces } from '../../../src/config/locate.ts';
import { NO_FLAGS, type ConfigFlags } from '../../../src/config/outside.ts';

let cwd = '';
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'rollwatch-config-'));
});
afterEach(() => {
  rmSync(cwd, { recursive: true, force: true });
});

function load(
  yaml: string | null,
  flags: Partial<ConfigFlags> = {},
  env: Record<string, string> = {},
): Promise<LoadedConfig> {
  if (yaml !== null) writeFileSync(join(cwd, 'rollwatch.yaml'), yaml);
  return loadConfig({ flags: { ...NO_FLAGS, ...flags }, env, cwd });
}

/** The value and origin of one line of `config explain`, the folder of the test left out. */
function explained(config: LoadedConfig, key: string, pipeline: string | null = 'checkout-eu'): string {
  const found = config.explain(pipeline).find((one) => one.key === key);
  return `${found?.value} from ${found?.origin.replaceAll(`${cwd}/`, '')}`;
}

const LAYERED = `mode: auto
analysis: {persistence: 4}
guards: {autoPersistence: 5}
metrics:
  error_rate: {limit: 3%}
freeze:
  - {name: night, from: "22:00", to: "06:00"}
environments:
  production: {mode: ask, freeze: [{name: weekend, days: [sat, sun], from: "00:00", to: "23:59", zone: "-03:30"}]}
  canary: {production: false}
pipelines:
  - {match: "checkout-*", environment: production, metrics: {"*_rate": {weight: 9}}}
  - {match: checkout-eu, analysis: {persistence: 7}}
  - {match: solo, environment: canary}
`;

describe('a config in layers', () => {
  it('lets the later layer win key by key', async () => {
    const { analysis, policy, metrics } = (await load(LAYERED)).settingsFor('checkout-eu');
    expect(analysis.persistence).toBe(7);
    expect(policy).toMatchObject({ mode: 'ask', environment: 'production', production: true });
    expect(metrics('error_rate')).toMatchObject({ limit: 3, weight: 9, worse: 'up', unit: 'percent' });
    expect(metrics('cpu_usage')).toMatchObject({ limit: 90 });
  });

  it('never gives auto fewer samples than a verdict needs', async () => {
    expect((await load(LAYERED)).settingsFor('checkout-eu').policy.autoPersistence).toBe(7);
  });

  it('adds up the freeze windows of all layers', async () => {
    const { freezeWindows } = (await load(LAYERED)).settingsFor('checkout-eu').policy;
    expect(freezeWindows).toEqual([
      { name: 'night', days: [], fromMinute: 1320, toMinute: 360, timeZoneOffsetMinutes: 0 },
      { name: 'weekend', days: [6, 0], fromMinute: 0, toMinute: 1439, timeZoneOffsetMinutes: -210 },
    ]);
  });

  it('allows auto only in an environment that the config names', async () => {
    const config = await load(LAYERED);
    expect(config.settingsFor('solo').policy.mode).toBe('auto');
    expect(config.settingsFor('other').policy.mode).toBe('ask');
    expect(config.settingsFor('other', 'canary').policy).toMatchObject({ mode: 'ask', environment: 'canary' });
  });

  it('takes the config’s word for the environment before a marker’s', async () => {
    const { policy } = (await load(LAYERED)).settingsFor('checkout-eu', 'canary');
    expect(policy).toMatchObject({ environment: 'production', production: true });
  });

  it('takes a name for production where nothing is said', async () => {
    const config = await load(null);
    expect(config.settingsFor('a', 'production').policy.production).toBe(true);
    expect(config.settingsFor('a', 'staging').policy.production).toBe(false);
  });

  it('gives the same settings object again', async () => {
    const config = await load(LAYERED);
    expect(config.settingsFor('a')).toBe(config.settingsFor('a'));
  });
});

describe('explain', () => {
  it.each([
    ['mode', 'ask from rollwatch.yaml:9'],
    ['analysis.persistence', '7 from rollwatch.yaml:13'],
    ['analysis.control', '1h from default'],
    ['environment', 'production from rollwatch.yaml:12'],
    ['production', 'true from default'],
    ['guards.autoPersistence', '7 from rollwatch.yaml:13 (persistence)'],
    ['freeze', 'night, weekend from rollwatch.yaml:6, rollwatch.yaml:9'],
    ['metrics.error_rate.limit', '3% from rollwatch.yaml:5'],
    ['metrics.error_rate.weight', '9 from rollwatch.yaml:12'],
    ['metrics.error_rate.worse', 'up from name of the metric'],
    ['metrics.*_rate.weight', '9 from rollwatch.yaml:12'],
    ['rollback', 'none: dry run only from default'],
  ])('says where %s comes from', async (key, text) => {
    expect(explained(await load(LAYERED), key)).toBe(text);
  });

  it('names flags and the environment of the process', async () => {
    const config = await load(
      LAYERED,
      { policy: 'seed', mode: 'ask', fps: 2 },
      { ROLLWATCH_MODE: 'observe', ROLLWATCH_STATE_DIR: '/s' },
    );
    expect(explained(config, 'policy')).toBe('seed from flag --policy');
    expect(explained(config, 'mode')).toBe('observe from environment ROLLWATCH_MODE');
    expect(explained(config, 'stateDir')).toBe('/s from environment ROLLWATCH_STATE_DIR');
    expect(explained(config, 'screen.fps')).toBe('2 from flag --fps');
  });

  it('says when auto was lowered and why', async () => {
    expect(explained(await load('mode: auto\n'), 'mode')).toBe(
      'ask from rollwatch.yaml:1, lowered: the config names no environment',
    );
  });
});

describe('flags', () => {
  it.each([
    ['observe', 'observe'],
    ['auto', 'ask'],
  ] as const)('can only lower the mode: --mode %s gives %s', async (mode, effective) => {
    const config = await load(LAYERED, { mode });
    expect(config.settingsFor('checkout-eu').policy.mode).toBe(effective);
  });

  it('refuses a mode in the environment that is none', async () => {
    await expect(load(null, {}, { ROLLWATCH_MODE: 'obsrve' })).rejects.toThrow(
      'environment: ROLLWATCH_MODE: expected one of observe, ask, auto, found "obsrve"; did you mean "observe"?',
    );
  });
});

describe('where a config is looked for', () => {
  it('needs none', async () => {
    const config = await load(null, {}, { HOME: cwd });
    expect(config).toMatchObject({ path: null, hash: null, warnings: [] });
    expect(config.settingsFor('x').policy).toMatchObject({ name: 'guarded', mode: 'ask' });
    expect(config.sources.value).toEqual([{ paths: ['monitor_logs'], zoneOffsetMinutes: 0, backfillMs: 691_200_000 }]);
  });

  it('is a fixed order', () => {
    expect(configPlaces(null, { HOME: '/home/a' }, '/w').map((place) => place.path)).toEqual([
      '/w/rollwatch.yaml',
      '/home/a/.config/rollwatch/rollwatch.yaml',
      '/etc/rollwatch/rollwatch.yaml',
    ]);
    expect(configPlaces(null, { XDG_CONFIG_HOME: '/x', HOME: '/h' }, '/w')[1]?.path).toBe(
      '/x/rollwatch/rollwatch.yaml',
    );
    expect(configPlaces(null, { XDG_CONFIG_HOME: 'relative', HOME: '/h' }, '/w')[1]?.path).toBe(
      '/h/.config/rollwatch/rollwatch.yaml',
    );
    expect(configPlaces(null, { ROLLWATCH_CONFIG: 'a.yaml' }, '/w')).toMatchObject([
      { path: '/w/a.yaml', required: true },
    ]);
    expect(configPlaces('b.yaml', { ROLLWATCH_CONFIG: 'a.yaml' }, '/w')).toMatchObject([
      { path: '/w/b.yaml', required: true },
    ]);
  });

  it('must be there when it is named', async () => {
    await expect(load(null, { config: 'none.yaml' })).rejects.toThrow(
      `${cwd}/none.yaml: is not there; make one with \`rollwatch config init\``,
    );
  });

  it('must be a text file', async () => {
    mkdirSync(join(cwd, 'd.yaml'));
    writeFileSync(join(cwd, 'b.yaml'), Buffer.from([0xff, 0xfe, 0x00]));
    writeFileSync(join(cwd, 'l.yaml'), `# ${'x'.repeat(1024 * 1024)}`);
    await expect(load(null, { config: 'd.yaml' })).rejects.toThrow('is not a regular file');
    await expect(load(null, { config: 'b.yaml' })).rejects.toThrow('is not UTF-8 text; save it as UTF-8');
    await expect(load(null, { config: 'l.yaml' })).rejects.toThrow('at most 1048576 are read');
  });

  it('takes paths of sources relative to itself', async () => {
    const config = await load('sources: [{paths: [logs, /var/log/x], zone: "+02:00"}]\n');
    expect(config.sources.value).toEqual([
      { paths: [join(cwd, 'logs'), '/var/log/x'], zoneOffsetMinutes: 120, backfillMs: 691_200_000 },
    ]);
  });
});

describe('rollbacks', () => {
  const context = { host: { name: 'box', machineId: 'm' }, home: '/root', dryRunBecause: null };

  it('are those of the last entry that has one, whole', async () => {
    const config = await load(`pipelines:
  - {match: "*", rollback: {command: [/bin/true, "{to}"], timeout: 5m}}
  - {match: b, rollback: {command: [/bin/echo], dryRun: true}}
  - {match: b, mode: observe}
`);
    expect(config.rollbackFor('a')).toMatchObject({
      platform: 'shell',
      dryRun: false,
      origin: `${cwd}/rollwatch.yaml:2`,
    });
    expect(config.rollbackFor('b')).toMatchObject({
      dryRun: true,
      ability: { configured: true, hasVersionReader: false },
    });
    expect(config.executables(context)).toEqual(['/bin/echo', '/bin/true']);
    expect(config.rollbackFor('a')?.create(context).name).toBe('shell');
  });

  it('are none without a word of the config', async () => {
    const config = await load('mode: ask\n');
    expect(config.rollbackFor('a')).toBeNull();
    expect(config.executables(context)).toEqual([]);
  });
});

describe('groups', () => {
  it('fit pipelines by pattern, with their needs and how they are judged', async () => {
    const yaml = `groups:
  - name: shop
    match: ['checkout-*', db]
    needs: {checkout-eu: [db]}
    together: 1h
    judge: {for: 30s}
`;
    const config = await load(yaml);
    const [shop] = config.groups;
    expect(shop).toMatchObject({ name: 'shop', needs: { 'checkout-eu': ['db'] }, togetherMs: 3_600_000 });
    expect(shop?.judge).toEqual({ healthAtLeast: 70, worseBy: 10, forMs: 30_000, holdMs: 900_000 });
    expect([shop?.has('checkout-eu'), shop?.has('db'), shop?.has('dbx')]).toEqual([true, true, false]);
    expect(explained(config, 'groups')).toBe('shop from rollwatch.yaml:2');
    expect((await load('mode: ask\n')).groups).toEqual([]);
  });
});
