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

/** The built program in a real terminal: what an operator sees of a rollback before saying yes to it. */
const BIN = join(import.meta.dirname, '../../bin/rollwatch');
const HEADER = 'timestamp,cpu_usage,memory_usage,response_time,error_rate';
const TAB = '\t';

let world: string;
let screen: TerminalSession | null;
let writer: NodeJS.Timeout;

beforeEach(() => {
  world = mkdtempSync(join(tmpdir(), 'rollwatch-e2e-'));
  for (const name of ['logs', 'home']) mkdirSync(join(world, name));
  put('serving', 'v1\n');
  script('rollback.sh', `echo "$1" >> ${world}/effects\necho "$1" > ${world}/serving\n`);
  script('version.sh', `cat ${world}/serving\n`);
  script('hook.sh', `echo '{"notUndone":["the index keeps the new mapping"],"rollForward":["the fix is v2.1"]}'\n`);
  const history = Array.from({ length: 300 }, (_, i) => row(Date.now() - (300 - i) * 1_000, 'v1'));
  put('logs/metrics_checkout.csv', `${HEADER}\n${history.join('\n')}\n`);
  writer = setInterval(() => appendFileSync(join(world, 'logs/metrics_checkout.csv'), `${row(Date.now(), serving())}\n`), 250); // prettier-ignore
  screen = null;
});
afterEach(() => {
  clearInterval(writer);
  screen?.kill();
  rmSync(world, { recursive: true, force: true });
});

const serving = (): string => readFileSync(join(world, 'serving'), 'utf8').trim();
const effects = (): readonly string[] =>
  existsSync(join(world, 'effects')) ? readFileSync(join(world, 'effects'), 'utf8').trim().split('\n') : [];
const env = (): Record<string, string> => ({ PATH: process.env['PATH']!, HOME: join(world, 'home'), NO_COLOR: '1' });

function put(name: string, text: string): void {
  writeFileSync(join(world, name), text, { mode: 0o600 });
}

function script(name: string, body: string): void {
  writeFileSync(join(world, name), `#!/bin/sh\n${body}`);
  chmodSync(join(world, name), 0o755);
}

/** v2 and v3 are bad. */
function row(atMs: number, version: string): string {
  const [latency, errors] = version === 'v2' || version === 'v3' ? [900 + (atMs % 7), 6] : [120 + (atMs % 7), 0.2];
  return `${new Date(atMs).toISOString()},40,50,${latency},${errors}`;
}

function configure(more: string, production = false): void {
  put(
    'rollwatch.yaml',
    `sources: [{ paths: [logs] }]
analysis: { control: 10m, warmUp: 0s, minimumSamples: 3, persistence: 3, staleIntervals: 60 }
environments:
  live: { mode: ask, production: ${production} }
pipelines:
  - match: '*'
    environment: live
    rollback:
      command: [./rollback.sh, '{to}']
      version: [./version.sh]
      timeout: 20s
      verify: { healthAtLeast: 60, for: 1s, within: 60s }
${more}`,
  );
  rollwatch('config', 'trust');
}

function rollwatch(...args: readonly string[]): string {
  return execFileSync(process.execPath, [BIN, ...args, '--state-dir', join(world, 'state')], {
    cwd: world,
    env: env(),
    encoding: 'utf8',
  });
}

function announce(version: string, daysAgo = 0): void {
  const at = new Date(Date.now() - daysAgo * 86_400_000).toISOString();
  rollwatch('deployed', '--pipeline', 'checkout', '--version', version, '--at', at, '--logs', 'logs');
}

/** v2 goes live now and is bad. */
function deployBad(): void {
  announce('v2');
  put('serving', 'v2\n');
}

/** A watch that knows v0 and v1 from before, and has judged v1. */
async function watch(columns = 120, rows = 40): Promise<TerminalSession> {
  announce('v0', 9);
  announce('v1', 2);
  const command = [process.execPath, BIN, 'watch', '--state-dir', join(world, 'state')];
  screen = openTerminal({ command, cwd: world, env: env(), columns, rows });
  await screen.waitFor(/● +checkout/, 60_000);
  return screen;
}

/** Keys in the first half second of a dialog are ignored: the one wait that is about time. */
const halfASecond = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 700));

/** One key, and a screen that shows what it did. */
async function press(terminal: TerminalSession, key: string, shows: string | RegExp): Promise<void> {
  terminal.send(key);
  await terminal.waitFor(shows, 30_000);
}

/** Scrolls until the dialog has shown its last line. */
async function readAll(terminal: TerminalSession): Promise<void> {
  for (let i = 0; i < 60 && !/lines \d+–(\d+) of \1/.test(terminal.text()); i += 1) {
    const before = terminal.text();
    terminal.send('\u001b[B');
    await terminal.waitFor((text) => text !== before);
  }
}

/** Opens the dialog again until the act before has let go of its target. */
async function askWhenFree(terminal: TerminalSession, shows: string): Promise<void> {
  for (;;) {
    await press(terminal, 'r', new RegExp(`${shows}|already under way`));
    if (terminal.text().includes(shows)) return;
    await press(terminal, '\u001b', 'j/k');
  }
}

describe('before the yes', { timeout: 180_000 }, () => {
  it('another version is chosen, and its question wants reason and name, at 80x24', async () => {
    configure('      review: { hook: [./hook.sh], block: [hook] }\n', true);
    const terminal = await watch(80, 24);
    deployBad();
    await terminal.waitFor(/asks/i, 60_000);
    await press(terminal, 'r', 'BLOCKED    by policy: the index keeps the new mapping');
    expect(terminal.text()).toContain('instead    roll forward: the fix is v2.1');
    await halfASecond();
    for (const focused of [
      'Reason for overriding the POLICY: ▏',
      'Type checkout: ▏',
      '▸[ Dismiss ]',
      '▸[ Versions ]',
    ]) {
      await press(terminal, TAB, focused);
    }
    await press(terminal, '\r', '▸*v1 ');
    await press(terminal, 'j', /▸ v0 .*9d/);
    await press(terminal, '\r', 'v2 → v0');
    await terminal.waitFor('scroll to read all', 30_000);
    await halfASecond();
    await readAll(terminal);
    await press(terminal, TAB, 'POLICY: ▏');
    await terminal.type('seen');
    await press(terminal, TAB, 'Type checkout: ▏');
    await terminal.type('checkout');
    await terminal.waitFor(/AGAINST the policy/);
    expect(effects()).toEqual([]);
    await press(terminal, 'y', /rolled back|verif/i);
    await terminal.waitFor('rolled back', 60_000);
    expect(effects()).toEqual(['v0']);
    expect(rollwatch('audit', 'list', '--type', 'proposal-closed')).toMatch(
      /another way back was chosen: v0[^]*approved by .*: seen; overrode: the policy blocks it: the index keeps/,
    );
  });

  it('a version that is deployed meanwhile is not rolled back: refused, and nothing runs', async () => {
    configure('');
    const terminal = await watch();
    deployBad();
    await terminal.waitFor(/asks/i, 60_000);
    await press(terminal, 'r', /press {2}y/);
    await halfASecond();
    // Nobody has announced v3 yet: only the version that is read back tells.
    put('serving', 'v3\n');
    await press(terminal, 'y', /not v2 as planned/);
    expect(effects()).toEqual([]);
    await press(terminal, '\u001b', 'j/k');
    await askWhenFree(terminal, 'a reason is needed');
    announce('v3');
    await terminal.waitFor(/This question is closed: superseded .*a new deployment: v3/, 30_000);
    await press(terminal, '\u001b', 'j/k');
    expect(effects()).toEqual([]);
  });

  it('a rollback the platform makes by itself is recorded and not answered with a second one', async () => {
    const external = { by: 'platform', toVersion: 'v1', inProgress: true, text: 'rollout aborted' };
    script('facts.sh', `echo '${JSON.stringify({ external })}'\n`);
    configure('      facts: [./facts.sh]\n');
    const terminal = await watch();
    deployBad();
    await terminal.waitFor(/being rolled back by others/, 60_000);
    await press(terminal, 'r', /No rollback: .*being rolled back already/);
    expect(rollwatch('audit', 'list')).toMatch(/is being rolled back by platform, not by rollwatch: rollout aborted/);
    expect(rollwatch('proposals')).toContain('no question is open');
    expect(rollwatch('rollback', 'history')).toMatch(/checkout +→ v1 +external, under way +platform/);
    expect(effects()).toEqual([]);
  });

  it('a pipeline that is silenced with z is not asked about, and the audit says by whom and why', async () => {
    configure('');
    const terminal = await watch();
    await press(terminal, 'z', 'Silence checkout?');
    await press(terminal, '\u001b[C', '[1 h]');
    await terminal.type('load test');
    await terminal.waitFor('Reason: load test');
    await press(terminal, '\r', /silenced until .*: load test/);
    deployBad();
    await terminal.waitFor(/silenced · .*failed/, 60_000);
    expect(rollwatch('silence')).toMatch(/checkout +until .* load test/);
    expect(rollwatch('audit', 'list', '--type', 'silenced')).toMatch(/checkout +silenced by .*: load test/);
    expect(rollwatch('proposals')).toContain('no question is open');
  });
});
