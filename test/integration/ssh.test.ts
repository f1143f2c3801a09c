import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { runCommand } from '../../src/app/executor/run-command.ts';
import { actBench, removeDir, script, temporaryDir, type ActBench } from '../fakes/act-bench.ts';
import { freePort } from '../fakes/loopback.ts';
import { releasesIn, releasesPlatform, SSHD, sshWorld, type SshWorld } from '../fakes/releases-world.ts';
import { describeWith } from './skip-loudly.ts';

const request = { pipeline: 'checkout', environment: null, deploymentId: 'd1', fromVersion: 'v2', toVersion: 'v1' };

describeWith('sshd', SSHD !== null, 'releases: a link on a host behind a real sshd', () => {
  const keys = temporaryDir();
  let world: SshWorld;
  let root: string;
  let act: ActBench;
  let link: ReturnType<typeof releasesIn>;
  beforeAll(async () => {
    world = await sshWorld(keys);
  });
  afterAll(async () => {
    await world.daemon.stop();
    removeDir(keys);
  });
  beforeEach(() => {
    root = temporaryDir();
    act = actBench();
    link = releasesIn(root);
  });
  afterEach(() => {
    act.close();
    removeDir(root);
  });

  it('points the link back, reloads there, and reads it back', async () => {
    const reload = [script(join(root, 'reload'), `echo "$1" >> ${root}/reloaded`), '{pipeline}'];
    const end = await act.run(releasesPlatform(root, { ssh: world.ssh, reload }).plan(request));
    expect(end.text).toContain('the check of version v1 passed');
    expect(end.state).toBe('done');
    expect(link.current()).toBe('releases/v1');
    expect(readFileSync(join(root, 'reloaded'), 'utf8')).toBe('checkout\n');
  });

  it('tells the releases there are', async () => {
    const { stdout } = await runCommand(releasesPlatform(root, { ssh: world.ssh }).factsReader!('checkout')!, {});
    const { versions } = JSON.parse(stdout) as { versions: { version: string; current: boolean }[] };
    expect(versions[0]).toMatchObject({ version: 'v2', current: true });
    expect(versions.map(({ version }) => version).toSorted()).toEqual(['v1', 'v2', 'v3']);
  });

  it('refuses another machine, no release of that name, and a host it cannot reach', async () => {
    const elsewhere = { ...world.ssh, machineId: 'another-machine' };
    const wrong = await act.run(releasesPlatform(root, { ssh: elsewhere }).plan(request));
    expect(wrong.state).toBe('cancelled');
    const nothing = await act.run(releasesPlatform(root, { ssh: world.ssh }).plan({ ...request, toVersion: 'v0' }));
    expect(nothing.state).toBe('failed');
    expect(nothing.outputTail.join('\n')).toContain('there is no release v0');
    const nowhere = { ...world.ssh, port: await freePort() };
    const unreachable = releasesPlatform(root, { ssh: nowhere }).plan({ ...request, deploymentId: 'd2' });
    expect((await act.run(unreachable)).state).toBe('cancelled');
    expect(link.current()).toBe('releases/v2');
  });

  it.each([
    ['another host key than the one that is known', (known: string, other: string) => known.replace(/\S+$/, other)],
    ['a host key that is not known', () => ''],
  ])('refuses %s, whatever the configuration of ssh allows', async (_, changed) => {
    const at = (name: string): string => join(root, name);
    const keyOf = (path: string): string => readFileSync(path, 'utf8').trim().split(' ')[1]!;
    const [known, other] = [readFileSync(join(keys, 'known_hosts'), 'utf8'), keyOf(join(keys, 'user_key.pub'))];
    const entry = known.trim().split(' ').slice(0, 3).join(' ');
    writeFileSync(at('known_hosts'), `${changed(entry, other)}\n`);
    const lax = readFileSync(join(keys, 'ssh_config'), 'utf8')
      .replace('StrictHostKeyChecking yes', 'StrictHostKeyChecking no')
      .replace(join(keys, 'known_hosts'), at('known_hosts'));
    writeFileSync(at('ssh_config'), lax);
    const platform = releasesPlatform(root, { ssh: { ...world.ssh, config: at('ssh_config') } });
    const end = await act.run(platform.plan(request));
    expect(end.state).toBe('cancelled');
    expect(end.text).toContain('Host key verification failed');
    const { stdout, exitCode } = await runCommand(platform.factsReader!('checkout')!, {});
    expect([stdout, exitCode]).toEqual(['', 3]);
    expect(link.current()).toBe('releases/v2');
  });

  it('is unknown when the connection is cut while the service is reloaded', async () => {
    // The far end of its own connection: what a machine does that goes down.
    const cut = script(
      join(root, 'cut'),
      `touch ${root}/began
id=$PPID
until grep -q '^Name:.sshd' /proc/$id/status; do id=$(awk '/^PPid:/ { print $2 }' /proc/$id/status); done
kill -9 $id
sleep 5`,
    );
    const end = await act.run(releasesPlatform(root, { ssh: world.ssh, reload: [cut] }).plan(request));
    expect([end.state, end.text]).toEqual(['unknown', expect.stringContaining('cannot tell whether it took effect')]);
    expect(existsSync(join(root, 'began'))).toBe(true);
    expect(link.current()).toBe('releases/v1');
  });
});
