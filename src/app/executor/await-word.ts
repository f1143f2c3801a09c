import { setTimeout as sleep } from 'node:timers/promises';
import type { Actor } from '../../core/model/rollback.ts';
import type { Clock } from '../../ports/clock.ts';
import type { StateDir } from '../../store/state-dir.ts';
import { dropRequest, readRequest } from './act-request.ts';

/** What a person said of an act that stands still; `none` = nothing in time. */
export type Word =
  | { readonly kind: 'continue' | 'abort'; readonly by: Actor; readonly reason: string | null }
  | { readonly kind: 'none' };

/**
 * Waits until a person says how an act goes on. `sinceMs` is Unix time: a yes from before the hold does not count, an
 * abort always does. `endMs` is monotonic.
 */
export async function awaitWord(
  dir: StateDir,
  id: string,
  { sinceMs, endMs }: { readonly sinceMs: number; readonly endMs: number },
  clock: Clock,
  pollMs: number,
): Promise<Word> {
  for (;;) {
    const request = readRequest(dir, id);
    if (request !== null && (request.kind === 'abort' || request.atMs >= sinceMs)) {
      dropRequest(dir, id);
      return request;
    }
    if (clock.monotonicMs() >= endMs) return { kind: 'none' };
    await sleep(pollMs);
  }
}
