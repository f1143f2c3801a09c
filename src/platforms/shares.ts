/** Whole-number weights of the servers of two sides that share traffic. */
export interface Weights {
  /** Of each server of the side that gets the share. */
  readonly to: number;
  /** Of each server of the other side. */
  readonly from: number;
}

/**
 * The weights that give one side `percent` (0..100) of the traffic, as near as whole numbers up to `max` allow. 0 only
 * where the share is 0.
 */
export function weightsFor(percent: number, toServers: number, fromServers: number, max: number): Weights {
  const [to, from] = [percent / toServers, (100 - percent) / fromServers];
  const scale = max / Math.max(to, from);
  return { to: whole(to * scale), from: whole(from * scale) };
}

/** Share in percent that `to` has of the sum; 0 where there is none at all. */
export function shareOf(to: number, from: number): number {
  return to + from === 0 ? 0 : (100 * to) / (to + from);
}

/**
 * Shares within so many points count as the same. Weights are whole numbers of at most 256: 1 % over twelve servers against
 * one comes out as 4.5 %.
 */
export const SHARE_TOLERANCE = 4;

function whole(weight: number): number {
  return weight === 0 ? 0 : Math.max(1, Math.round(weight));
}
