/** Exit codes of a platform's step: what the executor may conclude. */
export const STEP_EXIT = { done: 0, failed: 1, refused: 3, unknown: 75 } as const;

/** The step did not act, proven: the target is as it was. */
export class StepRefused extends Error {
  override readonly name = 'StepRefused';
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
