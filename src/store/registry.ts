import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import type { StateDir } from './state-dir.ts';

/** Where state can be kept. */
export interface StoreAdapter {
  readonly summary: string;
  /**
   * Loads the adapter and opens it: commands that need no state never load it. What is kept `briefly` is thrown away
   * with the process, so that nothing is flushed to the disk for it.
   */
  open(dir: StateDir, clock: Clock, keep?: 'briefly'): Promise<Store>;
}

/** Every store by name; `sqlite` is the default. */
export const stores = {
  sqlite: {
    summary: 'one SQLite file in the state directory of this box',
    async open(dir, clock, keep?: 'briefly') {
      const { openSqliteStore } = await import('./sqlite/index.ts');
      return openSqliteStore(dir, clock, keep);
    },
  },
} as const satisfies Record<string, StoreAdapter>;
