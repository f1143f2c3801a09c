import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../../fakes/cli-context.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';

const folder = temporaryFolder();

function run(...argv: readonly string[]) {
  return runCommand({ cwd: folder.path }, ...argv);
}

describe('the command line', () => {
  it('shows its help as documented', async () => {
    const { code, stdout, stderr } = await run('--help');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    await expect(stdout).toMatchFileSnapshot('help.txt');
  });

  it.each([['--version'], ['-V'], ['--no-color', '--version']])('says its version: %s', async (...argv) => {
    expect(await run(...argv)).toEqual({ code: 0, stdout: '1.2.3\n', stderr: '' });
  });

  it.each([
    [['asess'], 'rollwatch: there is neither a command nor a file "asess"; did you mean "assess"?\n'],
    [['xyzzy'], 'rollwatch: there is neither a command nor a file "xyzzy"; see rollwatch --help\n'],
    [['assess'], "rollwatch: required option '--pipeline <id>' not specified\n"],
    [['assess', '--pipeline', 'a', '--jsn'], "rollwatch: unknown option '--jsn'\n(Did you mean --json?)\n"],
    [
      ['watch', '--policy', 'lax'],
      "rollwatch: option '--policy <name>' argument 'lax' is invalid. Allowed choices are seed, guarded.\n",
    ],
    [
      ['watch', '--fps', '500'],
      "rollwatch: option '--fps <n>' argument '500' is invalid. Expected a number from 0.1 to 10, found \"500\".\n",
    ],
    [['watch', '--speed', '2'], 'rollwatch: --speed is of --replay: give both\n'],
    [
      ['run', '--config', 'none.yaml'],
      'rollwatch: FOLDER/none.yaml: is not there; make one with `rollwatch config init`\n',
    ],
    [['config', 'chek'], "rollwatch: unknown command 'chek'\n(Did you mean check?)\n"],
    [
      ['audit', 'list', '--since', 'later'],
      'rollwatch: --since "later": expected a duration such as 2h or a time such as 2026-03-02T09:00:00Z.\n',
    ],
    [['halt', '--read-only'], 'rollwatch: --read-only halts nothing\n'],
    [['approve', 'x', '--read-only'], 'rollwatch: --read-only answers nothing\n'],
  ])('refuses %j with one message and exit code 2', async (argv, message) => {
    const { code, stdout, stderr } = await run(...argv);
    expect(stderr.replaceAll(folder.path, 'FOLDER')).toBe(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('says every mistake of a config, each with its place', async () => {
    writeFileSync(join(folder.path, 'rollwatch.yaml'), 'mode: asks\nfoo: 1\n');
    const { code, stderr } = await run('config', 'explain');
    expect(code).toBe(2);
    expect(stderr.split('\n').filter((line) => /^rollwatch: .*rollwatch\.yaml:\d+:\d+: /.test(line))).toHaveLength(2);
  });

  it('takes flags of every command before and after its name', async () => {
    mkdirSync(join(folder.path, 'd'));
    writeFileSync(join(folder.path, 'd/c.yaml'), 'mode: observe\n');
    for (const argv of [
      ['--config', 'd/c.yaml', 'config', 'explain'],
      ['config', 'explain', '--config', 'd/c.yaml'],
      ['--config', 'none.yaml', 'config', 'explain', '--config=d/c.yaml'],
    ]) {
      expect((await run(...argv)).stdout).toContain('d/c.yaml:1');
    }
  });

  it('explains what to do where there are no logs and no terminal', async () => {
    const { code, stderr } = await run();
    expect(code).toBe(2);
    expect(stderr).toContain('rollwatch demo');
  });
});

describe('an unexpected error', () => {
  function fail(...argv: readonly string[]) {
    const setting = {
      cwd: folder.path,
      env: { HOME: folder.path, ROLLWATCH_STATE_DIR: join(folder.path, 'state') },
      interrupt: () => {
        throw new TypeError('nobody planned this');
      },
    };
    return runCommand(setting, 'simulate', '--pipeline', 'a', '--risk', 'low', '--live', ...argv);
  }

  it('ends with 1 and one message, and leaves its stack in the log', async () => {
    const { code, stderr } = await fail();
    const log = join(folder.path, 'state/rollwatch.log');
    expect(code).toBe(1);
    expect(stderr).toBe(
      `rollwatch: unexpected error: nobody planned this\nrollwatch: more is in ${log}; --debug shows the stack\n`,
    );
    expect(JSON.parse(readFileSync(log, 'utf8'))).toMatchObject({
      level: 'error',
      text: expect.stringContaining('TypeError: nobody planned this\n    at ') as string,
    });
  });

  it('shows its stack with --debug', async () => {
    expect((await fail('--debug')).stderr).toContain('    at ');
  });

  it('says so when there is no log either', async () => {
    writeFileSync(join(folder.path, 'state'), 'a file');
    const { code, stderr } = await fail();
    expect(code).toBe(1);
    expect(stderr).toContain('rollwatch: there is no log (');
  });
});

describe('rollwatch config', () => {
  it('init writes a sample, once', async () => {
    expect((await run('config', 'init')).code).toBe(0);
    const written = readFileSync(join(folder.path, 'rollwatch.yaml'), 'utf8');
    writeFileSync(join(folder.path, 'rollwatch.yaml'), 'mode: ask\n');
    const again = await run('config', 'init');
    expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('it is not overwritten') as string });
    expect(readFileSync(join(folder.path, 'rollwatch.yaml'), 'utf8')).toBe('mode: ask\n');
    expect(written).toContain('policy: guarded');
  });

  it.each([
    ['mode: ask\n', 0, 'FOLDER/rollwatch.yaml: fine\n'],
    [
      'metrics: {cpu_usage: {limit: 150%}}\n',
      0,
      'FOLDER/rollwatch.yaml:1:30: warning: metrics.cpu_usage.limit: 150 can never be exceeded: the metric is a percent, at most 100; lower it, or say another `unit:`\nFOLDER/rollwatch.yaml: 1 warning\n',
    ],
    [
      'mdoe: ask\n',
      2,
      'FOLDER/rollwatch.yaml:1:1: mdoe: unknown key "mdoe"; did you mean "mode"?\nFOLDER/rollwatch.yaml: 1 error\n',
    ],
    [
      'pipelines: [{match: a, rollback: {command: [./gone]}}]\n',
      0,
      'FOLDER/rollwatch.yaml: warning: rollback: no executable file FOLDER/gone\nFOLDER/rollwatch.yaml: 1 warning\n',
    ],
  ])('check of %j ends with %i', async (yaml, code, text) => {
    writeFileSync(join(folder.path, 'rollwatch.yaml'), yaml);
    const found = await run('config', 'check');
    expect(found.stdout.replaceAll(folder.path, 'FOLDER')).toBe(text);
    expect(found.code).toBe(code);
  });

  it('check runs nothing', async () => {
    const script = join(folder.path, 'script');
    writeFileSync(script, `#!/bin/sh\ntouch ${folder.path}/ran\n`, { mode: 0o755 });
    const rollback = `{command: [${script}], version: [${script}], verify: {command: [${script}]}}`;
    writeFileSync(join(folder.path, 'rollwatch.yaml'), `pipelines: [{match: a, rollback: ${rollback}}]\n`);
    expect(await run('config', 'check', '--json')).toMatchObject({ code: 0 });
    expect(() => readFileSync(join(folder.path, 'ran'))).toThrow('ENOENT');
  });

  it('trust records the config and what it would run, and says so in the audit', async () => {
    const script = join(folder.path, 'script');
    writeFileSync(script, '#!/bin/sh\n', { mode: 0o755 });
    writeFileSync(join(folder.path, 'rollwatch.yaml'), `pipelines: [{match: a, rollback: {command: [${script}]}}]\n`, {
      mode: 0o644,
    });
    const state = ['--state-dir', join(folder.path, 'state')];
    const { code, stdout } = await run('config', 'trust', ...state);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `trusted: ${folder.path}/rollwatch.yaml\ntrusted: ${script}\n`,
    });
    expect((await run('audit', 'list', ...state)).stdout).toContain(
      `configuration ${folder.path}/rollwatch.yaml trusted by`,
    );
    expect(await run('config', 'trust', '--read-only', ...state)).toMatchObject({ code: 2 });
  });

  it('schema is JSON', async () => {
    expect(JSON.parse((await run('config', 'schema')).stdout)).toMatchObject({ title: 'rollwatch.yaml' });
  });
});
