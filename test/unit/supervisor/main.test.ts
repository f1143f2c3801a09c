import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CommandSpec, Execution } from '../../../src/core/model/rollback.ts';
import { lifeOf } from '../../../src/supervisor/process-mark.ts';
import {
  claimRun,
  prepareRun,
  readChild,
  readClaim,
  readResult,
  type Job,
} from '../../../src/supervisor/run-directory.ts';
import { markOf } from '../../../src/supervisor/process-mark.ts';
import { command, plan, removeDir, sh, supervisorEntry, temporaryDir, until } from '../../fakes/act-bench.ts';

let root: string;
let dir: string;
beforeEach(() => {
  root = temporaryDir();
  dir = join(root, 'run');
});
afterEach(() => removeDir(root));

function prepare(step: CommandSpec, change: Partial<Job> = {}): string {
  const execution = { id: 'e' } as Execution;
  const job = {
    runId: 'e-0',
    stepIndex: 0,
    command: step,
    graceMs: 200,
    outputMaxBytes: 4000,
    fileMode: 0o600,
    execution,
    plan: plan(step),
  };
  return prepareRun(dir, { ...job, ...change });
}

function supervise(hash: string, env: Record<string, string> = {}): void {
  const { status, stderr } = spawnSync(process.execPath, [supervisorEntry.file, dir, hash], { env, encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
}

function output(): string {
  return readFileSync(join(dir, 'output.log'), 'utf8');
}

describe('the supervisor', () => {
  it('runs the argv as it is: no shell, the whole environment, no stdin, its own group', () => {
    const text = 'cat; echo "$#:$1"; env | sort; echo "$(ps -o pgid= -p $$ | tr -d " ")=$$"';
    supervise(prepare(command(['/bin/sh', '-c', text, 'sh', '$(id); *'], 5000, { A: '1' })), { SECRET: 'x', B: '2' });
    const lines = output().trimEnd().split('\n');
    expect(lines[0]).toBe('1:$(id); *');
    expect(lines.filter((line) => line.includes('=') && !/^(PWD|SHLVL|_|OLDPWD|\d+)=/.test(line))).toEqual([
      'A=1',
      'PATH=/usr/bin:/bin',
    ]);
    const [group, pid] = lines.at(-1)!.split('=');
    expect(group).toBe(pid);
    expect(readResult(dir)).toMatchObject({ exitCode: 0, timedOut: false, startError: null, troubles: [] });
  });

  it('hands on what is named, by environment and by no file', () => {
    supervise(prepare({ ...sh('echo "$SECRET:$OTHER"'), envFrom: ['SECRET'] }), { SECRET: 'hunter2', OTHER: 'x' });
    expect(output()).toBe('hunter2:\n');
    expect(readFileSync(join(dir, 'job.json'), 'utf8')).not.toContain('hunter2');
  });

  it('notes itself before the command starts', () => {
    supervise(prepare(sh('cat "$CLAIM"', { CLAIM: join(dir, 'claim.json') })));
    const claim = readClaim(dir)!;
    expect(JSON.parse(output())).toEqual(claim);
    expect(claim.mark.startTicks).toMatch(/^\d+$/);
    expect(claim.mark.bootId).toBe(markOf(process.pid).bootId);
    expect(lifeOf(readChild(dir)!)).toBe('dead');
  });

  it('runs nothing a second time, nothing that was claimed, nothing but its job', () => {
    const effects = join(root, 'effects');
    const hash = prepare(sh('echo x >> "$EFFECTS"', { EFFECTS: effects }));
    supervise(hash);
    supervise(hash);
    expect(readFileSync(effects, 'utf8')).toBe('x\n');
    expect(() => prepare(sh('true'))).toThrow('EEXIST');

    dir = join(root, 'claimed');
    const claimed = prepare(sh('echo x >> "$EFFECTS"', { EFFECTS: effects }));
    expect(claimRun(dir, { by: 'reconciler', mark: markOf(process.pid), atMs: 1 }, 0o600)).toBe(true);
    expect(claimRun(dir, { by: 'supervisor', mark: markOf(process.pid), atMs: 2 }, 0o600)).toBe(false);
    supervise(claimed);
    expect(existsSync(join(dir, 'output.log'))).toBe(false);

    dir = join(root, 'forged');
    const forged = prepare(sh('true'));
    writeFileSync(join(dir, 'job.json'), readFileSync(join(dir, 'job.json'), 'utf8').replace('true', 'fals'));
    const { status, stderr } = spawnSync(process.execPath, [supervisorEntry.file, dir, forged], { encoding: 'utf8' });
    expect(status).not.toBe(0);
    expect(stderr).toContain('not the one that was approved');
    expect(readClaim(dir)).toBeNull();
    expect(readFileSync(effects, 'utf8')).toBe('x\n');
  });

  it('says when the command could not be started', () => {
    supervise(prepare(command(['/nowhere/x'])));
    expect(readResult(dir)).toMatchObject({ exitCode: null, startError: 'spawn /nowhere/x ENOENT', timedOut: false });
  });

  it('stops the whole group at the timeout, also one that ignores TERM after its leader has gone', async () => {
    const pidFile = join(root, 'pid');
    const text = `(trap '' TERM; sh -c 'echo $PPID' > "$PID"; while :; do sleep 0.05; done) & sleep 60`;
    supervise(prepare(sh(text, { PID: pidFile }, 400)));
    expect(readResult(dir)).toMatchObject({ timedOut: true, gone: true });
    const pid = Number(readFileSync(pidFile, 'utf8'));
    await until('group ends', () => lifeOf(markOf(pid)) !== 'alive');
  });

  it('keeps the newest output below its size', () => {
    supervise(prepare(sh('i=0; while [ $i -lt 3000 ]; do echo "line $i"; i=$((i+1)); done; echo last')));
    expect(output().length).toBeLessThan(4000);
    expect(output()).toMatch(/bytes of output dropped …\n[\s\S]*line 2999\nlast\n$/);
    expect(readResult(dir)!.droppedOutputBytes).toBeGreaterThan(20_000);
  });

  it('is not ended by a hang-up, an interrupt or a service stop', async () => {
    const gate = join(root, 'gate');
    const hash = prepare(sh('while [ ! -e "$GATE" ]; do sleep 0.02; done; echo end', { GATE: gate }));
    const child = spawn(process.execPath, [supervisorEntry.file, dir, hash], { stdio: 'ignore' });
    await until('start', () => readChild(dir) !== null);
    for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM', 'SIGQUIT'] as const) child.kill(signal);
    writeFileSync(gate, '');
    await once(child, 'exit');
    expect(child.signalCode).toBeNull();
    expect(output()).toBe('end\n');
    expect(readResult(dir)).toMatchObject({ exitCode: 0 });
  });
});
