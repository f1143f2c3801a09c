import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHANGE_FEATURES } from '../../../../src/core/risk/change-features.ts';
import { seededRandom } from '../../../../src/core/risk/random.ts';
import { runCommand } from '../../../fakes/cli-context.ts';
import { makeSampleRepository } from '../../../fakes/sample-repository.ts';
import { temporaryFolder } from '../../../fakes/temporary-folder.ts';

const folder = temporaryFolder();
const root = join(import.meta.dirname, '../../../..');
let repository = '';
beforeAll(() => {
  repository = makeSampleRepository(700, 3);
}, 60_000);
afterAll(() => rmSync(repository, { recursive: true, force: true }));

function run(...argv: readonly string[]) {
  return runCommand({ cwd: folder.path }, ...argv);
}

/** A table whose label follows `size` and `team`. */
function writeTable(name: string, rows: number, change: (line: string, i: number) => string = (line) => line): void {
  const random = seededRandom(5);
  const lines = Array.from({ length: rows }, (_, i) => {
    const size = Math.floor(random() * 100);
    const team = random() < 0.5 ? 'red' : 'blue';
    const bad = Number(random() < 0.05 + 0.004 * size + (team === 'red' ? 0.3 : 0));
    return change(`${1_700_000_000 + i * 3600},${size},${team},${bad}`, i);
  });
  writeFileSync(join(folder.path, name), ['at,size,team,bad', ...lines, ''].join('\n'));
}

describe('rollwatch features', () => {
  it('git: one deployment, aggregated', async () => {
    const { code, stdout } = await run('features', 'git', '--repo', repository, '--from', 'HEAD~6', '--json');
    expect(code).toBe(0);
    const { commits, features } = JSON.parse(stdout) as { commits: string[]; features: Record<string, number> };
    const listed = execFileSync('git', ['-C', repository, 'rev-list', '--no-merges', 'HEAD~6..HEAD'], {
      encoding: 'utf8',
    });
    expect(commits.length).toBeGreaterThan(2);
    for (const hash of commits) expect(listed).toContain(hash);
    expect(Object.keys(features)).toEqual([...CHANGE_FEATURES]);
  });

  it('git: every change with its label, in the form training reads', async () => {
    const { code, stdout } = await run('features', 'git', '--repo', repository, '--each');
    expect(code).toBe(0);
    writeFileSync(join(folder.path, 'changes.csv'), stdout);
    const trained = await run(
      'risk',
      'train',
      '--table',
      'changes.csv',
      '--label',
      'label_reverted_14d',
      '--out',
      'a.json',
    );
    const direct = await run('risk', 'train', '--repo', repository, '--no-prior', '--out', 'b.json');
    // The made history may have too few reverts; both ways must then say the same.
    expect(trained.stderr).toBe(direct.stderr);
    expect(trained.code).toBe(direct.code);
  });

  it('ci: past outcomes of a CSV log', async () => {
    const log = [
      'timestamp,pipeline_id,stage_name,job_name,task_name,status,message,commit_id,branch,user,environment',
      '2026-03-02T10:00:00Z,shop,test,unit,jest,failed,"timed out, ""again""",c1,main,ada,prod',
      '2026-03-02T11:00:00Z,shop,test,unit,jest,success,,c2,feature/x,ada,prod',
    ];
    writeFileSync(join(folder.path, 'ci.csv'), log.join('\n'));
    const { code, stdout } = await run('features', 'ci', 'ci.csv', '--json', '--at', 'start');
    expect(code).toBe(0);
    const { runs } = JSON.parse(stdout) as { runs: { features: Record<string, unknown>; failed: boolean }[] };
    expect(runs[1]).toMatchObject({
      failed: false,
      features: { last_failed: 1, is_feature_branch: 1, last_error_class: 'timeout' },
    });
  });

  it.each([
    [['features', 'ci', 'nowhere.csv'], /Cannot read .*nowhere\.csv/],
    [['features', 'git', '--repo', '.'], /not a git repository/],
    [['features', 'git', '--each', '--from', 'HEAD~1'], /--from has no meaning/],
  ])('refuses %j with exit code 2', async (argv, message) => {
    const { code, stderr } = await run(...argv);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });
});

describe('rollwatch risk', () => {
  it('trains on a table with categories, writes model and card, and asks it', async () => {
    writeTable('t.csv', 800);
    const train = ['risk', 'train', '--table', 't.csv', '--label', 'bad', '--time', 'at', '--out', 'm.json', '--json'];
    const { code, stdout, stderr } = await run(...train);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ rows: 800, evaluation: { rows: 240 } });
    const card = await run('risk', 'card', '--model', 'm.json');
    expect(card.stdout).toBe(readFileSync(join(folder.path, 'm.md'), 'utf8'));
    const ask = async (line: string) => {
      writeFileSync(join(folder.path, 'one.csv'), `size,team\n${line}\n`);
      return JSON.parse(
        (await run('risk', 'predict', '--model', 'm.json', '--features', 'one.csv', '--json')).stdout,
      ) as {
        probability: number;
        label: string;
      };
    };
    expect((await ask('95,red')).probability).toBeGreaterThan(2 * (await ask('5,blue')).probability);
    expect((await ask(',green')).label).toMatch(/LOW|HIGH/);
    const measured = await run(
      'risk',
      'evaluate',
      '--model',
      'm.json',
      '--table',
      't.csv',
      '--label',
      'bad',
      '--time',
      'at',
    );
    expect(measured.stdout).toMatch(/ROC-AUC +0\.[678]/);
    expect(measured.stdout).toMatch(/the numbers flatter it/);
    const again = await run(...train);
    expect(again.stdout).toBe(stdout);
  });

  it('explains what is deployed from a repository', async () => {
    const { code, stdout } = await run('risk', 'explain', '--repo', repository, '--to', 'HEAD~2', '--json');
    expect(code).toBe(0);
    const risk = JSON.parse(stdout) as {
      rawScore: number;
      bias: number;
      reasons: { contribution: number }[];
      similar: unknown[];
    };
    expect(risk.reasons.reduce((sum, reason) => sum + reason.contribution, risk.bias)).toBeCloseTo(risk.rawScore, 9);
    expect(risk.similar).toHaveLength(5);
  });

  it('says with a row of a table how the model was measured', async () => {
    const table = join(root, 'deployment_features.csv');
    const { code, stdout } = await run('risk', 'explain', '--features', table, '--pipeline', 'pipe-risky456');
    expect(code).toBe(0);
    expect(stdout).toMatch(/reliability +AUC 0\.\d\d \(.*\) on \d+ held-back deployments, \d+ bad/);
  });

  it.each([
    ['ten rows', 10, undefined, /at least 60 past deployments; found 10/],
    ['one class', 200, (line: string) => line.replace(/\d$/, '0'), /not one bad deployment among 200/],
    [
      'text where a number belongs',
      200,
      (line: string, i: number) => (i === 5 ? line.replace(/,\d+,/, ',many,') : line),
      /labelled row 6: "size" is a number elsewhere; found "many"/,
    ],
    [
      'a label that is none',
      200,
      (line: string, i: number) => (i === 5 ? line.replace(/\d$/, 'perhaps') : line),
      /"bad" must be 0 or 1; found "perhaps"/,
    ],
  ])('refuses to train on %s and writes nothing', async (name, rows, change, message) => {
    writeTable('bad.csv', rows, change);
    const { code, stderr } = await run(
      'risk',
      'train',
      '--table',
      'bad.csv',
      '--label',
      'bad',
      '--time',
      'at',
      '--out',
      `${name}.json`,
    );
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
    expect(existsSync(join(folder.path, `${name}.json`))).toBe(false);
  });

  it('never writes over a file that is no model', async () => {
    writeFileSync(join(folder.path, 'notes.json'), '{"mine": true}');
    const { code, stderr } = await run('risk', 'train', '--table', 't.csv', '--label', 'bad', '--out', 'notes.json');
    expect(stderr).toMatch(/is not a risk model; nothing was written/);
    expect(code).toBe(2);
    expect(readFileSync(join(folder.path, 'notes.json'), 'utf8')).toBe('{"mine": true}');
  });

  it('refuses a model of another version and a damaged one', async () => {
    const shipped = readFileSync(join(root, 'models/deployment-risk.json'), 'utf8');
    writeFileSync(join(folder.path, 'v9.json'), shipped.replace('"schemaVersion":1', '"schemaVersion":9'));
    writeFileSync(join(folder.path, 'cut.json'), shipped.slice(0, 5000));
    expect((await run('risk', 'card', '--model', 'v9.json')).stderr).toMatch(/expected 1; found 9/);
    const cut = await run('risk', 'card', '--model', 'cut.json');
    expect(cut.stderr).toMatch(/cut\.json is not JSON/);
    expect(cut.code).toBe(2);
  });

  it('says which source is missing', async () => {
    expect(await run('risk', 'train')).toMatchObject({
      code: 2,
      stderr: 'rollwatch: Expected one of --repo DIR, --table FILE or --records; found none.\n',
    });
  });
});
