import { normal, type Random } from './rng.ts';

/** Noise that remembers: gives the value at the next time, mean 0, standard deviation about 1. */
export interface Noise {
  /** @param stepMs time since the last call, ≥ 0 */
  next(stepMs: number): number;
}

/**
 * First-order autoregressive noise with a share of white noise, as real metrics have.
 *
 * The correlation over a step is `exp(-stepMs / memoryMs)`, so that the same series may be sampled at any interval.
 *
 * @param memoryMs time after which the remembered part has decayed to 1/e
 * @param whiteRatio share of the variance that is forgotten at once, 0..1
 */
export function createNoise(random: Random, memoryMs: number, whiteRatio: number): Noise {
  let remembered = normal(random);
  return {
    next(stepMs) {
      const keep = Math.exp(-stepMs / memoryMs);
      remembered = keep * remembered + Math.sqrt(1 - keep * keep) * normal(random);
      return Math.sqrt(1 - whiteRatio) * remembered + Math.sqrt(whiteRatio) * normal(random);
    },
  };
}

/**
 * Short surges of traffic: rare, sudden, decaying; 0 most of the time, up to about `heightRatio`.
 *
 * @param everyMs mean time between two surges
 * @param decayMs time after which a surge has fallen to 1/e
 */
export function createBursts(random: Random, everyMs: number, decayMs: number, heightRatio: number): Noise {
  let level = 0;
  return {
    next(stepMs) {
      level *= Math.exp(-stepMs / decayMs);
      if (random() < 1 - Math.exp(-stepMs / everyMs)) {
        level = Math.max(level, heightRatio * (0.4 + 0.6 * random()));
      }
      return level;
    },
  };
}
