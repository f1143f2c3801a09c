import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileFacts, writableByOthers, type FileFacts } from '../../../src/config/file-facts.ts';
import { sha256 } from '../../../src/config/read-file.ts';
import { trustPath } from '../../../src/config/trust-file.ts';
import { recordTrust, trustOf, type TrustContext, type TrustSubject } from '../../../src/config/trust.ts';

let home = '';
let config = '';
let script = '';
const uid = process.getuid?.() ?? 0;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'rollwatch-trust-'));
  config = join(home, 'rollwatch.yaml');
  script = join(home, 'roll-back');
  writeFileSync(config, 'mode: ask\n', { mode: 0o644 });
  writeFileSync(script, '#!/bin/sh\n', { mode: 0o755 });
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

function context(readFacts = fileFacts): TrustContext {
  return { env: { HOME: home }, uid, readFacts };
}

function subject(executables: readonly string[] = [script]): TrustSubject {
  return { path: config, hash: sha256(readFileSync(config)), executables };
}

function trust(): void {
  recordTrust(subject(), context(), 'ada', 1);
}

describe('a config that names commands', () => {
  it('is not trusted before somebody said so', () => {
    expect(trustOf(subject(), context())).toEqual({
      trusted: false,
      text: `${config} is not trusted: read it and run \`rollwatch config trust\``,
      changed: [],
    });
  });

  it('is trusted as it was when it was recorded', () => {
    trust();
    expect(trustOf(subject(), context())).toMatchObject({ trusted: true, text: `${config} was trusted by ada` });
  });

  it('is recorded where only its user can read and write', () => {
    trust();
    expect(statSync(trustPath({ HOME: home })).mode & 0o777).toBe(0o600);
    expect(trustPath({ HOME: home })).toBe(join(home, '.local/state/rollwatch/trust.json'));
  });

  it('is no longer trusted when it changes', () => {
    trust();
    writeFileSync(config, 'mode: auto\n');
    expect(trustOf(subject(), context())).toMatchObject({ trusted: false, changed: [config] });
  });

  it('is no longer trusted when an executable changes, which is named', () => {
    trust();
    writeFileSync(script, '#!/bin/sh\nrm -rf /\n');
    const state = trustOf(subject(), context());
    expect(state).toMatchObject({ trusted: false, changed: [script] });
    expect(state.text).toContain(`changed since it was trusted: ${script}`);
  });

  it('is no longer trusted when it names another executable', () => {
    trust();
    const other = join(home, 'other');
    writeFileSync(other, '', { mode: 0o755 });
    expect(trustOf(subject([script, other]), context())).toMatchObject({ trusted: false, changed: [other] });
  });

  it('is not trusted when an executable is gone', () => {
    trust();
    rmSync(script);
    expect(trustOf(subject(), context())).toMatchObject({
      trusted: false,
      text: expect.stringContaining(script) as string,
    });
  });

  it('is not trusted when the file on disk is no longer the one that was read', () => {
    trust();
    const read = subject();
    writeFileSync(config, 'mode: auto\n');
    recordTrust(subject(), context(), 'ada', 2);
    expect(trustOf(read, context())).toMatchObject({ trusted: false, changed: [config] });
  });

  it('is trusted again when it is recorded again', () => {
    trust();
    writeFileSync(config, 'mode: auto\n');
    trust();
    expect(trustOf(subject(), context()).trusted).toBe(true);
  });

  it('is the same config through a link', () => {
    trust();
    const link = join(home, 'link.yaml');
    symlinkSync(config, link);
    expect(trustOf({ ...subject(), path: link }, context()).trusted).toBe(true);
  });

  it('keeps the trust in other configs', () => {
    trust();
    const other = join(home, 'b.yaml');
    writeFileSync(other, 'mode: ask\n', { mode: 0o644 });
    recordTrust({ path: other, hash: sha256(readFileSync(other)), executables: [] }, context(), 'ada', 2);
    expect(trustOf(subject(), context()).trusted).toBe(true);
  });

  it('is nothing to trust without a file', () => {
    expect(trustOf({ path: null, hash: null, executables: [] }, context()).trusted).toBe(false);
  });
});

describe('a file that somebody else can write', () => {
  it.each([
    [0o666, 'everybody may write it'],
    [0o646, 'everybody may write it'],
  ])('is refused with mode %o', (mode, why) => {
    trust();
    chmodSync(config, mode);
    expect(trustOf(subject(), context())).toMatchObject({
      trusted: false,
      text: expect.stringContaining(why) as string,
    });
    expect(() => recordTrust(subject(), context(), 'ada', 1)).toThrow(`${config} is refused for acting: ${why}`);
  });

  it('is refused as an executable', () => {
    trust();
    chmodSync(script, 0o777);
    expect(trustOf(subject(), context()).text).toContain(`${script} is refused for acting: everybody may write it`);
  });

  it('is refused in a folder where others may replace it', () => {
    trust();
    chmodSync(home, 0o777);
    expect(trustOf(subject(), context()).text).toContain('others may replace it');
  });

  const own: FileFacts = {
    realPath: '/x',
    hash: '',
    uid: 1000,
    gid: 1000,
    mode: 0o644,
    folder: { uid: 1000, gid: 1000, mode: 0o755 },
  };
  it.each<[string, Partial<FileFacts>, string | null]>([
    ['its own', {}, null],
    ['root’s', { uid: 0, folder: { uid: 0, gid: 0, mode: 0o755 } }, null],
    ['another user’s', { uid: 1001 }, 'it belongs to another user (uid 1001)'],
    ['group-writable', { gid: 50, mode: 0o664 }, 'its group may write it (chmod g-w)'],
    ['writable for its user-private group', { mode: 0o664 }, null],
    [
      'in a folder of another user',
      { folder: { uid: 7, gid: 7, mode: 0o755 } },
      'its folder belongs to another user (uid 7)',
    ],
    [
      'in a group-writable folder',
      { folder: { uid: 1000, gid: 50, mode: 0o775 } },
      'others may replace it: its folder is writable for them',
    ],
    ['in a sticky folder', { folder: { uid: 0, gid: 0, mode: 0o1777 } }, null],
  ])('%s file', (_, facts, why) => {
    expect(writableByOthers({ ...own, ...facts }, 1000)).toBe(why);
  });
});

describe('the config of the box', () => {
  const etc =
    (uidOfFile: number) =>
    (path: string): FileFacts | null =>
      path.startsWith('/etc/')
        ? { realPath: path, hash: 'h', uid: uidOfFile, gid: 0, mode: 0o644, folder: { uid: 0, gid: 0, mode: 0o755 } }
        : fileFacts(path);
  const ofTheBox = { path: '/etc/rollwatch/rollwatch.yaml', hash: 'h', executables: [] };

  it('needs no word where root wrote it', () => {
    expect(trustOf(ofTheBox, { ...context(etc(0)), uid: 1000 }).trusted).toBe(true);
  });

  it('is not trusted where another user wrote it', () => {
    expect(trustOf(ofTheBox, { ...context(etc(33)), uid: 1000 }).text).toContain('it belongs to another user (uid 33)');
  });
});

describe('the record of trust', () => {
  it.each([
    ['damaged', '{', 'is damaged'],
    ['of another form', '{"configs": {"/x": 3}}', 'is not a list of trusted configurations'],
  ])('trusts nothing when it is %s', (_, text, why) => {
    trust();
    writeFileSync(trustPath({ HOME: home }), text);
    expect(trustOf(subject(), context())).toMatchObject({
      trusted: false,
      text: expect.stringContaining(why) as string,
    });
  });

  it('trusts nothing when others can read or write it', () => {
    trust();
    chmodSync(trustPath({ HOME: home }), 0o640);
    expect(trustOf(subject(), context()).text).toContain('must be a file of yours with mode 0600');
  });

  it('is never read through a link', () => {
    trust();
    const path = trustPath({ HOME: home });
    mkdirSync(join(home, 'elsewhere'));
    writeFileSync(join(home, 'elsewhere/t.json'), readFileSync(path), { mode: 0o600 });
    rmSync(path);
    symlinkSync(join(home, 'elsewhere/t.json'), path);
    expect(trustOf(subject(), context()).trusted).toBe(false);
  });

  it('needs a home', () => {
    expect(() => trustPath({})).toThrow('set HOME or XDG_STATE_HOME');
  });
});
