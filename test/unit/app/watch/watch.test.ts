import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../../../fakes/cli-context.ts';
import { temporaryFolder } from '../../../fakes/temporary-folder.ts';

/** `watch` and `run` without a screen, in this process, on files of the test. */
const folder = temporaryFolder();
const NOW = Date.UTC(2026, 2, 2, 12);
/** The samples are from the afternoon of that day. */
const LATER = NOW + 86_400_000;
const SAMPLES = join(import.meta.dirname, '../../../../monitor_logs');

interface SummaryLine {
  readonly type: string;
  readonly files: readonly {
    readonly path: string;
    readonly rows: number;
    readonly badLines: number;
    readonly bytes: number;
  }[];
  readonly verdicts: number;
}

function log(name: string): string {
  const logs = join(folder.path, 'logs');
  mkdirSync(logs, { recursive: true });
  return join(logs, name);
}

function row(i: number, latency: number): string {
  return `${new Date(NOW - 3_600_000 + i * 10_000).toISOString()},40,50,${latency},0.1\n`;
}

/** Interrupted once what was there has been judged: a decision is the last of it. */
async function run(...argv: readonly string[]): Promise<readonly Record<string, unknown>[]> {
  const setting = { cwd: folder.path, nowMs: NOW, until: '"type":"decision-made"' };
  const { stdout } = await runCommand(setting, 'run', 'logs', ...argv);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

const summaryOf = (lines: readonly Record<string, unknown>[]): SummaryLine => lines.at(-1) as unknown as SummaryLine;

describe('watch --once', () => {
  it('judges the shipped samples and ends with the most serious code', async () => {
    const { code, stdout } = await runCommand({ cwd: folder.path, nowMs: LATER }, 'watch', SAMPLES, '--once', '--json');
    const snapshot = JSON.parse(stdout) as {
      pipelines: readonly { pipeline: string; freshness: string; verdict: { phase: string } }[];
    };
    const phaseOf = (name: string): string | undefined =>
      snapshot.pipelines.find(({ pipeline }) => pipeline === name)?.verdict.phase;
    expect(phaseOf('pipe-risky456')).toBe('Failed');
    expect(phaseOf('pipe-xyz123')).not.toBe('Failed');
    expect(new Set(snapshot.pipelines.map(({ freshness }) => freshness))).toEqual(new Set(['recorded']));
    expect(code).toBe(10);
  });

  it('says what is missing in a folder without logs', async () => {
    const { code, stderr } = await runCommand({ cwd: folder.path }, 'watch', '--once');
    expect(code).toBe(2);
    expect(stderr).toMatch(/monitor_logs[^]*rollwatch demo/);
  });
});

describe('a watch that is started again', () => {
  const recorded = async (): Promise<readonly string[]> => {
    const { stdout } = await runCommand({ cwd: folder.path }, 'audit', 'list', '--limit', '0', '--json', ...state());
    const records = JSON.parse(stdout) as readonly { readonly event: { readonly type: string } }[];
    return records.map(({ event }) => event.type).filter((type) => !type.startsWith('session-'));
  };
  /** Absolute: a relative one would lie where the tests are run. */
  const state = (): readonly string[] => ['--state-dir', join(folder.path, 'state')];

  it('says what it sees again, and records only what has changed since', async () => {
    const path = log('metrics_checkout.csv');
    const rows = Array.from({ length: 60 }, (_, i) => row(300 + i, 200));
    writeFileSync(path, `timestamp,cpu_usage,memory_usage,response_time,error_rate\n${rows.join('')}`);
    const types = (lines: readonly Record<string, unknown>[]): readonly unknown[] => lines.map(({ type }) => type);
    const first = await run(...state());
    const known = await recorded();
    expect(known).toContain('verdict-changed');
    expect(types(await run(...state()))).toEqual(types(first));
    expect(await recorded()).toEqual(known);
    appendFileSync(path, Array.from({ length: 20 }, (_, i) => row(360 + i, 2000)).join(''));
    await run(...state());
    expect((await recorded()).length).toBeGreaterThan(known.length);
  });
});

describe('watch --replay', () => {
  it('plays a recording to its end without a screen, and never acts', async () => {
    const { code, stdout } = await runCommand({ cwd: folder.path, nowMs: LATER }, 'watch', SAMPLES, '--replay');
    expect(stdout).toContain('pipe-risky456');
    expect(stdout).toMatch(/Failed/);
    expect(code).toBe(10);
  });
});

describe('run', () => {
  it('sums up files, rows and bad lines', async () => {
    const path = log('metrics_a.csv');
    writeFileSync(
      path,
      `timestamp,cpu_usage,memory_usage,response_time,error_rate\n${row(0, 100)}${row(1, 100)}oops\n`,
    );
    const summary = summaryOf(await run('--no-state'));
    expect(summary.type).toBe('summary');
    expect(summary.files).toEqual([expect.objectContaining({ path, rows: 2, badLines: 1 })]);
  });

  it('goes on where it stopped, and still knows the samples before', async () => {
    const path = log('metrics_a.csv');
    const state = join(folder.path, 'state');
    const history = Array.from({ length: 300 }, (_, i) => row(i, 100 + (i % 5)));
    writeFileSync(path, `timestamp,cpu_usage,memory_usage,response_time,error_rate\n${history.join('')}`);
    writeFileSync(
      log('deployments.jsonl'),
      `${JSON.stringify({ pipeline: 'a', version: 'v2', previous: 'v1', at: new Date(NOW - 600_000).toISOString() })}\n`,
    );
    const first = summaryOf(await run('--state-dir', state));
    appendFileSync(path, Array.from({ length: 30 }, (_, i) => row(300 + i, 900)).join(''));
    const second = await run('--state-dir', state);
    const rowsOf = ({ files }: SummaryLine): number => files.find((one) => one.path === path)?.rows ?? 0;
    expect(rowsOf(first)).toBe(300);
    expect(rowsOf(summaryOf(second))).toBe(30);
    expect(second.map((line) => (line['verdict'] as { phase?: string } | undefined)?.phase)).toContain('Failed');
  });
});
