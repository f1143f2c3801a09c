import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sideVersion } from '../../../src/platforms/side-version.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';

const folder = temporaryFolder();

it('is the first line of a file', async () => {
  const path = join(folder.path, 'VERSION');
  expect(await sideVersion(path)).toBeNull();
  writeFileSync(path, ' v1 \nbuilt yesterday\n');
  expect(await sideVersion(path)).toBe('v1');
  writeFileSync(path, '\n');
  expect(await sideVersion(path)).toBeNull();
});

it('is the first line of an answer with status 200', async () => {
  const server = createServer((asked, response) => {
    if (asked.url === '/silent') return;
    response.statusCode = asked.url === '/bad' ? 500 : 200;
    response.end('v7\nmore');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect(await sideVersion(`${at}/version`)).toBe('v7');
  expect(await sideVersion(`${at}/bad`)).toBeNull();
  expect(await sideVersion(`${at}/silent`, 50)).toBeNull();
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
  expect(await sideVersion(at)).toBeNull();
});
