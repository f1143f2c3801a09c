import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../../../fakes/cli-context.ts';
import { temporaryFolder } from '../../../fakes/temporary-folder.ts';

const folder = temporaryFolder();
const T0 = Date.UTC(2026, 2, 2, 12);
const SAMPLES = join(import.meta.dirname, '../../../../monitor_logs');

interface Fate {
  readonly warnedAfterMs: number | null;
  readonly failedAfterMs: number | null;
}

interface Report {
  readonly cases: readonly { pipeline: string; phase: string; failedAfterMs: number | null }[];
  readonly failed: number;
}

/** An hour at 10 s; latency jumps at minute 40. */
function writeIncident(): string {
  const rows = Array.from({ length: 360 }, (_, i) => {
    return `${new Date(T0 + i * 10_000).toISOString()},40,50,${i < 240 ? 120 + (i % 7) : 900},0.2`;
  });
  const path = join(folder.path, 'metrics_checkout.csv');
  writeFileSync(path, `timestamp,cpu_usage,memory_usage,response_time,error_rate\n${rows.join('\n')}\n`);
  return path;
}

describe('rollwatch replay', () => {
  it('reports when a deployment named by --deployed-at would have been called failed', async () => {
    const at = new Date(T0 + 39 * 60_000).toISOString();
    const run = await runCommand(
      { cwd: folder.path },
      'replay',
      writeIncident(),
      '--deployed-at',
      at,
      '--backtest',
      '--json',
    );
    const report = JSON.parse(run.stdout) as Report;
    expect(report.cases).toEqual([expect.objectContaining({ pipeline: 'checkout', phase: 'Failed' })]);
    // The jump is a minute after the deployment; ten samples are the minimum before any verdict.
    expect(report.cases[0]!.failedAfterMs).toBeGreaterThanOrEqual(60_000);
    expect(report.cases[0]!.failedAfterMs).toBeLessThanOrEqual(240_000);
    expect(run.code).toBe(10);
  });

  it('says when something would have been shown, before it asked and where it never did', async () => {
    const minutes = (values: readonly number[]): string =>
      values.map((value, i) => `${new Date(T0 + i * 60_000).toISOString()},${value + ((i * 7) % 13) - 6}`).join('\n');
    const path = join(folder.path, 'metrics_near.csv');
    const quiet = Array.from({ length: 600 }, () => 120);
    const at = new Date(T0 + 600 * 60_000).toISOString();
    const report = async (after: readonly number[]): Promise<Fate | undefined> => {
      writeFileSync(path, `timestamp,latency_ms\n${minutes([...quiet, ...after])}\n`);
      const run = await runCommand({ cwd: folder.path }, 'replay', path, '--deployed-at', at, '--backtest', '--json');
      return (JSON.parse(run.stdout) as { cases: readonly Fate[] }).cases[0];
    };
    const level = (count: number, value: number): readonly number[] => Array.from({ length: count }, () => value);
    expect(await report(level(60, 120))).toMatchObject({ warnedAfterMs: null, failedAfterMs: null });
    expect(await report([...level(20, 120), ...level(3, 136), ...level(37, 120)])).toMatchObject({
      warnedAfterMs: expect.any(Number) as number,
      failedAfterMs: null,
    });
    const bad = await report([...level(2, 120), ...level(58, 240)]);
    expect(bad?.warnedAfterMs).toBeLessThan(bad?.failedAfterMs ?? 0);
  });

  it('gives the verdicts of a watch that plays the same files', async () => {
    const backtest = await runCommand({ cwd: folder.path }, 'replay', SAMPLES, '--backtest', '--json');
    const live = await runCommand({ cwd: folder.path }, 'replay', SAMPLES, '--json');
    const failedLive = new Set<string>();
    for (const line of live.stdout.trim().split('\n')) {
      const { verdict } = JSON.parse(line) as {
        verdict?: { pipeline: string; phase: string; deploymentId: string | null };
      };
      const announced = verdict?.deploymentId?.includes('@unknown@') === false;
      if (verdict?.phase === 'Failed' && announced) failedLive.add(verdict.pipeline);
    }
    const { cases } = JSON.parse(backtest.stdout) as Report;
    const failed = cases.filter(({ failedAfterMs }) => failedAfterMs !== null).map(({ pipeline }) => pipeline);
    expect(new Set(failed)).toEqual(failedLive);
    expect(failed).toContain('pipe-risky456');
    expect(failed).not.toContain('pipe-xyz123');
  });

  it('says what is missing', async () => {
    const run = await runCommand({ cwd: folder.path }, 'replay', writeIncident(), '--backtest');
    expect(run).toMatchObject({ code: 11, stdout: expect.stringContaining('--deployed-at') as string });
    const bad = await runCommand({ cwd: folder.path }, 'replay', 'x.csv', '--deployed-at', 'yesterday');
    expect(bad).toMatchObject({ code: 2, stderr: expect.stringContaining('found "yesterday"') as string });
  });

  it.each([
    [['2027-01-01T00:00:00Z'], /--deployed-at inside the recording, which reaches from .* it is 2027-01-01/],
    [['2026-03-02T12:00:00Z'], /--deployed-at inside the recording/],
    [['2026-03-02T12:30:00Z', 'gone.csv'], /Expected the metric log .*gone\.csv; it is not there/],
  ])('refuses a moment outside the recording, and a file that is not there: %j', async (argv, message) => {
    for (const more of [['--backtest'], []]) {
      const run = await runCommand({ cwd: folder.path }, 'replay', writeIncident(), '--deployed-at', ...argv, ...more);
      expect(run.stderr).toMatch(message);
      expect(run.code).toBe(2);
    }
  });

  it('says of a recording that shows nothing what is true at its end, and what was asked ahead', async () => {
    const line = (minute: number, memory: number): string =>
      `${new Date(T0 + minute * 60_000).toISOString()},${memory.toFixed(2)}`;
    const leak = Array.from({ length: 560 }, (_, i) =>
      line(i / 4, 60 + Math.max(0, i - 240) / 12 + ((i * 7) % 5) / 10),
    );
    writeFileSync(join(folder.path, 'metrics_leak.csv'), `timestamp,memory_usage\n${leak.join('\n')}\n`);
    writeFileSync(join(folder.path, 'rollwatch.yaml'), 'analysis: {detectors: {threshold: }}\n');
    const at = new Date(T0 + 60 * 60_000).toISOString();
    const argv = ['replay', 'metrics_leak.csv', '--deployed-at', at, '--backtest'] as const;
    const { stdout } = await runCommand({ cwd: folder.path }, ...argv);
    expect(stdout).toMatch(
      / {2}Running, asked after \d+ \w+: memory_usage reaches 90 % in \d+ min \(\d+–\d+\) {2}memory_usage reaches/,
    );
    expect(stdout).not.toContain('(replay)');
    const [first] = (JSON.parse((await runCommand({ cwd: folder.path }, ...argv, '--json')).stdout) as Report).cases;
    expect(first).toMatchObject({
      phase: 'Running',
      failedAfterMs: null,
      foreseenAfterMs: expect.any(Number) as number,
    });
  });
});
