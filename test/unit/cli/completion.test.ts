import { execFileSync, spawnSync } from 'node:child_process';
import { Command, Option } from 'commander';
import { describe, expect, it } from 'vitest';
import { bashCompletion } from '../../../src/cli/completion/bash.ts';
import { fishCompletion } from '../../../src/cli/completion/fish.ts';
import { completionTable } from '../../../src/cli/completion/table.ts';
import { zshCompletion } from '../../../src/cli/completion/zsh.ts';
import { runCommand } from '../../fakes/cli-context.ts';

function program(): Command {
  const root = new Command('rollwatch');
  const config = root.command('config').description("it's the configuration");
  config.command('check').description('find mistakes [in it]').option('--json', 'as JSON');
  root.command('watch').addOption(new Option('--mode <mode>', 'how much').choices(['observe', 'ask']));
  return root;
}

const table = completionTable(program());

/** What bash would offer for a line whose last word is being typed. */
function bashOffers(line: string): readonly string[] {
  const words = line.split(' ');
  const script = `${bashCompletion(table)}
COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}
_rollwatch; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['--norc', '-c', script], { encoding: 'utf8' })
    .split('\n')
    .filter((word) => word !== '');
}

describe('completion', () => {
  it('knows every command, option and choice', () => {
    expect(table.map(({ path }) => path.join(' '))).toEqual(['', 'config', 'config check', 'watch']);
    expect(table[3]?.options[0]).toEqual({
      long: '--mode',
      text: 'how much',
      takesValue: true,
      choices: ['observe', 'ask'],
    });
  });

  it.each([
    ['rollwatch co', ['config']],
    ['rollwatch config ', ['check', '--help']],
    ['rollwatch config check --j', ['--json']],
    ['rollwatch watch --mode o', ['observe']],
    ['rollwatch watch --mo', ['--mode']],
  ])('bash completes %j', (line, offers) => {
    expect(bashOffers(line)).toEqual(offers);
  });

  it('fish gets a line per option, quoted', () => {
    const script = fishCompletion(table);
    expect(script).toContain(
      "complete -c rollwatch -n 'true; and not __fish_seen_subcommand_from config watch' -a config -d 'it\\'s the configuration'",
    );
    expect(script).toContain("-l mode -r -f -a 'observe ask' -d 'how much'");
  });

  it('zsh gets a function per command, escaped', () => {
    const script = zshCompletion(table);
    expect(script).toContain('_rollwatch_config_check() {');
    expect(script).toContain("'--mode[how much]:value:(observe ask)'");
    expect(script).toContain('find mistakes \\[in it\\]');
  });

  it.each(['bash', 'zsh', 'fish'])('of %s is printed from the real command table', async (shell) => {
    const { code, stdout } = await runCommand({ cwd: '/' }, 'completion', shell);
    expect(code).toBe(0);
    for (const word of ['assess', 'watch', 'deployed', 'audit', 'state-dir']) expect(stdout).toContain(word);
    // Where the shell is there, it must at least accept the script.
    const check = spawnSync(shell, ['-n'], { input: stdout, encoding: 'utf8' });
    if (check.error === undefined) expect(check.stderr).toBe('');
  });
});
