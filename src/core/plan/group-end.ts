import type { GroupState, GroupStep } from '../model/group-run.ts';

/** Ends after which the earlier version serves, as far as anyone can tell. */
const TOOK_EFFECT: ReadonlySet<GroupStep['state']> = new Set(['done', 'restored-unhealthy', 'unverified'] as const);
/** The worst first: one such service decides for the group. */
const WORST = ['unknown', 'executing', 'verifying', 'failed'] as const;
const BAD = ['unverified', 'restored-unhealthy'] as const;

/**
 * How a group rollback has ended, from the ends of its services. One that was not begun, or did nothing, makes it
 * `failed` where others have gone back: half of a group is a state nobody asked for.
 */
export function groupEnd(states: readonly GroupStep['state'][]): GroupState {
  const worst = WORST.find((state) => states.includes(state));
  if (worst === 'failed') return 'failed';
  // What is under way and in nobody's hand has an end that nobody knows.
  if (worst !== undefined) return 'unknown';
  if (!states.every((state) => TOOK_EFFECT.has(state))) {
    return states.some((state) => TOOK_EFFECT.has(state)) ? 'failed' : 'cancelled';
  }
  return BAD.find((state) => states.includes(state)) ?? 'done';
}

/** The end of a group in a sentence: how many went back, and what became of the others. */
export function groupEndText(steps: readonly GroupStep[], because: string | null, dryRun: boolean): string {
  const back = steps.filter(({ state }) => TOOK_EFFECT.has(state)).length;
  const others = steps
    .filter(({ state }) => state !== 'done' && !(dryRun && state === 'unverified'))
    .map(({ pipeline, state }) => `${pipeline}: ${state === 'waiting' ? 'not begun' : state}`);
  const head = dryRun ? 'dry run: nothing was run' : `${back} of ${steps.length} went back`;
  return [head, ...others, ...(because === null ? [] : [because])].join('; ');
}
