import { chown, rename, stat, writeFile } from 'node:fs/promises';
import type { HaproxyCall } from './call.ts';
import { readRuntime } from './runtime.ts';

/**
 * Writes the states of all servers where HAProxy reads them when it reloads. What was set holds either way, so a file
 * that cannot be written is a sentence for the operator and no failure of the step.
 */
export async function saveStates({ socket, stateFile }: HaproxyCall): Promise<readonly string[]> {
  if (stateFile === null) return ['not kept: a reload of HAProxy puts the weights of its configuration back'];
  try {
    const draft = `${stateFile}.rollwatch-${process.pid}`;
    await writeFile(draft, await readRuntime(socket, 'show servers state'), { mode: 0o644, flag: 'wx' });
    const old = await stat(stateFile).catch(() => null);
    if (old !== null && process.getuid?.() === 0) await chown(draft, old.uid, old.gid);
    await rename(draft, stateFile);
    return [`kept for a reload in ${stateFile}`];
  } catch (error) {
    return [`not kept: ${(error as Error).message}; a reload of HAProxy puts the weights of its configuration back`];
  }
}
