import { likelierThanOwn } from '../model/suspect.ts';
import type { Verdict } from '../model/verdict.ts';
import { visibleText } from '../model/visible.ts';

/** A deployment that keeps less of the blame is not rolled back without a person: it was too long ago. */
const LEAST_BLAME = 0.5;

/** Why a failure may not be due to the deployment, in words; null where nothing speaks for that. */
export function blameDoubt(
  { pipeline, suspects, blame = 1, sinceMs }: Pick<Verdict, 'pipeline' | 'suspects' | 'blame' | 'sinceMs'>,
  deployedAtMs: number,
): string | null {
  const likelier = likelierThanOwn(suspects, pipeline);
  if (likelier !== null) {
    return `${visibleText(likelier.pipeline, 60)} ${visibleText(likelier.version, 40)} is more likely at fault`;
  }
  if (blame >= LEAST_BLAME || sinceMs === null) return null;
  return `it began ${Math.round((sinceMs - deployedAtMs) / 60_000)} min after the deployment`;
}
