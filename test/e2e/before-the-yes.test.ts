import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { liveWorld, type LiveWorld } from '../fakes/live-world.ts';
import { halfASecond, press, readAll, write } from './keys.ts';
import type { TerminalSession } from './terminal.ts';

const TAB = '\t';
let world: LiveWorld;

/** What an operator sees of a rollback before saying yes to it. v2 and v3 are bad. */
beforeEach(() => {
  world = liveWorld({ checkout: () => (/v[23]/.test(world.read('serving')) ? 6 : 0.2) });
  world.put('serving', 'v1\n');
  world.script('rollback.sh', `echo "$1" >> ${world.at('effects')}\necho "$1" > ${world.at('serving')}\n`);
  world.script('version.sh', `cat ${world.at('serving')}\n`);
  world.script(
    'hook.sh',
    `echo '{"notUndone":["the index keeps the new mapping"],"rollForward":["the fix is v2.1"]}'\n`,
  );
});
afterEach(() => world.close());

function configure(more: string, production = false): void {
  world.put(
    'rollwatch.yaml',
    `${world.head(production)}pipelines:
  - match: '*'
    environment: live
    rollback:
      command: [./rollback.sh, '{to}']
      version: [./version.sh]
      timeout: 20s
      verify: { healthAtLeast: 60, for: 1s, within: 60s }
${more}`,
  );
  world.built('config', 'trust');
}

function announce(version: string, daysAgo = 0): void {
  const at = new Date(Date.now() - daysAgo * 86_400_000).toISOString();
  world.built('deployed', '--pipeline', 'checkout', '--version', version, '--at', at, '--logs', 'logs');
}

/** v2 goes live now and is bad. */
function deployBad(): void {
  announce('v2');
  world.put('serving', 'v2\n');
}

/** A watch that knows v0 and v1 from before, and has judged v1. */
async function watch(columns = 120, rows = 40): Promise<TerminalSession> {
  announce('v0', 9);
  announce('v1', 2);
  const screen = world.watch(columns, rows);
  await screen.waitFor(/● +checkout/, 60_000);
  return screen;
}

/** Opens the dialog again until the act before has let go of its target. */
async function askWhenFree(terminal: TerminalSession, shows: string): Promise<void> {
  for (;;) {
    await press(terminal, 'r', new RegExp(`${shows}|No rollback: [^]*already under way`));
    if (terminal.text().includes(shows)) return;
    terminal.send('\u001b');
    await terminal.waitFor((text) => !text.includes('No rollback'));
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
    await write(terminal, 'POLICY: ', 'seen');
    await press(terminal, TAB, 'Type checkout: ▏');
    await write(terminal, 'Type checkout: ', 'checkout');
    await terminal.waitFor(/AGAINST the policy/);
    expect(world.effects()).toEqual([]);
    await press(terminal, 'y', /rolled back|verif/i);
    await terminal.waitFor('rolled back', 60_000);
    expect(world.effects()).toEqual(['v0']);
    expect(world.built('audit', 'list', '--type', 'proposal-closed')).toMatch(
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
    world.put('serving', 'v3\n');
    await press(terminal, 'y', /not v2 as planned/);
    expect(world.effects()).toEqual([]);
    await press(terminal, '\u001b', 'j/k');
    await askWhenFree(terminal, 'a reason is needed');
    announce('v3');
    await terminal.waitFor(/This question is closed: superseded .*a new deployment: v3/, 30_000);
    await press(terminal, '\u001b', 'j/k');
    expect(world.effects()).toEqual([]);
  });

  it('a rollback the platform makes by itself is recorded and not answered with a second one', async () => {
    const external = { by: 'platform', toVersion: 'v1', inProgress: true, text: 'rollout aborted' };
    world.script('facts.sh', `echo '${JSON.stringify({ external })}'\n`);
    configure('      facts: [./facts.sh]\n');
    const terminal = await watch();
    deployBad();
    await terminal.waitFor(/being rolled back by others/, 60_000);
    await press(terminal, 'r', /No rollback: .*being rolled back already/);
    expect(world.built('audit', 'list')).toMatch(/is being rolled back by platform, not by rollwatch: rollout aborted/);
    expect(world.built('proposals')).toContain('no question is open');
    expect(world.built('rollback', 'history')).toMatch(/checkout +→ v1 +external, under way +platform/);
    expect(world.effects()).toEqual([]);
  });

  it('a pipeline that is silenced with z is not asked about, and the audit says by whom and why', async () => {
    configure('');
    const terminal = await watch();
    await press(terminal, 'z', 'Silence checkout?');
    await press(terminal, '\u001b[C', '[1 h]');
    await write(terminal, 'Reason: ', 'load test');
    await press(terminal, '\r', /silenced until .*: load test/);
    deployBad();
    await terminal.waitFor(/silenced · .*failed/, 60_000);
    expect(world.built('silence')).toMatch(/checkout +until .* load test/);
    expect(world.built('audit', 'list', '--type', 'silenced')).toMatch(/checkout +silenced by .*: load test/);
    expect(world.built('proposals')).toContain('no question is open');
  });
});
