import type { OffsetStore } from '../../ports/store.ts';
import type { Connection } from './connection.ts';

/** Offsets of files; not flushed to the disk at once, since a lost one is only read again. */
export function createOffsets(connection: Connection): OffsetStore {
  function put(entries: Iterable<readonly [string, string]>): void {
    connection.writeLazily(() => {
      const statement = connection.sql('INSERT OR REPLACE INTO offsets (path, checkpoint) VALUES (?, ?)');
      for (const [path, checkpoint] of entries) statement.run(path, checkpoint);
    });
  }

  return {
    load(path) {
      const row = connection.read(() => connection.sql('SELECT checkpoint FROM offsets WHERE path = ?').get(path));
      return row === undefined ? null : String(row['checkpoint']);
    },
    save: (path, checkpoint) => put([[path, checkpoint]]),
    saveAll: put,
  };
}
