import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { storeErrorOf } from './sqlite-errors.ts';

/** One open database; every failure leaves it as a StoreError that names the file. */
export interface Connection {
  /** A prepared statement, kept for the next time. */
  sql(text: string): StatementSync;
  /** Runs statements that give nothing back, one after the other. */
  execute(statements: string): void;
  read<T>(work: () => T): T;
  /** All of it or nothing, durable (fsync) when it returns; the write lock is taken before the first read. */
  write<T>(work: () => T): T;
  /** As `write`, but not flushed to the disk: for what may be lost with the power. */
  writeLazily<T>(work: () => T): T;
  /** Makes one write of all that are begun in `work`: each is durable only when this returns. */
  together<T>(work: () => T): T;
  /** From here on a power cut may cost everything: for a database that is thrown away in any case. */
  neverFlush(): void;
  close(): void;
}

/**
 * Opens a file that exists. WAL, so that readers never wait; synchronous=FULL, so that a committed intent survives
 * a power cut.
 *
 * @throws StoreError with failure `corrupt` where the file is not a database.
 */
export function connect(path: string, busyTimeoutMs: number): Connection {
  const db = guarded(path, () => new DatabaseSync(path, { timeout: busyTimeoutMs }));
  const statements = new Map<string, StatementSync>();
  let isTogether = false;
  let isFlushed = true;
  try {
    guarded(path, () => db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF'));
  } catch (error) {
    db.close();
    throw error;
  }

  function sql(text: string): StatementSync {
    const kept = statements.get(text) ?? db.prepare(text);
    statements.set(text, kept);
    return kept;
  }

  function write<T>(work: () => T): T {
    if (isTogether) return guarded(path, work);
    return guarded(path, () => {
      db.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        db.exec('COMMIT');
        return result;
      } catch (error) {
        // A full disk may have rolled it back already.
        if (db.isTransaction) db.exec('ROLLBACK');
        throw error;
      }
    });
  }

  function together<T>(work: () => T): T {
    return write(() => {
      isTogether = true;
      try {
        return work();
      } finally {
        isTogether = false;
      }
    });
  }

  function writeLazily<T>(work: () => T): T {
    if (isTogether || !isFlushed) return write(work);
    db.exec('PRAGMA synchronous = NORMAL');
    try {
      return write(work);
    } finally {
      db.exec('PRAGMA synchronous = FULL');
    }
  }

  return {
    sql,
    write,
    writeLazily,
    together,
    execute: (statements) => db.exec(statements),
    read: (work) => guarded(path, work),
    neverFlush() {
      isFlushed = false;
      db.exec('PRAGMA synchronous = OFF');
    },
    close: () => db.close(),
  };
}

function guarded<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw storeErrorOf(error, path);
  }
}
