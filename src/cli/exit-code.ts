import type { Outcome } from '../core/session/outcome.ts';

/** Exit codes, as documented in `--help`. */
export const EXIT = {
  fine: 0,
  unexpected: 1,
  usage: 2,
  asked: 10,
  inconclusive: 11,
  'rolled-back': 12,
  'rollback-failed': 13,
  refused: 14,
  'restored-unhealthy': 15,
} as const satisfies Record<Outcome | 'unexpected' | 'usage', number>;

/** What each exit code means, in the order of `--help`. */
export const EXIT_MEANINGS: readonly (readonly [number, string])[] = [
  [EXIT.fine, 'fine'],
  [EXIT.unexpected, 'unexpected error'],
  [EXIT.usage, 'usage or configuration'],
  [EXIT.asked, 'rollback recommended, or asked and not executed'],
  [EXIT.inconclusive, 'inconclusive or no data'],
  [EXIT['rolled-back'], 'rolled back and healthy again'],
  [EXIT['rollback-failed'], 'rollback failed or unverified'],
  [EXIT.refused, 'refused'],
  [EXIT['restored-unhealthy'], 'restored but still unhealthy'],
];

/** The exit code of an outcome. */
export function exitCodeOf(outcome: Outcome): number {
  return EXIT[outcome];
}
