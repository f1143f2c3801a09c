import { existsSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { liveWorld, type LiveWorld } from '../fakes/live-world.ts';
import { halfASecond, readAll } from './keys.ts';
import type { TerminalSession } from './terminal.ts';

let world: LiveWorld;

/** The built program in a real terminal, with a rollback script whose effect is on disk. v2 is the bad version. */
beforeEach(() => {
  world = liveWorld({ checkout: () => (serving() === 'v2' ? 6 : 0.2) });
  world.put('serving', 'v2\n');
  world.script(
    'rollback.sh',
    `echo "$1 goes back to $2"\necho run >> ${world.at('effects')}\necho "$2" > ${world.at('serving')}\n`,
  );
  world.script('version.sh', `cat ${world.at('serving')}\n`);
  configure(false);
});
afterEach(() => world.close());

const serving = (): string => world.read('serving').trim();
const effects = (): number => world.effects().length;

function configure(production: boolean): void {
  world.put(
    'rollwatch.yaml',
    `${world.head(production)}pipelines:
  - match: '*'
    environment: live
    rollback:
      command: [./rollback.sh, '{pipeline}', '{to}']
      version: [./version.sh, '{pipeline}']
      timeout: 20s
      verify: { healthAtLeast: 60, for: 1s, within: 60s }
`,
  );
}

function deploy(...more: readonly string[]): void {
  world.built('deployed', '--pipeline', 'checkout', '--version', 'v2', '--previous', 'v1', '--logs', 'logs', ...more);
}

/** What the shipped risk model asks for, of a deployment it calls HIGH. */
const RISKY = ['num_tasks=31', 'num_failed_tasks=4', 'num_stages=6', 'deploy_hour=14', 'is_feature_branch=1'];
const FRIDAY = [1, 2, 3, 4, 5, 6].map((day) => `deploy_day_${day}=${Number(day === 4)}`);

function watch(columns = 120, rows = 40): TerminalSession {
  world.built('config', 'trust');
  return world.watch(columns, rows);
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
    await halfASecond();
    terminal.send('\r');
    await terminal.waitFor((text) => !text.includes('Roll back checkout ('));
    expect(effects()).toBe(0);

    terminal.send('r');
    await terminal.waitFor(/press {2}y/);
    terminal.send('yy');
    // Not seen to be ignored, they could be read together with the next one.
    await terminal.waitFor(/too soon|several keys at once/);
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

    const events = JSON.parse(world.built('audit', 'list', '--json')) as { records?: unknown[] } | unknown[];
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
    expect(world.built('audit', 'verify')).toMatch(/consistent/);
  }, 120_000);

  it('leaves at once while the rollback runs, which ends by itself and is read back by the next start', async () => {
    const gate = world.at('gate');
    world.script(
      'rollback.sh',
      `echo began > ${world.at('began')}\nwhile [ ! -e ${gate} ]; do sleep 0.05; done\necho run >> ${world.at('effects')}\necho "$2" > ${world.at('serving')}\n`,
    );
    deploy();
    const terminal = watch();
    await terminal.waitFor(/failed/i, 60_000);
    terminal.send('r');
    await terminal.waitFor(/press {2}y/);
    await halfASecond();
    terminal.send('y');
    await terminal.waitFor(/The command is running/, 30_000);
    await terminal.waitFor(() => existsSync(world.at('began')), 30_000);
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

    world.put('gate', '');
    const next = watch();
    await next.waitFor('rolled back', 60_000);
    expect(effects()).toBe(1);
    expect(serving()).toBe('v1');
    next.send('q');
    expect(await next.waitForExit()).toBe(0);
  }, 120_000);

  it('needs the name typed in production', async () => {
    configure(true);
    deploy();
    const terminal = watch(80, 24);
    await terminal.waitFor(/failed/i, 60_000);
    terminal.send('r');
    await terminal.waitFor('Type checkout');
    await readAll(terminal);
    await terminal.type('y');
    await terminal.waitFor(/Type checkout: y/);
    expect(effects()).toBe(0);
    terminal.send('\u007f');
    await terminal.waitFor((text) => !text.includes('Type checkout: y'));
    terminal.send('checkout');
    await terminal.waitFor('Type checkout: checkout');
    await terminal.waitFor(/press {2}y/);
    await halfASecond();
    terminal.send('y');
    await terminal.waitFor('rolled back', 40_000);
    expect(effects()).toBe(1);
  }, 120_000);
});
