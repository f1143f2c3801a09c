import type { StepRetry } from '../core/model/rollback.ts';

/** Exit codes of a platform's step: what the executor may conclude. */
export const STEP_EXIT = { done: 0, failed: 1, refused: 3, unreached: 4, unknown: 75 } as const;

/** Run again only where the target could not even be asked: nothing was sent that could have changed anything. */
export const STEP_RETRY: StepRetry = { attempts: 3, backoffMs: 5000, exitCodes: [STEP_EXIT.unreached] };

/** The step did not act, proven: the target is as it was. */
export class StepRefused extends Error {
  override readonly name = 'StepRefused';
}

/** The target gave no answer to a question that came before the act: it is as it was, and may be asked again. */
export class StepUnreached extends StepRefused {}

/** A look at what a change did. @throws StepUnknown where it fails: from here on nothing is refused any more. */
export async function afterChange<T>(look: Promise<T>): Promise<T> {
  return look.catch((error: unknown) => {
    if (!(error instanceof StepRefused)) throw error;
    throw new StepUnknown(`it was changed, but not read back: ${error.message}`);
  });
}

/** The call may or may not have taken effect: neither is proven, and it must not be repeated by itself. */
export class StepUnknown extends Error {
  override readonly name = 'StepUnknown';
}

/** One call of a platform, in its own process; gives the lines to print. Secrets come from `env`, never from `call`. */
export type PlatformStep = (
  call: unknown,
  env: Readonly<Record<string, string | undefined>>,
) => Promise<readonly string[]>;
