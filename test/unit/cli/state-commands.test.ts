import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../../fakes/cli-context.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';

const folder = temporaryFolder();

function run(...argv: readonly string[]) {
  const env = { HOME: folder.path, ROLLWATCH_STATE_DIR: join(folder.path, 'state') };
  return runCommand({ cwd: folder.path, env }, ...argv);
}

describe('looking back where nothing happened yet', () => {
  it.each([
    [['audit', 'list'], ''],
    [['audit', 'list', '--json'], '[]\n'],
    [['audit', 'export'], ''],
    [['audit', 'verify'], 'consistent: 0 records\nThere is nothing to check.\n'],
    [['proposals'], 'no question is open\n'],
    [['proposals', '--json'], '[]\n'],
  ])('%j makes no state', async (argv, stdout) => {
    const found = await run(...argv);
    expect(found).toMatchObject({ code: 0, stdout });
    expect(found.stderr).toContain('there is no state');
    expect(existsSync(join(folder.path, 'state'))).toBe(false);
  });
});

describe('halt and resume', () => {
  it('stop and go on, and both are in the audit', async () => {
    expect(await run('halt', '--reason', 'maintenance')).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(readFileSync(join(folder.path, 'state/halted.json'), 'utf8'))).toMatchObject({
      reason: 'maintenance',
    });
    expect((await run('resume')).stdout).toBe('resumed: acting goes on\n');
    expect(existsSync(join(folder.path, 'state/halted.json'))).toBe(false);
    const listed = await run('audit', 'list');
    expect(listed.stdout.trim().split('\n')).toEqual([
      expect.stringMatching(/^1 {2}2026-03-02T12:00:00.*halted by .*: maintenance$/),
      expect.stringMatching(/^2 {2}.*resumed by /),
    ]);
  });

  it('halts even when the audit cannot be written', async () => {
    await run('halt');
    const { writeFileSync } = await import('node:fs');
    writeFileSync(join(folder.path, 'state/rollwatch.db-x'), '');
    await run('resume');
    const { rmSync, mkdirSync } = await import('node:fs');
    for (const end of ['', '-wal', '-shm']) rmSync(join(folder.path, `state/rollwatch.db${end}`), { force: true });
    mkdirSync(join(folder.path, 'state/rollwatch.db'));
    const { code, stderr } = await run('halt');
    expect(code).toBe(0);
    expect(stderr).toContain('not recorded in the audit');
    expect(existsSync(join(folder.path, 'state/halted.json'))).toBe(true);
  });
});

describe('audit', () => {
  it('shows, exports and verifies records', async () => {
    await run('halt', '--reason', 'one');
    await run('resume');
    expect(JSON.parse((await run('audit', 'show', '1', '--json')).stdout)).toMatchObject({
      seq: 1,
      event: { type: 'halted', reason: 'one' },
    });
    expect(await run('audit', 'show', '9')).toMatchObject({
      code: 2,
      stderr: 'rollwatch: there is no record 9 in the audit\n',
    });
    const lines = (await run('audit', 'export')).stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { hash: string; previousHash: string });
    expect(lines).toHaveLength(2);
    expect(lines[1]!.previousHash).toBe(lines[0]!.hash);
    expect((await run('audit', 'verify')).stdout).toMatch(/^consistent: 2 records\nConsistent, not tamper-proof/);
    expect(JSON.parse((await run('audit', 'list', '--type', 'resumed', '--json')).stdout)).toMatchObject([{ seq: 2 }]);
    expect((await run('audit', 'export', '--out', 'a.jsonl')).code).toBe(0);
    expect((await run('audit', 'export', '--out', 'a.jsonl')).code).toBe(2);
  });

  it('verify names the first bad record and ends with 1', async () => {
    await run('halt');
    await run('resume');
    const { DatabaseSync } = await import('node:sqlite');
    const database = new DatabaseSync(join(folder.path, 'state/rollwatch.db'));
    for (const { name } of database.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").all()) {
      database.exec(`DROP TRIGGER "${String(name)}"`);
    }
    database.exec("UPDATE audit SET body = replace(body, 'no reason given', 'a good reason') WHERE seq = 1");
    database.close();
    const { code, stdout } = await run('audit', 'verify');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^broken at record 1: /);
  });
});

describe('an answer from a second shell', () => {
  it.each(['approve', 'dismiss'])('%s is refused for a question that is not there', async (command) => {
    expect(await run(command, 'nope')).toEqual({
      code: 14,
      stdout: '',
      stderr: 'rollwatch: refused: There is no proposal nope.\n',
    });
  });
});
