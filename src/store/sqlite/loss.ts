import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeDurably } from '../durable-file.ts';
import type { StateDir } from '../state-dir.ts';
import type { Connection } from './connection.ts';

const MARKER = 'state-id';

/** Whether what this directory once knew is still there. */
export interface LossNote {
  text(): string | null;
  accept(): void;
}

/**
 * Compares the database with the note beside it of which database belongs here. A database that is gone, replaced or
 * was set aside makes the state not intact: kept in the new database until a person accepts it. A directory that was
 * emptied as a whole cannot be told from a new one.
 */
export function noteLoss(connection: Connection, dir: StateDir, created: boolean, damage: string | null): LossNote {
  const markerPath = join(dir.path, MARKER);
  const marked = existsSync(markerPath) ? readFileSync(markerPath, 'utf8').trim() : null;
  const id = connection.write(() => {
    put(connection, 'INSERT OR IGNORE INTO meta VALUES (?, ?)', 'store-id', randomUUID());
    const own = get(connection, 'store-id') ?? '';
    const loss = damage ?? lossOf(dir, created, marked, own);
    if (loss !== null) put(connection, 'INSERT OR IGNORE INTO meta VALUES (?, ?)', 'loss', loss);
    return own;
  });
  if (marked !== id) writeDurably(markerPath, `${id}\n`, dir.fileMode);
  return {
    text: () => connection.read(() => get(connection, 'loss')),
    accept: () => connection.write(() => connection.sql(`DELETE FROM meta WHERE key = 'loss'`).run()),
  };
}

function lossOf(dir: StateDir, created: boolean, marked: string | null, own: string): string | null {
  if (marked !== null && marked !== own) {
    return created
      ? `the database of ${dir.path} was gone and was begun anew`
      : `the database of ${dir.path} is not the one that was begun there`;
  }
  if (created && hasRuns(dir)) return `${dir.path} has traces of earlier runs but had no database`;
  return null;
}

function hasRuns(dir: StateDir): boolean {
  const runs = join(dir.path, 'runs');
  return existsSync(runs) && readdirSync(runs).length > 0;
}

function get(connection: Connection, key: string): string | null {
  const value = connection.sql('SELECT value FROM meta WHERE key = ?').get(key)?.['value'];
  return typeof value === 'string' ? value : null;
}

function put(connection: Connection, statement: string, key: string, value: string): void {
  connection.sql(statement).run(key, value);
}
