import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LoadedConfig } from '../../config/load.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Store } from '../../ports/store.ts';
import { stores } from '../../store/registry.ts';
import { chooseStateDir, openStateDir, type StateDir } from '../../store/state-dir.ts';
import { StoreError } from '../../store/store-error.ts';

/** Where a session keeps its state. */
export interface StatePlace {
  readonly store: Store;
  readonly dir: StateDir;
  /** Why nothing is kept beyond this session; null when it is. */
  readonly temporaryBecause: string | null;
  close(): void;
}

/** What decides where that is. */
export interface StateRequest {
  readonly config: LoadedConfig;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Why nothing shall be kept; null = keep it. */
  readonly temporaryBecause: string | null;
}

/**
 * Opens the state of a session. Where it cannot be kept, watching goes on with a temporary one, and nothing can be
 * executed: `temporaryBecause` says why. A state directory that was named on purpose is not replaced: StoreError.
 */
export async function openStatePlace(request: StateRequest): Promise<StatePlace> {
  const { config, env, clock } = request;
  if (request.temporaryBecause !== null) return temporaryPlace(clock, request.temporaryBecause);
  const explicit = config.stateDir.value;
  try {
    const dir = openStateDir(chooseStateDir({ explicit, env }), config.group.value);
    const store = await stores.sqlite.open(dir, clock);
    return { store, dir, temporaryBecause: null, close: () => store.close() };
  } catch (error) {
    if (!(error instanceof StoreError) || explicit !== null) throw error;
    return temporaryPlace(clock, `no state can be kept: ${error.message}`);
  }
}

async function temporaryPlace(clock: Clock, because: string): Promise<StatePlace> {
  const path = mkdtempSync(join(tmpdir(), 'rollwatch-'));
  const dir = openStateDir({ path, shared: false });
  const store = await stores.sqlite.open(dir, clock, 'briefly');
  return {
    store,
    dir,
    temporaryBecause: because,
    close() {
      store.close();
      rmSync(path, { recursive: true, force: true });
    },
  };
}
