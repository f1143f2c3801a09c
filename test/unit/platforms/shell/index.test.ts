import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shell } from '../../../../src/platforms/shell/index.ts';
import type { Plan } from '../../../../src/core/model/rollback.ts';
import { removeDir, script, temporaryDir } from '../../../fakes/act-bench.ts';

let root: string;
let program: string;
beforeEach(() => {
  root = temporaryDir();
  program = script(join(root, 'rollback'), 'true');
});
afterEach(() => removeDir(root));

const request = { pipeline: 'checkout', environment: 'prod', deploymentId: 'd', fromVersion: 'v2', toVersion: 'v1' };

function planOf(config: object, change: object = {}): Plan {
  const context = { baseDir: root, host: { name: 'box', machineId: 'abc' }, home: '/home/alice', dryRunBecause: null };
  return shell.create(shell.schema.parse(config), context).plan({ ...request, ...change });
}

function faultOf(config: object): string {
  const { error } = shell.schema.safeParse({ command: ['x'], ...config });
  return error?.issues.map(({ message }) => message).join('; ') ?? 'taken';
}

describe('a plan', () => {
  it('has values as whole arguments and inside them, never split', () => {
    const { steps } = planOf({
      command: [program, '{pipeline}', '--to={to}', '{from}..{to}', '{environment}', 'plain'],
    });
    expect(steps[0]!.command.argv).toEqual([program, 'checkout', '--to=v1', 'v2..v1', 'prod', 'plain']);
  });

  it('gives the command a fixed environment and names what is handed on', () => {
    const plan = planOf({ command: [program], environment: ['KUBECONFIG'] });
    expect(plan.steps[0]!.command.env).toEqual({
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      HOME: '/home/alice',
      LANG: 'C.UTF-8',
      ROLLWATCH_PIPELINE: 'checkout',
      ROLLWATCH_FROM: 'v2',
      ROLLWATCH_TO: 'v1',
      ROLLWATCH_ENVIRONMENT: 'prod',
      ROLLWATCH_PLAN_ID: plan.id,
    });
    expect(plan.steps[0]!.command.envFrom).toEqual(['KUBECONFIG']);
  });

  it('asks for health where something is verified, and for nothing where nothing is', () => {
    expect(planOf({ command: [program] }).verify).toMatchObject({ versionCommand: null, healthAtLeast: null });
    expect(planOf({ command: [program], version: [program] }).verify).toMatchObject({
      healthAtLeast: 70,
      healthForMs: 60_000,
      withinMs: 600_000,
    });
    const verify = { healthAtLeast: 90, for: '0s', within: '2m' };
    expect(planOf({ command: [program], verify }).verify).toMatchObject({
      verifyCommand: null,
      healthAtLeast: 90,
      healthForMs: 0,
      withinMs: 120_000,
    });
  });

  it('says what is missing for a placeholder', () => {
    expect(() => planOf({ command: [program, '{environment}'] }, { environment: null })).toThrow(
      'asks for {environment}',
    );
  });
});

describe('a program', () => {
  it('is found absolute, beside the config, or on the fixed path', () => {
    const programOf = (name: string, change: object = {}): string =>
      planOf({ command: [name], ...change }).steps[0]!.command.argv[0]!;
    expect(programOf(program)).toBe(program);
    expect(programOf('./rollback')).toBe(program);
    expect(programOf('true')).toMatch(/^\/(usr\/)?bin\/true$/);
    mkdirSync(join(root, 'sub'));
    script(join(root, 'sub/other'), 'true');
    expect(programOf('./other', { cwd: 'sub' })).toBe(join(root, 'sub/other'));
  });

  it.each([
    ['is not there', () => join(root, 'nothing'), 'no executable file'],
    [
      'is not on the path',
      () => 'no-such-program-at-all',
      'no executable file no-such-program-at-all on /usr/local/sbin',
    ],
    ['is a folder', () => root, 'no executable file'],
    [
      'cannot be executed',
      () => {
        writeFileSync(join(root, 'data'), '');
        return join(root, 'data');
      },
      'no executable file',
    ],
    [
      'can be written by anyone',
      () => {
        chmodSync(program, 0o777);
        return program;
      },
      'others can write it',
    ],
  ])('that %s is not planned', (_, make, words) => {
    expect(() => planOf({ command: [make()] })).toThrow(words);
  });

  it('of another user is not planned', () => {
    if (process.getuid!() === 0) chownSync(program, 12_345, 12_345);
    else return expect(() => planOf({ command: ['/bin/true'] })).not.toThrow();
    expect(() => planOf({ command: [program] })).toThrow('belongs to user 12345');
  });
});

describe('the config', () => {
  it.each([
    [{ command: [] }, 'a list of a program'],
    [{ command: 'rollback {to}' }, 'a list of a program'],
    [{ command: [''] }, 'a list of a program'],
    [{ command: ['x', 1] }, 'numbers in quotes'],
    [{ command: ['x', 'a\u0000'] }, 'text without NUL'],
    [{ command: ['x', '{version}'] }, 'not {version}'],
    [{ command: ['{to}'] }, 'without a placeholder in its own name'],
    [{ command: ['sh', '-c', 'deploy {to}'] }, 'reads $ROLLWATCH_PIPELINE'],
    [{ command: ['/bin/bash', '-euc', 'deploy {to}'] }, 'reads $ROLLWATCH_PIPELINE'],
    [{ version: ['x', '{to}'] }, 'not {to}'],
    [{ timeout: '5' }, 'a duration'],
    [{ timeout: '0s' }, 'a duration'],
    [{ timeout: '25h' }, 'at most 24h'],
    [{ verify: { healthAtLeast: 101 } }, 'a number from 0 to 100'],
    [{ environment: ['PATH'] }, 'does not change which program runs'],
    [{ environment: ['LD_PRELOAD'] }, 'does not change which program runs'],
    [{ environment: ['ROLLWATCH_TO'] }, 'does not change which program runs'],
    [{ environment: ['A=B'] }, 'the name of an environment variable'],
  ])('%j is refused: %s', (config, words) => {
    expect(faultOf(config)).toContain(words);
  });

  it.each([
    { command: ['bash', 'rollback.sh', '{to}'] },
    { command: ['sh', '-c', 'deploy "$ROLLWATCH_TO"', 'sh', '{to}'] },
    { command: ['kubectl', '-o', 'jsonpath={.spec}'] },
    { timeout: '90s', verify: {}, environment: ['AWS_PROFILE'] },
  ])('%j is taken', (config) => {
    expect(faultOf(config)).toBe('taken');
  });
});
