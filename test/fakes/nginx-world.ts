import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nginx } from '../../src/platforms/nginx/index.ts';
import type { Platform } from '../../src/ports/platform.ts';
import { removeDir, temporaryDir } from './act-bench.ts';
import { ask, freePort, ready, startDaemon, versionServer, type VersionServer } from './loopback.ts';

export const NGINX = ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/usr/bin/nginx'].find(existsSync) ?? null;

/** A real nginx before two sides: blue serves v1, green serves v2 and has all of the traffic. */
export interface NginxWorld {
  readonly root: string;
  readonly port: number;
  readonly include: string;
  readonly blue: VersionServer;
  readonly green: VersionServer;
  written(): string;
  platform(change?: object): Platform;
  close(): Promise<void>;
}

export async function nginxWorld(): Promise<NginxWorld> {
  const root = temporaryDir();
  const port = await freePort();
  const [blue, green] = [await versionServer('v1'), await versionServer('v2')];
  const at = (name: string): string => join(root, name);
  const [first, second] = [`127.0.0.1:${blue.port}`, `127.0.0.1:${green.port}`];
  writeFileSync(at('checkout.conf'), `server ${first} down;\nserver ${second} weight=100;\n`);
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `  ${name}_temp_path ${at(name)};`);
  writeFileSync(
    at('nginx.conf'),
    `daemon off;
pid ${at('pid')};
error_log ${at('error.log')};
${process.getuid?.() === 0 ? 'user root;' : ''}
events {}
http {
  access_log off;
${temp.join('\n')}
  upstream checkout { include ${at('checkout.conf')}; }
  server {
    listen 127.0.0.1:${port};
    location / { proxy_pass http://checkout; }
  }
}
`,
  );
  const daemon = startDaemon(NGINX!, ['-c', at('nginx.conf'), '-e', at('error.log')]);
  await ready('nginx serves', async () => (await ask(port)).text === 'v2', daemon.said);
  return {
    root,
    port,
    include: at('checkout.conf'),
    blue,
    green,
    written: () => readFileSync(at('checkout.conf'), 'utf8'),
    platform: (change = {}) =>
      nginx.create(
        nginx.schema.parse({
          include: at('{pipeline}.conf'),
          config: at('nginx.conf'),
          sides: [
            { name: 'blue', servers: [first], version: `http://${first}/version` },
            { name: 'green', servers: [second], version: `http://${second}/version` },
          ],
          serving: `http://127.0.0.1:${port}/version`,
          timeout: '60s',
          verify: { healthAtLeast: 70, for: '0s', within: '5s' },
          ...change,
        }),
        { baseDir: root, host: { name: 'box', machineId: 'abc' }, home: root, dryRunBecause: null },
      ),
    async close() {
      await daemon.stop('SIGQUIT');
      blue.close();
      green.close();
      removeDir(root);
    },
  };
}
