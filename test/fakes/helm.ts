import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReleaseRevision } from '../../src/platforms/helm/history.ts';

/** A `helm` that keeps one release in a file, notes every call, and knows only the documented arguments. */
export interface FakeHelm {
  readonly path: string;
  history(): readonly ReleaseRevision[];
  set(history: readonly ReleaseRevision[]): void;
  /** Arguments of every call, oldest first. */
  calls(): readonly (readonly string[])[];
  /** How the next rollback ends. */
  next(end: 'ok' | 'fails' | 'refused' | 'lies' | 'pending'): void;
}

/** Makes the program in a folder. */
export function fakeHelm(dir: string): FakeHelm {
  const [path, state, log, end] = ['helm', 'helm-history.json', 'helm-calls', 'helm-end'].map((name) =>
    join(dir, name),
  );
  const program = `#!${process.execPath}
const { appendFileSync, readFileSync, writeFileSync } = require('node:fs');
const [verb, release, ...rest] = process.argv.slice(2);
appendFileSync(${JSON.stringify(log)}, JSON.stringify(process.argv.slice(2)) + '\\n');
const fail = (text, code = 1) => { process.stderr.write('Error: ' + text + '\\n'); process.exit(code); };
const history = JSON.parse(readFileSync(${JSON.stringify(state)}, 'utf8'));
const takes = (flags, values) => rest.every((one, index) =>
  !one.startsWith('-') ? index === 0 || values.includes(rest[index - 1]) || /^\\d+$/.test(one) : flags.includes(one) || values.includes(one));
if (release !== 'checkout') fail('release: not found');
if (verb === 'history') {
  if (!takes([], ['--output', '--max', '--namespace', '--kube-context'])) fail('unknown flag');
  process.stdout.write(JSON.stringify(history));
} else if (verb === 'rollback') {
  if (!takes(['--wait', '--cleanup-on-fail', '--no-hooks'], ['--timeout', '--namespace', '--kube-context'])) fail('unknown flag');
  const end = readFileSync(${JSON.stringify(end)}, 'utf8');
  const to = history.find((one) => String(one.revision) === rest[0]);
  if (to === undefined) fail('release has no ' + rest[0] + ' version');
  if (end === 'refused') fail('another operation (install/upgrade/rollback) is in progress');
  if (end !== 'lies') {
    const status = { ok: 'deployed', fails: 'failed', pending: 'pending-rollback' }[end];
    const last = history.at(-1);
    if (status === 'deployed') last.status = 'superseded';
    const description = end === 'fails' ? 'Rollback "checkout" failed: timed out waiting for the condition' : 'Rollback to ' + to.revision;
    history.push({ ...to, revision: last.revision + 1, updated: new Date().toISOString(), status, description });
    writeFileSync(${JSON.stringify(state)}, JSON.stringify(history));
    if (end !== 'ok') fail('timed out waiting for the condition');
  }
  process.stdout.write('Rollback was a success! Happy Helming!\\n');
} else fail('unknown command "' + verb + '" for "helm"');
`;
  writeFileSync(path!, program);
  chmodSync(path!, 0o755);
  writeFileSync(log!, '');
  writeFileSync(end!, 'ok');
  const set = (history: readonly ReleaseRevision[]): void => writeFileSync(state!, JSON.stringify(history));
  set([
    revision(1, '1.0.0', 'v0', 'superseded'),
    revision(2, '1.1.0', 'v1', 'superseded'),
    revision(3, '1.2.0', 'v2', 'deployed'),
  ]);
  return {
    path: path!,
    history: () => JSON.parse(readFileSync(state!, 'utf8')) as readonly ReleaseRevision[],
    set,
    calls: () =>
      readFileSync(log!, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as readonly string[]),
    next: (how) => writeFileSync(end!, how),
  };
}

/** A line of the history, as helm prints it. */
export function revision(number: number, chart: string, app: string, status: string): ReleaseRevision {
  return {
    revision: number,
    updated: `2026-01-0${number}T10:00:00.123456789Z`,
    status,
    chart: `checkout-2-${chart}`,
    app_version: app,
    description: number === 1 ? 'Install complete' : 'Upgrade complete',
  };
}
