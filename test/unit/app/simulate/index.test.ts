import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { simulate } from '../../../../src/app/simulate/index.ts';
import type { SimulateOptions } from '../../../../src/app/simulate/options.ts';

let directory = '';
const clock = { nowMs: () => Date.now(), monotonicMs: () => performance.now() };

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'rollwatch-simulate-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true });
});

function options(changes: Partial<SimulateOptions> = {}): SimulateOptions {
  return {
    pipeline: 'pipe-a',
    risk: 'high',
    minutes: 30,
    seed: 7,
    intervalMs: 10_000,
    startMs: null,
    directory,
    force: false,
    live: false,
    clock,
    signal: new AbortController().signal,
    ...changes,
  };
}

describe('simulate', () => {
  it('writes the columns of the seed with ISO times', async () => {
    const report = await simulate(options());
    const lines = (await readFile(report.path, 'utf8')).split('\n');
    expect(path.basename(report.path)).toBe('metrics_pipe-a.csv');
    expect(lines[0]).toBe('timestamp,cpu_usage,memory_usage,response_time,error_rate');
    expect(lines[1]).toMatch(/^2026-03-02T09:00:00Z,\d+(\.\d+)?,\d+(\.\d+)?,\d+(\.\d+)?,\d+(\.\d+)?$/);
    expect(lines.length).toBe(180 + 2);
    expect(report).toMatchObject({ rows: 180, first: '2026-03-02T09:00:00Z', last: '2026-03-02T09:29:50Z' });
    expect(report.badSince).toBe('2026-03-02T09:25:30Z');
    expect(report.faults.length).toBe(2);
  });

  it('gives the same bytes for the same seed and others for another', async () => {
    const bytes = async (seed: number) => readFile((await simulate(options({ seed, force: true }))).path, 'utf8');
    const first = await bytes(7);
    expect(await bytes(7)).toBe(first);
    expect(await bytes(8)).not.toBe(first);
  });

  it('does not overwrite without force', async () => {
    const file = path.join(directory, 'metrics_pipe-a.csv');
    await writeFile(file, 'mine\n');
    await expect(simulate(options())).rejects.toThrow(
      /metrics_pipe-a.csv is not written, it is there already.*--force/,
    );
    expect(await readFile(file, 'utf8')).toBe('mine\n');
    await simulate(options({ force: true }));
    expect(await readFile(file, 'utf8')).toMatch(/^timestamp,/);
  });

  it('says why a folder cannot be made', async () => {
    const file = path.join(directory, 'a-file');
    await writeFile(file, '');
    const inFile = simulate(options({ directory: path.join(file, 'logs') }));
    await expect(inFile).rejects.toMatchObject({ name: 'SimulateError', message: expect.stringContaining('ENOTDIR') });
  });

  it('makes the folder', async () => {
    const report = await simulate(options({ directory: path.join(directory, 'a', 'b') }));
    expect((await readFile(report.path, 'utf8')).length).toBeGreaterThan(1000);
  });

  it('writes live rows at the clock, one by one, until it is stopped', async () => {
    const stop = new AbortController();
    let nowMs = 1_772_442_000_000;
    // The clock moves by one interval per look, so that no test waits; the fourth look stops the simulation.
    let looks = 0;
    const fakeClock = {
      nowMs: () => {
        looks += 1;
        if (looks === 5) stop.abort();
        return (nowMs += 1_000);
      },
      monotonicMs: () => 0,
    };
    const report = await simulate(options({ live: true, intervalMs: 1_000, clock: fakeClock, signal: stop.signal }));
    expect(report.rows).toBe(3);
    expect(report.first).toBe('2026-03-02T09:00:01Z');
    expect(report.badSince).toBeNull();
    expect((await readFile(report.path, 'utf8')).trimEnd().split('\n').length).toBe(4);
  });

  it.each([
    [{ pipeline: '../etc/passwd' }, /--pipeline "\.\.\/etc\/passwd"/],
    [{ pipeline: '-x' }, /--pipeline/],
    [{ minutes: 0 }, /--minutes 0/],
    [{ minutes: Number.NaN }, /--minutes NaN/],
    [{ intervalMs: 5 }, /--interval 5/],
    [{ seed: 1.5 }, /--seed 1\.5/],
    [{ startMs: Number.NaN }, /--start/],
    [{ startMs: 0, live: true }, /--start and --live/],
    [{ risk: 'extreme' as 'high' }, /--risk "extreme": expected one of low, medium, high/],
  ])('refuses %o', async (changes, message) => {
    await expect(simulate(options(changes))).rejects.toThrow(message);
  });
});
