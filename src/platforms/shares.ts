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

/** Shares within so many points count as the same: weights are whole numbers. */
export const SHARE_TOLERANCE = 2;

/**
 * True when `share` is what `weightsFor` makes of `percent`. All and nothing are exact; of the rest the nearest share that
 * whole weights reach is what counts, since 1 % over eight servers against one comes out as 3 %.
 */
export function isShare(share: number, percent: number, toServers: number, fromServers: number, max: number): boolean {
  if (percent === 0 || percent === 100) return share === percent;
  const { to, from } = weightsFor(percent, toServers, fromServers, max);
  return Math.abs(share - shareOf(to * toServers, from * fromServers)) <= SHARE_TOLERANCE;
}

function whole(weight: number): number {
  return weight === 0 ? 0 : Math.max(1, Math.round(weight));
}
