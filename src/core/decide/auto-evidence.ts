import type { Policy } from '../model/policy.ts';
import type { Evidence } from '../model/verdict.ts';

/**
 * What the evidence lacks for acting alone, in words; null when it suffices.
 *
 * One metric must be bad for `autoPersistence` samples in a row. Where its score is of a change and rests on several
 * samples, it must have been `autoScore` times its limit as the run began, unless as many samples in a row are beyond a
 * limit by themselves.
 */
export function missingForAuto(
  evidence: readonly Evidence[],
  { autoPersistence, autoScore = 1 }: Pick<Policy, 'autoPersistence' | 'autoScore'>,
): string | null {
  const longest = Math.max(0, ...evidence.map(({ inARow }) => inARow));
  if (longest < autoPersistence) return `${longest} of ${autoPersistence} in a row`;
  const long = evidence.filter(({ inARow }) => inARow >= autoPersistence);
  const suffices = long.some(
    ({ resting }) => resting === undefined || resting.aloneInARow >= autoPersistence || resting.onsetScore >= autoScore,
  );
  if (suffices) return null;
  const strongest = Math.max(...long.map(({ resting }) => resting?.onsetScore ?? 0));
  return `no more than ${strongest.toFixed(1)} times its limit as it began, acting alone needs ${autoScore}`;
}
