import { chmodSync, chownSync, lstatSync, mkdirSync, statfsSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseStateDir, openStateDir } from '../../../src/store/state-dir.ts';
import { removeDir, temporaryDir } from '../../fakes/act-bench.ts';

let root: string;
beforeEach(() => {
  root = temporaryDir();
});
afterEach(() => removeDir(root));

function open(name: string, group: string | null = null): ReturnType<typeof openStateDir> {
  return openStateDir({ path: join(root, name), shared: true }, group);
}

describe('the choice', () => {
  const env = { HOME: '/home/alice', XDG_STATE_HOME: '/home/alice/xdg' };
  const nowhere = '/nowhere/at/all';

  it('is what was named', () => {
    expect(chooseStateDir({ explicit: '/srv/rw', env })).toEqual({ path: '/srv/rw', shared: true });
  });

  it('is the machine-wide one where that can be written or made', () => {
    const machineDir = join(root, 'rollwatch');
    expect(chooseStateDir({ explicit: null, env, machineDir })).toEqual({ path: machineDir, shared: true });
    mkdirSync(machineDir);
    expect(chooseStateDir({ explicit: null, env, machineDir })).toEqual({ path: machineDir, shared: true });
  });

  it('is the own one otherwise, whose leases bind nobody else', () => {
    const own = (change: object): object =>
      chooseStateDir({ explicit: null, env: { ...env, ...change }, machineDir: nowhere });
    expect(own({})).toEqual({ path: '/home/alice/xdg/rollwatch', shared: false });
    expect(own({ XDG_STATE_HOME: 'relative' })).toEqual({ path: '/home/alice/.local/state/rollwatch', shared: false });
    expect(own({ XDG_STATE_HOME: undefined })).toEqual({ path: '/home/alice/.local/state/rollwatch', shared: false });
  });
});

describe('the directory', () => {
  it('is made for this user alone', () => {
    expect(open('a/b')).toMatchObject({ fileMode: 0o600, gid: null });
    expect(lstatSync(join(root, 'a/b')).mode & 0o7777).toBe(0o700);
    expect(open('a/b').path).toBe(join(root, 'a/b'));
  });

  it('is made for a group where one is named', () => {
    const gid = process.getgid!();
    expect(open('g', String(gid))).toMatchObject({ fileMode: 0o660, gid });
    expect(lstatSync(join(root, 'g')).mode & 0o7777).toBe(0o2770);
    expect(open('g', String(gid)).gid).toBe(gid);
    expect(() => open('g')).toThrow('others can get in');
    expect(() => open('h', 'no-such-group')).toThrow('no group "no-such-group"');
  });

  it('that is empty and readable by others is tightened; one with something in it is refused', () => {
    mkdirSync(join(root, 'empty'), { mode: 0o755 });
    open('empty');
    expect(lstatSync(join(root, 'empty')).mode & 0o777).toBe(0o700);
    mkdirSync(join(root, 'full'), { mode: 0o755 });
    writeFileSync(join(root, 'full/x'), '');
    expect(() => open('full')).toThrow(`chmod 700 ${join(root, 'full')}`);
  });

  it.each([
    ['a symbolic link', () => symlinkSync('/tmp', join(root, 'd')), 'is a symbolic link'],
    ['a file', () => writeFileSync(join(root, 'd'), ''), 'is not a directory'],
    [
      'writable by others',
      () => {
        mkdirSync(join(root, 'd'));
        chmodSync(join(root, 'd'), 0o777);
      },
      'others can get in',
    ],
  ])('that is %s is refused', (_, make, words) => {
    make();
    expect(() => open('d')).toThrow(words);
  });

  it('below one that others can change is refused', () => {
    mkdirSync(join(root, 'open'));
    chmodSync(join(root, 'open'), 0o777);
    expect(() => open('open/state')).toThrow('can be changed by others');
    chmodSync(join(root, 'open'), 0o1777);
    expect(open('open/state').path).toBe(join(root, 'open/state'));
  });

  it('of another user, or below one of theirs, is refused', () => {
    if (process.getuid!() !== 0) {
      // Only root can make a foreign directory; anyone else has one at hand.
      expect(() => openStateDir({ path: '/etc', shared: true })).toThrow('belongs to user 0');
      return;
    }
    mkdirSync(join(root, 'theirs/mine'), { recursive: true, mode: 0o700 });
    chownSync(join(root, 'theirs'), 12_345, 12_345);
    expect(() => open('theirs')).toThrow('belongs to user 12345');
    expect(() => open('theirs/mine')).toThrow('belongs to user 12345');
  });

  it.each([
    ['nfs', 0x6969],
    ['cifs', 0xff534d42],
    ['cifs', -11_317_950],
    ['fuse', 0x65735546],
    ['9p', 0x01021997],
  ])('on %s is refused before anything is made', (name, type) => {
    const path = join(root, 'net/state');
    expect(() => openStateDir({ path, shared: true }, null, () => type)).toThrow(`network file system (${name})`);
    expect(lstatSync(join(root, 'net'), { throwIfNoEntry: false })).toBeUndefined();
  });

  it('asks the real file system', () => {
    expect(() =>
      openStateDir({ path: join(root, 's'), shared: true }, null, (path) => statfsSync(path).type),
    ).not.toThrow();
  });
});
