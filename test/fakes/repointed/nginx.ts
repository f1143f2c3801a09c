import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { script } from '../act-bench.ts';
import type { RepointedWorld } from './world.ts';

/** nginx runs with a configuration that takes its servers from another file: the one that is named is nobody's. */
export async function nginxWorld(root: string): Promise<RepointedWorld> {
  const at = (name: string): string => join(root, name);
  const include = at('checkout.conf');
  writeFileSync(at('blue'), 'v1\n');
  writeFileSync(at('green'), 'v2\n');
  const before = 'server blue1 down;\nserver green1 weight=100;\n';
  writeFileSync(include, before);
  writeFileSync(at('effects'), '');
  const lead = (path: string): void => writeFileSync(at('dump'), `# configuration file ${path}:\n`);
  lead(include);
  const nginx = script(
    at('nginx'),
    `case "$*" in
  -T) cat ${at('dump')} ;;
  -t) ;;
  '-s reload') echo reload >>${at('effects')} ;;
  *) echo "unexpected: $*" >&2; exit 9 ;;
esac`,
  );
  const server = createServer((_, response) => {
    response.end(readFileSync(include, 'utf8').includes('server green1 down') ? 'v1\n' : 'v2\n');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    config: {
      include,
      nginx,
      sides: [
        { name: 'blue', servers: ['blue1'], version: at('blue') },
        { name: 'green', servers: ['green1'], version: at('green') },
      ],
      serving: `http://127.0.0.1:${(server.address() as AddressInfo).port}/version`,
      timeout: '5s',
    },
    repoint: () => lead('/etc/nginx/conf.d/other.conf'),
    effects: () => [
      ...(readFileSync(include, 'utf8') === before ? [] : ['written']),
      ...readFileSync(at('effects'), 'utf8').split('\n').filter(Boolean),
    ],
    says: /checkout\.conf is no part of the configuration nginx runs with/,
    readingsSeeNothing: 'what nginx answers at `serving` is the version that serves, whatever file it came from',
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
