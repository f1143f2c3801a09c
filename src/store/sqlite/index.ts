import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../ports/clock.ts';
import type { Store } from '../../ports/store.ts';
import type { StateDir } from '../state-dir.ts';
import { StoreError } from '../store-error.ts';
import { createAudit } from './audit.ts';
import { connect, type Connection } from './connection.ts';
import { ensureDatabaseFile, setAside } from './database-file.ts';
import { createExchange } from './exchange.ts';
import { createExecutions } from './executions.ts';
import { createGroups } from './groups.ts';
import { createHistory } from './history.ts';
import { createLeases } from './leases.ts';
import { noteLoss } from './loss.ts';
import { migrate } from './migrate.ts';
import { createOffsets } from './offsets.ts';
import { createPlans } from './plans.ts';
import { createProposals } from './proposals.ts';

const DATABASE = 'rollwatch.db';
const BUSY_TIMEOUT_MS = 3000;
/** A full check reads the whole file; above this size only the pages that are used are read. */
const CHECKED_BYTES = 64 * 1024 * 1024;

/**
 * Opens the store of a state directory, creating it where there is none. A damaged database is set aside and begun
 * anew, which `stateIntact` and `lossText` then say until a person accepts it.
 *
 * @throws StoreError when it is locked, full, not ours, or written by a newer rollwatch: never replaced then.
 */
export function openSqliteStore(dir: StateDir, clock: Clock, keep?: 'briefly'): Store {
  const path = join(dir.path, DATABASE);
  const created = ensureDatabaseFile(path, dir);
  const opened = openOrReplace(path, dir, clock.nowMs());
  const { connection } = opened;
  if (keep === 'briefly') connection.neverFlush();
  const loss = noteLoss(connection, dir, created, opened.damage);
  return {
    location: path,
    shared: dir.shared,
    get stateIntact() {
      return loss.text() === null;
    },
    get lossText() {
      return loss.text();
    },
    acceptLoss: () => loss.accept(),
    ...createAudit(connection),
    ...createLeases(connection),
    ...createPlans(connection),
    ...createProposals(connection),
    ...createExecutions(connection),
    ...createGroups(connection),
    ...createHistory(connection),
    ...createExchange(connection),
    ...createOffsets(connection),
    together: (work) => connection.together(work),
    close: () => connection.close(),
  };
}

function openOrReplace(
  path: string,
  dir: StateDir,
  nowMs: number,
): { readonly connection: Connection; readonly damage: string | null } {
  const stats = lstatSync(path);
  try {
    return { connection: openChecked(path, stats.size), damage: null };
  } catch (error) {
    if (!(error instanceof StoreError) || error.failure !== 'corrupt') throw error;
    const aside = setAside(path, stats, nowMs);
    ensureDatabaseFile(path, dir);
    return { connection: openChecked(path, 0), damage: `${error.message}; it was set aside as ${aside}` };
  }
}

function openChecked(path: string, sizeBytes: number): Connection {
  const connection = connect(path, BUSY_TIMEOUT_MS);
  try {
    if (sizeBytes < CHECKED_BYTES) check(connection, path);
    migrate(connection, path);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

function check(connection: Connection, path: string): void {
  const result = connection.read(() => connection.sql('PRAGMA quick_check(1)').get()?.['quick_check']);
  if (result !== 'ok') throw new StoreError('corrupt', `${path}: it is damaged (${String(result)})`);
}
