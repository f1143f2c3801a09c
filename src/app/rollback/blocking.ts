import type { LeftBehind, LeftKind } from '../../core/model/findings.ts';

/** What a config makes of what a rollback leaves. */
export interface BlockPolicy {
  readonly block: readonly LeftKind[];
  readonly ignore: readonly LeftKind[];
}

/** What is shown, and which of it keeps the rollback from being carried out. */
export function blocking(
  left: readonly LeftBehind[],
  { block, ignore }: BlockPolicy,
): { readonly notUndone: readonly string[]; readonly blockedBy: readonly string[] } {
  const seen = left.filter(({ kind, blocks }) => blocks === true || !ignore.includes(kind));
  const blocked = seen.filter(({ kind, blocks }) => blocks === true || block.includes(kind));
  return { notUndone: seen.map(({ text }) => text), blockedBy: blocked.map(({ text }) => text) };
}

/** Where nothing is configured only what its finder itself calls blocking does. */
export const BLOCK_NOTHING: BlockPolicy = { block: [], ignore: [] };
