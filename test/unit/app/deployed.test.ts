import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { readMarker } from '../../../src/app/ingest/deployment-line.ts';
import { runCommand } from '../../fakes/cli-context.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';

const folder = temporaryFolder();
let markers = '';

beforeEach(() => {
  mkdirSync(join(folder.path, 'monitor_logs'));
  markers = join(folder.path, 'monitor_logs/deployments.jsonl');
});

function deployed(...argv: readonly string[]) {
  return runCommand({ cwd: folder.path }, 'deployed', ...argv);
}

const LEAST = ['--pipeline', 'checkout', '--version', '1.8.0'];

describe('rollwatch deployed', () => {
  it('makes the file with one line that the watch understands', async () => {
    const { code, stdout } = await deployed(...LEAST);
    expect({ code, stdout }).toEqual({ code: 0, stdout: `checkout 1.8.0 announced in ${markers}\n` });
    const text = readFileSync(markers, 'utf8');
    expect(text).toBe('{"pipeline":"checkout","version":"1.8.0","at":"2026-03-02T12:00:00.000Z"}\n');
    expect(readMarker(text.trim(), 0)).toMatchObject({
      deployment: { pipeline: 'checkout', atMs: Date.UTC(2026, 2, 2, 12) },
    });
  });

  it('says everything that it was told', async () => {
    const argv = [
      '--at',
      '2026-03-02T10:00:00+01:00',
      '--commit',
      '3f2c1ab',
      '--previous',
      '1.7.4',
      '--environment',
      'production',
    ];
    const { stdout } = await deployed(
      ...LEAST,
      ...argv,
      '--features',
      'num_tasks=12',
      'num_failed_tasks=-0.5',
      '--json',
    );
    const marker = {
      pipeline: 'checkout',
      version: '1.8.0',
      at: '2026-03-02T09:00:00.000Z',
      commit: '3f2c1ab',
      environment: 'production',
      previous: '1.7.4',
      features: { num_tasks: 12, num_failed_tasks: -0.5 },
    };
    expect(JSON.parse(stdout)).toEqual(marker);
    expect(JSON.parse(readFileSync(markers, 'utf8'))).toEqual(marker);
  });

  it('appends, also after a line that somebody left unfinished', async () => {
    writeFileSync(markers, '{"a":1}\n{"b":2}');
    await deployed(...LEAST);
    await deployed('--pipeline', 'orders', '--version', '2');
    const lines = readFileSync(markers, 'utf8').split('\n');
    expect(lines.map((line) => line.slice(0, 22))).toEqual([
      '{"a":1}',
      '{"b":2}',
      '{"pipeline":"checkout"',
      '{"pipeline":"orders","',
      '',
    ]);
  });

  it('goes beside the logs that are watched', async () => {
    mkdirSync(join(folder.path, 'other'));
    writeFileSync(join(folder.path, 'other/metrics_a.csv'), '');
    writeFileSync(join(folder.path, 'rollwatch.yaml'), 'sources: [{paths: [gone, other/metrics_a.csv]}]\n');
    expect((await deployed(...LEAST)).stdout).toContain(join(folder.path, 'other/deployments.jsonl'));
    expect((await deployed(...LEAST, '--logs', 'monitor_logs')).stdout).toContain(markers);
  });

  it.each([
    [['--pipeline', '../x', '--version', '1'], '--pipeline "../x": expected letters'],
    [['--pipeline', 'a', '--version=-rf'], '--version "-rf": expected letters'],
    [['--pipeline', 'a', '--version', '1\n{"pipeline":"b"}'], 'expected letters'],
    [['--pipeline', 'a', '--version', '1', '--previous', '1'], 'is the version that was deployed'],
    [['--pipeline', 'a', '--version', '1', '--at', 'noon'], '--at "noon": expected a time such as'],
    [['--pipeline', 'a', '--version', '1', '--at', '2026-03-02T12:02:00Z'], 'is in the future'],
    [['--pipeline', 'a', '--version', '1', '--features', 'x'], 'Expected name=number, found "x"'],
    [['--pipeline', 'a', '--version', '1', '--logs', 'nowhere'], 'name their folder with --logs'],
  ])('refuses %j', async (argv, why) => {
    const { code, stderr } = await deployed(...argv);
    expect(stderr).toContain(why);
    expect(code).toBe(2);
    expect(() => readFileSync(markers)).toThrow('ENOENT');
  });

  it('does not write through a link', async () => {
    writeFileSync(join(folder.path, 'target'), '');
    symlinkSync(join(folder.path, 'target'), markers);
    expect(await deployed(...LEAST)).toMatchObject({ code: 2 });
    expect(readFileSync(join(folder.path, 'target'), 'utf8')).toBe('');
  });
});
