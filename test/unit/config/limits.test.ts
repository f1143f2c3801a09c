import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadConfig, type LoadedConfig } from '../../../src/config/load.ts';
import { NO_FLAGS } from '../../../src/config/outside.ts';

async function load(yaml: string): Promise<LoadedConfig> {
  const folder = mkdtempSync(join(tmpdir(), 'rollwatch-limits-'));
  const config = join(folder, 'rollwatch.yaml');
  writeFileSync(config, yaml);
  try {
    return await loadConfig({ flags: { ...NO_FLAGS, config }, env: {}, cwd: folder });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const explained = (config: LoadedConfig): string | undefined =>
  config.explain('checkout').find(({ key }) => key === 'analysis.limits')?.value;

it('takes the limits that are written and Argo’s for the others', async () => {
  const config = await load('analysis:\n  limits: {interval: 1m, count: 30, failureLimit: 2}\n');
  expect(config.settingsFor('checkout').analysis.limits).toEqual({
    count: 30,
    intervalMs: 60_000,
    initialDelayMs: 0,
    failureLimit: 2,
    inconclusiveLimit: 0,
    consecutiveErrorLimit: 4,
    consecutiveSuccessLimit: 0,
  });
  expect(explained(config)).toBe('every 1m, 30 in all; at most 2 failed, 0 inconclusive, 4 errors in a row');
});

it('leaves the decision to persistence where none are written', async () => {
  const config = await load('mode: ask\n');
  expect(config.settingsFor('checkout').analysis.limits).toBeNull();
  expect(explained(config)).toBe('none: persistence decides');
});

it.each([
  ['{count: 3}', 'analysis.limits.interval'],
  ['{interval: 1m, failureLimit: -2}', 'expected a whole number from -1 to 100000, found -2'],
  ['{interval: 1m, failurelimit: 2}', 'did you mean "failureLimit"'],
])('refuses %s', async (written, why) => {
  await expect(load(`analysis:\n  limits: ${written}\n`)).rejects.toThrow(why);
});
