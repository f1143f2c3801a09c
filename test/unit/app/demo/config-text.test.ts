import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { configText } from '../../../../src/app/demo/config-text.ts';
import { makeFolder, type DemoFolder } from '../../../../src/app/demo/folder.ts';
import { DEMO_FLEET } from '../../../../src/app/demo/fleet.ts';
import { loadConfig, type LoadedConfig } from '../../../../src/config/load.ts';
import { NO_FLAGS } from '../../../../src/config/outside.ts';

let parent = '';
let folder: DemoFolder;
let config: LoadedConfig;

beforeEach(async () => {
  // A name that YAML would take for something else if it were not quoted.
  parent = mkdtempSync(path.join(tmpdir(), 'rollwatch: #test-'));
  folder = makeFolder(parent);
  writeFileSync(folder.configPath, configText(folder), { mode: 0o600 });
  config = await loadConfig({ flags: { ...NO_FLAGS, config: folder.configPath }, env: {}, cwd: folder.root });
});
afterEach(() => rmSync(parent, { recursive: true }));

describe("the demo's configuration", () => {
  it('is valid without a warning and keeps its state in the folder', () => {
    expect(config.warnings).toEqual([]);
    expect(config.explain('checkout').find((value) => value.key === 'stateDir')?.value).toBe(folder.stateDir);
  });

  it('gives every pipeline its environment: a typed name, a key, a countdown', () => {
    for (const { name, environment } of DEMO_FLEET) {
      const { policy } = config.settingsFor(name);
      expect(policy, name).toMatchObject({
        environment,
        production: environment === 'production',
        mode: environment === 'canary' ? 'auto' : 'ask',
        autoCountdownMs: 20_000,
      });
    }
  });

  it('has windows that fit its logs', () => {
    const { analysis } = config.settingsFor('checkout');
    expect(analysis).toMatchObject({ controlMs: 600_000, warmUpMs: 3_000, analysisMs: 120_000, persistence: 3 });
    const earliest = Math.max(...DEMO_FLEET.map((one) => one.deployedMinutesAgo ?? 0));
    expect(earliest * 60_000 + analysis.controlMs).toBeLessThanOrEqual(62 * 60_000);
  });
});
