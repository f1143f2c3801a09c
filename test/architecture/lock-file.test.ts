import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

interface Locked {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly integrity?: string;
}

const lock = JSON.parse(readFileSync(join(import.meta.dirname, '../../package-lock.json'), 'utf8')) as {
  readonly packages: Readonly<Record<string, Locked>>;
};

/** Where node would find `name` from the package at `place`; the lock file's keys are paths in node_modules. */
function isLocked(place: string, name: string): boolean {
  for (let at = place; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    if (`${at === '' ? '' : `${at}/`}node_modules/${name}` in lock.packages) return true;
    if (at === '') return false;
  }
}

// npm ci refuses a lock file that names a package of another platform without locking it: a dependency must be a
// version whose packages are there for all of its platforms.
it('locks every package of every platform, so that npm ci works on all of them', () => {
  const missing = Object.entries(lock.packages).flatMap(([place, locked]) =>
    Object.keys({ ...locked.dependencies, ...locked.optionalDependencies }).filter((name) => !isLocked(place, name)),
  );
  expect(missing).toEqual([]);
});

it('locks every package by what it contains', () => {
  const open = Object.entries(lock.packages).filter(
    ([place, locked]) => place !== '' && locked.integrity === undefined,
  );
  expect(open.map(([place]) => place)).toEqual([]);
});
