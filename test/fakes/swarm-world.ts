import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { swarm } from '../../src/platforms/swarm/index.ts';
import type { Platform } from '../../src/ports/platform.ts';
import { freePort, ready, startDaemon } from './loopback.ts';
import { removeDir, temporaryDir } from './act-bench.ts';

const BUSYBOX = '/bin/busybox';
const NEEDED = ['/usr/sbin/dockerd', '/usr/bin/nsenter', BUSYBOX];

/** A real Engine can be had: as root, with network namespaces. */
export const DOCKERD =
  NEEDED.every(existsSync) && process.getuid?.() === 0 && spawnSync('docker', ['--version']).status === 0;

/** A real Docker Engine in Swarm mode in a network namespace of its own, with images made on the spot. */
export interface SwarmWorld {
  readonly root: string;
  readonly socket: string;
  readonly cluster: string;
  docker(...args: readonly string[]): { readonly status: number; readonly text: string };
  /** An image whose server has the file `index.html` with its version, or none of it where it is bad. */
  image(tag: string, kind: 'good' | 'broken' | 'crashing'): void;
  /** What the service answers, asked inside the namespace. */
  answer(): { readonly ok: boolean; readonly text: string };
  inspect(service?: string): { readonly ID: string; readonly UpdateStatus?: { readonly State: string } };
  platform(change?: object): Platform;
  close(): Promise<void>;
}

export async function swarmWorld(): Promise<SwarmWorld> {
  const root = temporaryDir();
  const namespace = `rollwatch-${process.pid}`;
  const socket = join(root, 'docker.sock');
  execFileSync('ip', ['netns', 'add', namespace]);
  execFileSync('ip', ['-n', namespace, 'link', 'set', 'lo', 'up']);
  const inside = [`--net=/run/netns/${namespace}`];
  writeFileSync(join(root, 'daemon.json'), '{}');
  const at = (name: string): string => join(root, name);
  const args = ['--config-file', at('daemon.json'), '-H', `unix://${socket}`, '--data-root', at('data')];
  const daemon = startDaemon('nsenter', [
    ...inside,
    'dockerd',
    ...args,
    '--exec-root',
    at('exec'),
    '--pidfile',
    at('pid'),
  ]);

  const docker: SwarmWorld['docker'] = (...command) => {
    const { status, stdout, stderr } = spawnSync('docker', ['-H', `unix://${socket}`, ...command], {
      encoding: 'utf8',
      timeout: 120_000,
    });
    return { status: status ?? -1, text: `${stdout}${stderr}`.trim() };
  };
  const must = (...command: readonly string[]): string => {
    const { status, text } = docker(...command);
    if (status === 0) return text;
    throw new Error(`docker ${command.join(' ')}: ${text}\n${daemon.said()}`);
  };
  await ready('the Engine answers', async () => existsSync(socket) && docker('version').status === 0, daemon.said);
  must('swarm', 'init', '--advertise-addr', '127.0.0.1', '--listen-addr', `127.0.0.1:${await freePort()}`);
  const cluster = must('info', '--format', '{{.Swarm.Cluster.ID}}');

  return {
    root,
    socket,
    cluster,
    docker,
    image(tag, kind) {
      const files = at(`rootfs-${tag}`);
      mkdirSync(join(files, 'bin'), { recursive: true });
      mkdirSync(join(files, 'www'));
      copyFileSync(BUSYBOX, join(files, 'bin/busybox'));
      if (kind === 'good') writeFileSync(join(files, 'www/index.html'), `${tag}\n`);
      const server = ['/bin/busybox', 'httpd', '-f', '-p', '127.0.0.1:8080', '-h', '/www'];
      const command = JSON.stringify(kind === 'crashing' ? ['/bin/busybox', 'false'] : server);
      execFileSync('tar', ['-C', files, '-cf', at(`${tag}.tar`), '.']);
      must('import', '-c', `CMD ${command}`, at(`${tag}.tar`), `app:${tag}`);
    },
    answer() {
      const ask = [...inside, BUSYBOX, 'wget', '-qO-', 'http://127.0.0.1:8080/'];
      const { status, stdout, stderr } = spawnSync('nsenter', ask, { encoding: 'utf8', timeout: 10_000 });
      return { ok: status === 0, text: `${stdout}${stderr}`.trim() };
    },
    inspect: (service = 'checkout') =>
      (JSON.parse(must('service', 'inspect', service)) as [ReturnType<SwarmWorld['inspect']>])[0],
    platform: (change = {}) =>
      swarm.create(
        swarm.schema.parse({
          cluster,
          socket,
          timeout: '60s',
          verify: { healthAtLeast: 70, for: '0s', within: '20s' },
          ...change,
        }),
        { baseDir: root, host: { name: 'box', machineId: 'abc' }, home: root, dryRunBecause: null },
      ),
    async close() {
      docker('swarm', 'leave', '--force');
      await daemon.stop();
      execFileSync('ip', ['netns', 'del', namespace]);
      // The Engine leaves mounts of its own behind only when it was killed.
      spawnSync('sh', ['-c', `awk '$2 ~ "^${root}/" {print $2}' /proc/mounts | sort -r | xargs -r -n1 umount -l`]);
      removeDir(root);
    },
  };
}

/** Options under which a service of one instance is quick. */
export const QUICK = [
  '--network=host',
  '--no-resolve-image',
  '--stop-grace-period=500ms',
  '--update-monitor=1s',
  '--rollback-monitor=1s',
  '--restart-delay=500ms',
] as const;
