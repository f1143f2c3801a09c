/**
 * What a metric says at present: nothing, near what would be anomalous, a run not yet long enough, a failure, one that
 * was there before, or one that peers show.
 */
export const STANDING = { quiet: 0, near: 1, pending: 2, blamed: 3, vetoed: 4, common: 5 } as const;
export type Standing = (typeof STANDING)[keyof typeof STANDING];

/** Why a metric cannot blame the deployment: still bad when it came, or bad again and again before. */
export type Veto = 'still-bad' | 'often-bad';
