import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { releases } from '../../src/platforms/releases/index.ts';
import type { Platform } from '../../src/ports/platform.ts';
import { freePort, ready, startDaemon, type Daemon } from './loopback.ts';

export const SSHD = ['/usr/sbin/sshd', '/usr/local/sbin/sshd'].find(existsSync) ?? null;

/** Folders v1, v2, v3 and a link to v2, as Capistrano lays them out. */
export function releasesIn(root: string): { readonly current: () => string } {
  for (const version of ['v1', 'v2', 'v3']) mkdirSync(join(root, 'checkout/releases', version), { recursive: true });
  symlinkSync('releases/v2', join(root, 'checkout/current'));
  return { current: () => readlinkSync(join(root, 'checkout/current')) };
}

/** The platform on folders of a test. */
export function releasesPlatform(root: string, change: object = {}): Platform {
  const verify = { healthAtLeast: 70, for: '0s', within: '3s' };
  return releases.create(releases.schema.parse({ root: join(root, '{pipeline}'), verify, ...change }), {
    baseDir: root,
    host: { name: 'box', machineId: 'abc' },
    home: root,
    dryRunBecause: null,
  });
}

/** A real sshd on loopback that lets this user in by a key made for it. */
export interface SshWorld {
  readonly daemon: Daemon;
  /** The `ssh` part of a config that leads to it. */
  readonly ssh: object;
}

export async function sshWorld(root: string): Promise<SshWorld> {
  const at = (name: string): string => join(root, name);
  const port = await freePort();
  for (const key of ['host_key', 'user_key']) {
    spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', at(key)]);
  }
  writeFileSync(at('authorized_keys'), readFileSync(at('user_key.pub')));
  writeFileSync(at('known_hosts'), `[127.0.0.1]:${port} ${readFileSync(at('host_key.pub'), 'utf8')}`);
  writeFileSync(
    at('sshd_config'),
    `Port ${port}
ListenAddress 127.0.0.1
HostKey ${at('host_key')}
AuthorizedKeysFile ${at('authorized_keys')}
PidFile none
UsePAM no
StrictModes no
PasswordAuthentication no
PermitRootLogin prohibit-password
`,
  );
  writeFileSync(
    at('ssh_config'),
    `Host box
  HostName 127.0.0.1
  IdentityFile ${at('user_key')}
  IdentitiesOnly yes
  UserKnownHostsFile ${at('known_hosts')}
  StrictHostKeyChecking yes
`,
  );
  chmodSync(at('user_key'), 0o600);
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true });
  const daemon = startDaemon(SSHD!, ['-D', '-e', '-f', at('sshd_config')]);
  const args = ['-F', at('ssh_config'), '-p', String(port), '-l', userInfo().username, 'box', 'true'];
  await ready('sshd lets in', async () => spawnSync('ssh', args, { timeout: 10_000 }).status === 0, daemon.said);
  const machineId = spawnSync('sh', ['-c', 'cat /etc/machine-id 2>/dev/null || hostname'], {
    encoding: 'utf8',
  }).stdout.trim();
  return { daemon, ssh: { host: 'box', user: userInfo().username, port, config: at('ssh_config'), machineId } };
}
