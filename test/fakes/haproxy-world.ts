import { existsSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { haproxy } from '../../src/platforms/haproxy/index.ts';
import type { Platform } from '../../src/ports/platform.ts';
import { removeDir, temporaryDir } from './act-bench.ts';
import { ask, freePort, ready, startDaemon, versionServer, type Daemon, type VersionServer } from './loopback.ts';

export const HAPROXY = ['/usr/sbin/haproxy', '/usr/local/sbin/haproxy', '/usr/bin/haproxy'].find(existsSync) ?? null;

/** A real HAProxy before two sides: blue serves v1, green serves v2 and has all of the traffic. */
export interface HaproxyWorld {
  readonly root: string;
  readonly port: number;
  readonly socket: string;
  readonly stateFile: string;
  readonly blue: readonly VersionServer[];
  readonly green: readonly VersionServer[];
  readonly daemon: Daemon;
  platform(change?: object): Platform;
  runtime(line: string): Promise<string>;
  /** Weight of each server as HAProxy states it. */
  weights(): Promise<Readonly<Record<string, number>>>;
  /** SIGUSR2 to the master, waited for. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

export async function haproxyWorld(balance = 'roundrobin'): Promise<HaproxyWorld> {
  const root = temporaryDir();
  const port = await freePort();
  const [socket, stateFile] = [join(root, 'admin.sock'), join(root, 'server-state')];
  const blue = [await versionServer('v1'), await versionServer('v1')];
  const green = [await versionServer('v2')];
  const [first, second] = blue;
  writeFileSync(stateFile, '');
  writeFileSync(
    join(root, 'haproxy.cfg'),
    `global
  stats socket ${socket} mode 600 level admin
  server-state-file ${stateFile}
defaults
  mode http
  timeout connect 2s
  timeout client 20s
  timeout server 20s
  retries 3
  option redispatch
frontend fe
  bind 127.0.0.1:${port}
  default_backend checkout
backend checkout
  balance ${balance}
  load-server-state-from-file global
  option httpchk GET /version
  server blue1 127.0.0.1:${first!.port} weight 0 check inter 200ms
  server blue2 127.0.0.1:${second!.port} weight 0 check inter 200ms
  server green1 127.0.0.1:${green[0]!.port} weight 100 check inter 200ms
`,
  );
  const daemon = startDaemon(HAPROXY!, ['-W', '-db', '-f', join(root, 'haproxy.cfg')]);
  await ready('HAProxy serves', async () => (await ask(port)).text === 'v2', daemon.said);

  const runtime = (line: string): Promise<string> =>
    new Promise((resolve, reject) => {
      let text = '';
      const client = connect({ path: socket }, () => client.write(`${line}\n`));
      client.on('data', (part) => (text += part.toString()));
      client.once('end', () => resolve(text));
      client.once('error', reject);
    });
  const pid = async (): Promise<string> => /^Pid: (\d+)$/m.exec(await runtime('show info'))?.[1] ?? '';

  return {
    root,
    port,
    socket,
    stateFile,
    blue,
    green,
    daemon,
    runtime,
    platform: (change = {}) =>
      haproxy.create(
        haproxy.schema.parse({
          socket,
          backend: 'checkout',
          sides: [
            { name: 'blue', servers: ['blue1', 'blue2'], version: `http://127.0.0.1:${first!.port}/version` },
            { name: 'green', servers: ['green1'], version: `http://127.0.0.1:${green[0]!.port}/version` },
          ],
          stateFile,
          timeout: '30s',
          verify: { healthAtLeast: 70, for: '0s', within: '5s' },
          ...change,
        }),
        { baseDir: root, host: { name: hostname(), machineId: 'abc' }, home: root, dryRunBecause: null },
      ),
    async weights() {
      const lines = (await runtime('show servers state checkout')).split('\n').slice(2).filter(Boolean);
      return Object.fromEntries(lines.map((line) => [line.split(' ')[3]!, Number(line.split(' ')[7])]));
    },
    async reload() {
      const before = await pid();
      daemon.child.kill('SIGUSR2');
      await ready('another worker answers', async () => !['', before].includes(await pid()), daemon.said);
    },
    async close() {
      await daemon.stop();
      for (const server of [...blue, ...green]) server.close();
      removeDir(root);
    },
  };
}
