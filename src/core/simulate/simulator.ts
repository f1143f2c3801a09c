import { combineEffects, faultEffect, NO_EFFECT, type Effect } from './fault.ts';
import { nextIntensity, type Fault } from './fault-course.ts';
import { metricFormulas } from './metric-catalog.ts';
import type { ServiceProfile } from './profile.ts';
import { createNoise } from './noise.ts';
import { mulberry32, seedFor } from './rng.ts';
import { createService } from './service.ts';

/** What a simulated pipeline consists of. */
export interface SimulatorSpec {
  readonly profile: ServiceProfile;
  /** Column names from the catalog, in the order of the file. */
  readonly metrics: readonly string[];
  /** All faults this pipeline may ever have; which of them act is said at each step. */
  readonly faults: readonly Fault[];
  readonly seed: number;
  /** How long a freshly started version needs to warm its caches. */
  readonly warmUpMs: number;
}

/** A pipeline stepped through time. */
export interface Simulator {
  readonly metrics: readonly string[];
  /**
   * The row at `atMs`, which must not be before the last one.
   *
   * @param active faults whose cause is there now: a subset of the spec's
   */
  next(atMs: number, active: readonly Fault[]): readonly number[];
  /** A version was started: caches are cold until `warmUpMs` later, and what had leaked is free again. */
  restart(atMs: number): void;
}

/** Makes a pipeline; the same spec and the same steps give the same rows. */
export function createSimulator(spec: SimulatorSpec): Simulator {
  const service = createService(spec.profile, spec.seed);
  const formulas = metricFormulas(spec.metrics);
  const noises = spec.metrics.map((name) => createNoise(mulberry32(seedFor(spec.seed, `metric ${name}`)), 25_000, 0.8));
  const intensities = new Map<Fault, number>(spec.faults.map((fault) => [fault, 0]));
  let lastMs: number | null = null;
  let startedMs = Number.NEGATIVE_INFINITY;

  return {
    metrics: spec.metrics,
    restart(atMs) {
      startedMs = atMs;
    },
    next(atMs, active) {
      const stepMs = lastMs === null ? 0 : Math.max(0, atMs - lastMs);
      lastMs = atMs;
      let effect: Effect = NO_EFFECT;
      for (const [fault, before] of intensities) {
        const intensity = nextIntensity(fault, before, active.includes(fault), stepMs);
        intensities.set(fault, intensity);
        if (intensity > 0) effect = combineEffects(effect, faultEffect(fault.name, intensity));
      }
      const coldRatio = Math.exp((-3 * Math.max(0, atMs - startedMs)) / spec.warmUpMs);
      const state = service.next(atMs, stepMs, effect, coldRatio < 0.01 ? 0 : coldRatio);
      return formulas.map((metric, index) => {
        const noise = spec.profile.noise * (noises[index]?.next(stepMs) ?? 0);
        return rounded(metric.value(state, noise), metric.decimals);
      });
    },
  };
}

function rounded(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  return Math.round(value * scale) / scale;
}
