import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { logPath, makeFolder, readVersions, type DemoFolder } from '../../../../src/app/demo/folder.ts';
import { createRunner, writeHistory } from '../../../../src/app/demo/runner.ts';
import { createWorld, type World } from '../../../../src/app/demo/world.ts';

const START_MS = 1_772_442_000_000;
let parent = '';
let folder: DemoFolder;
let world: World;
let nowMs = START_MS;
const clock = { nowMs: () => nowMs, monotonicMs: () => nowMs };

beforeEach(() => {
  parent = mkdtempSync(path.join(tmpdir(), 'rollwatch-test-'));
  folder = makeFolder(parent);
  world = createWorld(1, START_MS);
  nowMs = START_MS;
});
afterEach(() => rmSync(parent, { recursive: true }));

function lines(pipeline: string): string[] {
  const one = world.fleet.find((candidate) => candidate.name === pipeline)!;
  return readFileSync(logPath(folder, one), 'utf8').trimEnd().split('\n');
}

describe('the runner of the demo', () => {
  it('appends one row a second however often it is called, and deploys on time', () => {
    writeHistory(folder, world);
    const runner = createRunner(folder, world, START_MS, clock);
    const before = lines('checkout').length;
    for (; nowMs <= START_MS + 16_500; nowMs += 250) runner.advance();
    expect(lines('checkout').length - before).toBe(17);
    expect(lines('checkout').at(-1)).toMatch(/^2026-03-02T09:00:16Z,/);
    expect(readVersions(folder, world.fleet).get('checkout')).toBe('v412');
    const markers = readFileSync(path.join(folder.logs, 'deployments.jsonl'), 'utf8').trimEnd().split('\n');
    expect(JSON.parse(markers.at(-1)!)).toMatchObject({ pipeline: 'checkout', version: 'v412', previous: 'v411' });
  });

  it('goes on at the present after a long sleep', () => {
    writeHistory(folder, world);
    const runner = createRunner(folder, world, START_MS, clock);
    runner.advance();
    const before = lines('catalog').length;
    nowMs += 7 * 3_600_000;
    runner.advance();
    expect(lines('catalog').length - before).toBeLessThan(3);
    expect(lines('catalog').at(-1)).toMatch(/^2026-03-02T16:00:00Z,/);
  });

  it('heals a pipeline after the real rollback script put the old version back', () => {
    writeHistory(folder, world);
    const runner = createRunner(folder, world, START_MS, clock);
    const errorRate = (): number => Number(lines('checkout').at(-1)!.split(',')[4]);
    nowMs = START_MS;
    for (let second = 0; second < 30; second += 1, nowMs += 1000) runner.advance();
    expect(errorRate()).toBeGreaterThan(4);

    const output = execFileSync(folder.rollbackScript, ['checkout', 'v411'], { encoding: 'utf8', env: {} });
    expect(output.split('\n')).toEqual([
      '1/4 draining checkout v412',
      '2/4 starting v411',
      '3/4 traffic goes to v411',
      '4/4 checkout serves v411',
      '',
    ]);
    expect(execFileSync(folder.versionScript, ['checkout'], { encoding: 'utf8', env: {} })).toBe('v411\n');

    for (let second = 0; second < 15; second += 1, nowMs += 1000) runner.advance();
    expect(errorRate()).toBeLessThan(1.3);
  });

  it('has scripts that refuse a pipeline that is not there, in a folder of its user alone', () => {
    writeHistory(folder, world);
    const refused = spawnSync(folder.rollbackScript, ['nobody', 'v1'], { encoding: 'utf8', env: {} });
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain('no pipeline named nobody');
    for (const file of [folder.root, folder.logs, folder.rollbackScript]) expect(statSync(file).mode & 0o077).toBe(0);
  });
});
