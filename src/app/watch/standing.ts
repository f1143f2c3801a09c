import type { Silence, Standing } from '../../core/model/history.ts';

/** Where the facts about this box come from; each is read afresh. */
export interface StandingSources {
  /** Reason given with `rollwatch halt`; null when not halted. */
  readonly halted: () => string | null;
  readonly trusted: () => boolean;
  readonly store: { readonly shared: boolean; readonly stateIntact: boolean } | null;
  readonly readOnly: boolean;
  /** Absent: nothing is silenced. */
  readonly silences?: () => readonly Silence[];
}

/** Trust hashes every executable; what changed within this time is found before an act all the same. */
const TRUST_FOR_MS = 5_000;

/** Reads the facts that bind acting. `fresh` is for the moment of the act: nothing is remembered then. */
export function createStanding(sources: StandingSources, monotonicMs: () => number): (when?: 'fresh') => Standing {
  let known: { readonly trusted: boolean; readonly atMs: number } | null = null;
  return (when) => {
    const nowMs = monotonicMs();
    if (known === null || when === 'fresh' || nowMs - known.atMs > TRUST_FOR_MS) {
      known = { trusted: sources.trusted(), atMs: nowMs };
    }
    return {
      halted: sources.halted(),
      configTrusted: known.trusted,
      leaseShared: sources.store?.shared ?? false,
      stateIntact: sources.store?.stateIntact ?? false,
      readOnly: sources.readOnly,
      silences: sources.silences?.() ?? [],
    };
  };
}
