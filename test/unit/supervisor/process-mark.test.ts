import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { lifeOf, markOf } from '../../../src/supervisor/process-mark.ts';

describe('a process mark', () => {
  it('tells a living process from one that had its number', async () => {
    const child = spawn('/bin/sleep', ['60']);
    const mark = markOf(child.pid!);
    expect(mark.startTicks).toMatch(/^\d+$/);
    expect(lifeOf(mark)).toBe('alive');
    expect(lifeOf({ ...mark, startTicks: '1' })).toBe('dead');
    child.kill('SIGSTOP');
    expect(lifeOf(mark)).toBe('alive');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(lifeOf(mark)).toBe('dead');
  });

  it('is not fooled by a name with brackets and spaces', async () => {
    const code = `process.title = ') R 1 (x'; process.stdout.write('ready'); setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'ignore'] });
    const before = markOf(child.pid!);
    await once(child.stdout, 'data');
    expect(markOf(child.pid!).startTicks).toBe(before.startTicks);
    expect(lifeOf(before)).toBe('alive');
    child.kill('SIGKILL');
    await once(child, 'exit');
  });

  it('is dead after a reboot, and proves nothing about another host or container', () => {
    const me = markOf(process.pid);
    expect(lifeOf({ ...me, bootId: 'earlier' })).toBe('dead');
    expect(lifeOf({ ...me, bootId: 'other', host: 'elsewhere' })).toBe('unprovable');
    expect(lifeOf({ ...me, pidNamespace: 'pid:[1]' })).toBe('unprovable');
    expect(lifeOf({ ...me, startTicks: null })).toBe('unprovable');
  });
});
