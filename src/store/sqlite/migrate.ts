import { StoreError } from '../store-error.ts';
import type { Connection } from './connection.ts';
import { MIGRATIONS } from './schema.ts';

/**
 * Brings the schema to this program's version, one transaction per step; two processes may do it at once.
 *
 * @throws StoreError `newer` when a later rollwatch wrote it: an older one must not write into what it does not know.
 */
export function migrate(connection: Connection, path: string): void {
  const version = versionOf(connection);
  if (version > MIGRATIONS.length) {
    throw new StoreError(
      'newer',
      `${path} was written by a newer rollwatch (schema ${version}, this one knows ${MIGRATIONS.length}): update this one`,
    );
  }
  while (connection.write(() => step(connection))) continue;
}

function step(connection: Connection): boolean {
  const version = versionOf(connection);
  const migration = MIGRATIONS[version];
  if (migration === undefined) return false;
  connection.execute(`${migration}; PRAGMA user_version = ${version + 1}`);
  return true;
}

function versionOf(connection: Connection): number {
  return connection.read(() => Number(connection.sql('PRAGMA user_version').get()?.['user_version'] ?? 0));
}
