import { existsSync } from 'node:fs';
import type { LoadedConfig } from '../config/load.ts';
import type { SessionEvent } from '../core/session/event.ts';
import type { Store } from '../ports/store.ts';
import { chooseStateDir, openStateDir, type StateDir } from '../store/state-dir.ts';
import { StoreError } from '../store/store-error.ts';
import type { Frame } from './frame.ts';

/** The state directory of the configuration; created where it is not there. Throws StoreError. */
export function stateDirOf(frame: Frame, config: LoadedConfig): StateDir {
  const choice = chooseStateDir({ explicit: config.stateDir.value, env: frame.context.env });
  return openStateDir(choice, config.group.value);
}

/** Opens the state for as long as `use` runs. Throws StoreError. */
export async function withStore<T>(
  frame: Frame,
  config: LoadedConfig,
  use: (store: Store) => T | Promise<T>,
): Promise<T> {
  const dir = stateDirOf(frame, config);
  const { stores } = await import('../store/registry.ts');
  const store = await stores.sqlite.open(dir, frame.context.clock);
  try {
    return await use(store);
  } finally {
    store.close();
  }
}

/** As `withStore`, for looking only: where there is no state yet, none is made and `none` is given. */
export async function withExistingStore<T>(
  frame: Frame,
  config: LoadedConfig,
  none: T,
  use: (store: Store) => T | Promise<T>,
): Promise<T> {
  const { path } = chooseStateDir({ explicit: config.stateDir.value, env: frame.context.env });
  if (existsSync(path)) return withStore(frame, config, use);
  frame.context.stderr.write(`rollwatch: there is no state in ${path} yet\n`);
  return none;
}

/** Records what a person did from this shell. What was done stands even where it cannot be recorded; that is then said. */
export async function record(frame: Frame, config: LoadedConfig, event: SessionEvent): Promise<void> {
  try {
    await withStore(frame, config, (store) => store.append(event, frame.context.clock.nowMs()));
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    frame.context.stderr.write(`rollwatch: not recorded in the audit: ${error.message}\n`);
  }
}
