/** Uniform random numbers in [0, 1). */
export type Random = () => number;

/**
 * Mulberry32: a small generator with 2^32 states, for simulations only.
 *
 * The same seed gives the same numbers on every machine; never use it for secrets.
 *
 * @param seed any finite number; only its lowest 32 bits count
 */
export function mulberry32(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Makes a seed for one stream out of the run's seed and a name (FNV-1a), so that streams do not share their noise. */
export function seedFor(seed: number, name: string): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (let index = 0; index < name.length; index += 1) {
    hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193) >>> 0;
  }
  // FNV's last step leaves neighbouring names close together; one avalanche spreads them.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b) >>> 0;
  return (hash ^ (hash >>> 13)) >>> 0;
}

/** One standard normal number by Box and Muller (1958), cut at ±6. */
export function normal(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random()));
  const value = radius * Math.cos(2 * Math.PI * random());
  return Math.max(-6, Math.min(6, value));
}
