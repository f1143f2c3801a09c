import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';

const folder = temporaryFolder();
const bin = join(import.meta.dirname, '../../../bin');

/** Makes the Node that loads it say that it is old; `execve` is taken away as an old one has none. */
const PRETEND_OLD = `Object.defineProperty(process, 'versions', { value: Object.assign({}, process.versions, { node: '20.1.0' }) });
process.execve = undefined;`;

const REPORT = `console.log(JSON.stringify({ argv: process.argv.slice(2), nodeEnv: process.env.NODE_ENV, force: process.env.FORCE_COLOR ?? null, via: process.env.ROLLWATCH_NODE ?? null }));
process.exitCode = 7;`;

beforeEach(() => {
  cpSync(bin, join(folder.path, 'bin'), { recursive: true });
  writeFileSync(join(folder.path, 'package.json'), '{"type": "module"}');
  writeFileSync(join(folder.path, 'old.cjs'), PRETEND_OLD);
  bundle(REPORT);
});

function bundle(text: string): void {
  mkdirSync(join(folder.path, 'dist'), { recursive: true });
  writeFileSync(join(folder.path, 'dist/rollwatch.mjs'), text);
}

/** Puts a Node where `npm ci` would: a script, so that it can be told from the one that runs the test. */
function installNode(script = `#!/bin/sh\nexec ${process.execPath} "$@"\n`): void {
  mkdirSync(join(folder.path, 'node_modules/node/bin'), { recursive: true });
  writeFileSync(join(folder.path, 'node_modules/node/bin/node'), script);
  chmodSync(join(folder.path, 'node_modules/node/bin/node'), 0o755);
}

function launch(
  options: { readonly old?: boolean; readonly env?: Record<string, string>; readonly path?: string },
  ...args: string[]
) {
  const node = options.old === true ? ['-r', join(folder.path, 'old.cjs')] : [];
  const file = options.path ?? join(folder.path, 'bin/rollwatch');
  const env = { PATH: '/usr/bin:/bin', HOME: folder.path, ...options.env };
  return spawnSync(process.execPath, [...node, file, ...args], { encoding: 'utf8', env });
}

function report(run: { readonly stdout: string }): Record<string, unknown> {
  return JSON.parse(run.stdout) as Record<string, unknown>;
}

describe('bin/rollwatch', () => {
  it('loads the bundle, for production, with the exit code of the program', () => {
    const run = launch({}, 'watch', '--json');
    expect(run.stderr).toBe('');
    expect(report(run)).toEqual({ argv: ['watch', '--json'], nodeEnv: 'production', force: null, via: null });
    expect(run.status).toBe(7);
  });

  it.each([
    [{ NO_COLOR: '1' }, [], '0'],
    [{ NO_COLOR: '1', FORCE_COLOR: '1' }, [], '1'],
    [{ NO_COLOR: '' }, [], null],
    [{}, ['--no-color'], '0'],
  ])('with %j %j sets FORCE_COLOR to %s', (env, args, force) => {
    expect(report(launch({ env }, ...args))['force']).toBe(force);
  });

  it('is found through the links that npm makes', () => {
    symlinkSync(join(folder.path, 'bin/rollwatch'), join(folder.path, 'link'));
    expect(launch({ path: join(folder.path, 'link') }).status).toBe(7);
  });

  it('keeps its compiled code where only the user can write', () => {
    launch({});
    expect(existsSync(join(folder.path, '.cache/rollwatch/compiled'))).toBe(true);
  });

  it('says what to do when it is not built', () => {
    bundle('');
    const run = launch({ path: join(folder.path, 'bin/rollwatch') });
    expect(run.status).toBe(0);
    const bare = join(folder.path, 'bare');
    cpSync(bin, join(bare, 'bin'), { recursive: true });
    const missing = launch({ path: join(bare, 'bin/rollwatch') });
    expect(missing).toMatchObject({
      status: 1,
      stderr: `rollwatch: not built yet: run \`npm run build\` in ${bare}\n`,
    });
  });

  it('runs under the local Node where its own is too old', () => {
    installNode();
    const run = launch({ old: true }, 'run', 'a b');
    expect(run.stderr).toBe('');
    expect(report(run)).toMatchObject({ argv: ['run', 'a b'], via: null });
    expect(run.status).toBe(7);
  });

  it('says in one line what to do where there is no newer Node', () => {
    const said = (what: string): string =>
      `rollwatch: Node 24 or newer is needed, this is 20.1.0; ${what}, or put a newer node first in PATH\n`;
    const installed = launch({ old: true });
    expect(installed.status).toBe(1);
    expect(installed.stderr).toBe(said('run `npm install node@24` where rollwatch is installed'));
    writeFileSync(join(folder.path, 'package-lock.json'), '{}');
    expect(launch({ old: true }).stderr).toBe(said(`run \`npm ci\` in ${folder.path}`));
  });

  it('does not start itself for ever when the local Node is too old as well', () => {
    installNode(`#!/bin/sh\nexec ${process.execPath} -r ${folder.path}/old.cjs "$@"\n`);
    const run = launch({ old: true });
    expect(run.status).toBe(1);
    expect(run.stderr).toContain('Node 24 or newer is needed');
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('hands %s on and ends as the program ended', async (signal) => {
    installNode();
    bundle(
      `process.on('${signal}', () => { console.log('heard'); process.exit(5); }); console.log('ready'); setInterval(() => {}, 1000);`,
    );
    const child = spawn(process.execPath, ['-r', join(folder.path, 'old.cjs'), join(folder.path, 'bin/rollwatch')], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { PATH: '/usr/bin:/bin', HOME: folder.path },
    });
    const ended = once(child, 'exit');
    let output = '';
    for await (const chunk of child.stdout) {
      output += String(chunk);
      if (output === 'ready\n') child.kill(signal);
    }
    expect(output).toBe('ready\nheard\n');
    expect((await ended)[0]).toBe(5);
  });

  it('dies of the signal that the program died of', () => {
    installNode();
    bundle(`process.kill(process.pid, 'SIGKILL'); setInterval(() => {}, 1000);`);
    expect(launch({ old: true }).signal).toBe('SIGKILL');
  });
});
