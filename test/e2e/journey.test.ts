import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTerminal, type TerminalSession } from './terminal.ts';

/** The built program in a real terminal, on logs that grow, with a rollback script whose effect is on disk. */
const BIN = join(import.meta.dirname, '../../bin/rollwatch');
const HEADER = 'timestamp,cpu_usage,memory_usage,response_time,error_rate';

let world: string;
let screen: TerminalSession | null;
let writer: NodeJS.Timeout;

beforeEach(() => {
  world = mkdtempSync(join(tmpdir(), 'rollwatch-e2e-'));
  mkdirSync(join(world, 'logs'));
  writeFileSync(join(world, 'serving'), 'v2\n');
  script('rollback.sh', `echo "$1 goes back to $2"\necho run >> ${world}/effects\necho "$2" > ${world}/serving\n`);
  script('version.sh', `cat ${world}/serving\n`);
  writeFileSync(join(world, 'rollwatch.yaml'), config(false), { mode: 0o600 });
  const history = Array.from({ length: 300 }, (_, i) => row(Date.now() - (300 - i) * 1_000, 'v1'));
  writeFileSync(log(), `${HEADER}\n${history.join('\n')}\n`);
  writer = setInterval(() => appendFileSync(log(), `${row(Date.now(), serving())}\n`), 250);
  screen = null;
});

afterEach(() => {
  clearInterval(writer);
  screen?.kill();
  rmSync(world, { recursive: true, force: true });
});

const log = (): string => join(world, 'logs/metrics_checkout.csv');
const serving = (): string => readFileSync(join(world, 'serving'), 'utf8').trim();
const effects = (): number => {
  const path = join(world, 'effects');
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n').length : 0;
};

function script(name: string, body: string): void {
  writeFileSync(join(world, name), `#!/bin/sh\n${body}`);
  chmodSync(join(world, name), 0o755);
}

/** v2 is the bad version; anything else is healthy. */
function row(atMs: number, version: string): string {
  const [latency, errors] = version === 'v2' ? [900 + (atMs % 7), 6] : [120 + (atMs % 7), 0.2];
  return `${new Date(atMs).toISOString()},40,50,${latency},${errors}`;
}

function config(production: boolean): string {
  return `sources: [{ paths: [logs] }]
analysis: { control: 10m, warmUp: 0s, minimumSamples: 3, persistence: 3, staleIntervals: 60 }
environments:
  live: { mode: ask, production: ${production} }
pipelines:
  - match: '*'
    environment: live
    rollback:
      command: [./rollback.sh, '{pipeline}', '{to}']
      version: [./version.sh, '{pipeline}']
      timeout: 20s
      verify: { healthAtLeast: 60, for: 1s, within: 60s }
`;
}

const env = (): Record<string, string> => ({ PATH: process.env['PATH']!, HOME: join(world, 'home'), NO_COLOR: '1' });

function rollwatch(...args: readonly string[]): string {
  return execFileSync(process.execPath, [BIN, ...args, '--state-dir', join(world, 'state')], {
    cwd: world,
    env: env(),
    encoding: 'utf8',
  });
}

function deploy(...more: readonly string[]): void {
  rollwatch('deployed', '--pipeline', 'checkout', '--version', 'v2', '--previous', 'v1', '--logs', 'logs', ...more);
}

/** What the shipped risk model asks for, of a deployment it calls HIGH. */
const RISKY = ['num_tasks=31', 'num_failed_tasks=4', 'num_stages=6', 'deploy_hour=14', 'is_feature_branch=1'];
const FRIDAY = [1, 2, 3, 4, 5, 6].map((day) => `deploy_day_${day}=${Number(day === 4)}`);

function watch(columns = 120, rows = 40): TerminalSession {
  mkdirSync(join(world, 'home'), { recursive: true });
  rollwatch('config', 'trust');
  const command = [process.execPath, BIN, 'watch', '--state-dir', join(world, 'state')];
  screen = openTerminal({ command, cwd: world, env: env(), columns, rows });
  return screen;
}

/** Keys in the first half second of a dialog are ignored: the one wait that is about time. */
const halfASecond = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 700));

/** Scrolls until the dialog has shown its last line. */
async function readAll(terminal: TerminalSession): Promise<void> {
  for (let i = 0; i < 40 && !/lines \d+–(\d+) of \1/.test(terminal.text()); i += 1) await step(terminal);
}

async function step(terminal: TerminalSession): Promise<void> {
  const before = terminal.text();
  terminal.send('\u001b[B');
  await terminal.waitFor((text) => text !== before);
}

describe('the journey in a terminal', () => {
  it('shows the anomaly, asks, ignores paste and Enter, rolls back on the right keys, and audits', async () => {
    deploy('--features', ...RISKY, ...FRIDAY);
    const terminal = watch();
    await terminal.waitFor(/asks.*failed|failed/i, 60_000);
    await terminal.waitFor('checkout');
    terminal.send('\r');
    await terminal.waitFor(/risk +HIGH \d+ %[^]*similar +no past deployment[^]*model +deployment-risk 1: AUC 0\.\d\d/);
    terminal.send('\u001b');
    await terminal.waitFor((text) => !text.includes('esc back'));
    terminal.send('r');
    await terminal.waitFor('Roll back checkout');
    await terminal.waitFor(/press {2}y/);
    await terminal.waitFor(/risk +HIGH \d+ %[^]*model +AUC 0\.\d\d/);

    terminal.send('\u001b[200~y\r\u001b[201~');
    await terminal.waitFor(/pasted text was ignored/);
    terminal.send('\r');
    await terminal.waitFor((text) => !text.includes('Roll back checkout ('));
    expect(effects()).toBe(0);

    terminal.send('r');
    await terminal.waitFor(/press {2}y/);
    terminal.send('yy');
    expect(effects()).toBe(0);
    await halfASecond();
    terminal.send('y');
    await terminal.waitFor('rolled back', 40_000);
    expect(effects()).toBe(1);
    expect(serving()).toBe('v1');

    terminal.send('\u001b');
    await terminal.waitFor((text) => !text.includes('Rollback of checkout'));
    terminal.send('q');
    expect(await terminal.waitForExit()).toBe(0);
    expect(terminal.raw()).toContain('\u001b[?1049l');

    const events = JSON.parse(rollwatch('audit', 'list', '--json')) as { records?: unknown[] } | unknown[];
    const text = JSON.stringify(events);
    for (const type of [
      'deployment-observed',
      'verdict-changed',
      'proposal-opened',
      'proposal-closed',
      'execution-changed',
    ]) {
      expect(text).toContain(type);
    }
    expect(rollwatch('audit', 'verify')).toMatch(/consistent/);
  }, 120_000);

  it('leaves at once while the rollback runs, which ends by itself and is read back by the next start', async () => {
    const gate = join(world, 'gate');
    script(
      'rollback.sh',
      `echo began > ${world}/began\nwhile [ ! -e ${gate} ]; do sleep 0.05; done\necho run >> ${world}/effects\necho "$2" > ${world}/serving\n`,
    );
    deploy();
    const terminal = watch();
    await terminal.waitFor(/failed/i, 30_000);
    terminal.send('r');
    await terminal.waitFor(/press {2}y/);
    await halfASecond();
    terminal.send('y');
    await terminal.waitFor(/The command is running/, 30_000);
    await terminal.waitFor(() => existsSync(join(world, 'began')), 30_000);
    terminal.send('\u001b');
    await terminal.waitFor((text) => !text.includes('Rollback of checkout'));
    terminal.send('q');
    await terminal.waitFor('Quit while a rollback is running?');
    await halfASecond();
    terminal.send('y');
    // The command is held at the gate: had it been waited for, this would never end.
    expect(await terminal.waitForExit()).toBe(0);
    expect(terminal.raw()).toContain('the rollback of checkout goes on by itself');
    expect(effects()).toBe(0);

    writeFileSync(gate, '');
    const next = watch();
    await next.waitFor('rolled back', 60_000);
    expect(effects()).toBe(1);
    expect(serving()).toBe('v1');
    next.send('q');
    expect(await next.waitForExit()).toBe(0);
  }, 120_000);

  it('needs the name typed in production', async () => {
    writeFileSync(join(world, 'rollwatch.yaml'), config(true), { mode: 0o600 });
    deploy();
    const terminal = watch(80, 24);
    await terminal.waitFor(/failed/i, 30_000);
    terminal.send('r');
    await terminal.waitFor('Type checkout');
    await readAll(terminal);
    await terminal.type('y');
    await terminal.waitFor(/Type checkout: y/);
    expect(effects()).toBe(0);
    terminal.send('\u007f');
    terminal.send('checkout');
    await terminal.waitFor('Type checkout: checkout');
    await terminal.waitFor(/press {2}y/);
    await halfASecond();
    terminal.send('y');
    await terminal.waitFor('rolled back', 40_000);
    expect(effects()).toBe(1);
  }, 120_000);
});
