import {
  chmodSync,
  closeSync,
  constants,
  fsyncSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { xdgFolder, type Env } from './locate.ts';

/** What was trusted: a config and every executable it named then, by SHA-256 (hex). */
export interface TrustRecord {
  readonly configHash: string;
  readonly executables: Readonly<Record<string, string>>;
  readonly atMs: number;
  readonly by: string;
}

/** Records by the real path of the config. */
export type TrustRecords = Readonly<Record<string, TrustRecord>>;

/** Trust cannot be read or recorded; `message` says why and what to do. */
export class TrustError extends Error {
  override readonly name = 'TrustError';
}

/** Where trust is recorded: `$XDG_STATE_HOME/rollwatch/trust.json`. Throws TrustError without a home. */
export function trustPath(env: Env): string {
  const base = xdgFolder(env, 'XDG_STATE_HOME', join('.local', 'state'));
  if (base === null) throw new TrustError('There is no place to record trust: set HOME or XDG_STATE_HOME.');
  return join(base, 'rollwatch', 'trust.json');
}

/** The records of this user; none when there is no file. Throws TrustError for a file that others could have written. */
export function readTrust(path: string, uid: number): TrustRecords {
  let descriptor: number;
  try {
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return {};
    throw new TrustError(`${path} cannot be read: ${String(error)}. Remove it and trust again.`);
  }
  try {
    const facts = fstatSync(descriptor);
    if (!facts.isFile() || facts.uid !== uid || (facts.mode & 0o077) !== 0) {
      throw new TrustError(`${path} must be a file of yours with mode 0600. Remove it and trust again.`);
    }
    return recordsOf(readFileSync(descriptor, 'utf8'), path);
  } finally {
    closeSync(descriptor);
  }
}

/** Replaces the records: written beside, synced, renamed. */
export function writeTrust(path: string, records: TrustRecords): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}`;
  const { O_CREAT, O_TRUNC, O_WRONLY, O_NOFOLLOW } = constants;
  const descriptor = openSync(draft, O_CREAT | O_TRUNC | O_WRONLY | O_NOFOLLOW, 0o600);
  try {
    writeSync(descriptor, `${JSON.stringify({ version: 1, configs: records }, null, 2)}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  chmodSync(draft, 0o600);
  renameSync(draft, path);
}

function recordsOf(text: string, path: string): TrustRecords {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw new TrustError(`${path} is damaged. Remove it and trust again.`);
  }
  const configs = typeof data === 'object' && data !== null && 'configs' in data ? data.configs : null;
  if (typeof configs !== 'object' || configs === null || !Object.values(configs).every(isRecord)) {
    throw new TrustError(`${path} is not a list of trusted configurations. Remove it and trust again.`);
  }
  return configs as TrustRecords;
}

function isRecord(value: unknown): value is TrustRecord {
  if (typeof value !== 'object' || value === null) return false;
  const record = value as Partial<TrustRecord>;
  return typeof record.configHash === 'string' && typeof record.executables === 'object' && record.executables !== null;
}
