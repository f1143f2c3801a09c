import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { prepareDemo, type DemoWorld } from '../../../../src/app/demo/index.ts';
import { NO_FLAGS } from '../../../../src/config/outside.ts';
import { trustOfConfig } from '../../../../src/config/trust-subject.ts';

let parent = '';
let demo: DemoWorld;
const problems: string[] = [];
const clock = { nowMs: () => Date.now(), monotonicMs: () => performance.now() };

beforeEach(async () => {
  parent = mkdtempSync(path.join(tmpdir(), 'rollwatch-test-'));
  problems.length = 0;
  const env = {
    HOME: path.join(parent, 'home-that-stays-empty'),
    ROLLWATCH_STATE_DIR: '/nowhere',
    ROLLWATCH_MODE: 'observe',
  };
  const onProblem = (problem: string) => problems.push(problem);
  demo = await prepareDemo({ seed: 1, parent, env, flags: NO_FLAGS, clock, onProblem });
});
afterEach(() => {
  demo.stop();
  rmSync(parent, { recursive: true, force: true });
});

function rows(name: string): number {
  return readFileSync(path.join(demo.paths[0]!, name), 'utf8').split('\n').length;
}

describe('a prepared demo', () => {
  it('has an hour of history up to now and a trusted config, and touches nothing outside its folder', () => {
    expect(readdirSync(demo.paths[0]!).length).toBe(13);
    expect(rows('metrics_checkout.csv')).toBeGreaterThan(3600);
    const last = readFileSync(path.join(demo.paths[0]!, 'metrics_catalog.csv'), 'utf8').trimEnd().split('\n').at(-1)!;
    expect(Math.abs(Date.parse(last.split(',')[0]!) - Date.now())).toBeLessThan(30_000);
    expect(trustOfConfig(demo.config, demo.env)).toMatchObject({ trusted: true });
    expect(readdirSync(parent)).toEqual([path.basename(demo.folder)]);
    expect(existsSync(demo.stateDir)).toBe(false);
  });

  it("is not bent by what the user's environment says of real pipelines", () => {
    expect(demo.config.stateDir.value).toBe(demo.stateDir);
    expect(demo.config.settingsFor('search').policy.mode).toBe('auto');
    expect(demo.env['HOME']).toContain('home-that-stays-empty');
  });

  it('has a rollback with version reader and verification for every pipeline', () => {
    expect(demo.config.rollbackFor('checkout')?.ability).toEqual({
      configured: true,
      hasVersionReader: true,
      hasVerify: true,
    });
  });

  it('stands still until it is started, then grows', async () => {
    const before = rows('metrics_catalog.csv');
    demo.start();
    await vi.waitFor(() => expect(rows('metrics_catalog.csv')).toBeGreaterThan(before + 1), 10_000);
    demo.stop();
    const stopped = rows('metrics_catalog.csv');
    demo.start();
    expect(rows('metrics_catalog.csv')).toBeGreaterThanOrEqual(stopped);
    expect(problems).toEqual([]);
  });

  it('removes its folder, and says so when the folder vanishes under it', () => {
    rmSync(demo.paths[0]!, { recursive: true });
    demo.start();
    expect(problems).toEqual([expect.stringContaining("The demo's world stands still: ENOENT")]);
    demo.cleanup();
    expect(readdirSync(parent)).toEqual([]);
  });
});
