import { trafficCycle } from './cycle.ts';
import type { Effect } from './fault.ts';
import { createBursts, createNoise, type Noise } from './noise.ts';
import type { ServiceProfile } from './profile.ts';
import { mulberry32, seedFor } from './rng.ts';
import type { ServiceState } from './service-state.ts';

/** A service that is stepped through time. */
export interface Service {
  /** @param coldRatio 1 right after a start, 0 when warm */
  next(atMs: number, stepMs: number, effect: Effect, coldRatio: number): ServiceState;
}

const MINUTE_MS = 60_000;

/** Makes a service from its profile; the same seed and the same steps give the same states. */
export function createService(profile: ServiceProfile, seed: number): Service {
  const stream = (name: string, memoryMs: number, whiteRatio: number): Noise =>
    createNoise(mulberry32(seedFor(seed, name)), memoryMs, whiteRatio);
  const load = stream('load', 4 * MINUTE_MS, 0.2);
  const cpu = stream('cpu', 20_000, 0.7);
  const memory = stream('memory', 10 * MINUTE_MS, 0.05);
  const latency = stream('latency', 30_000, 0.7);
  const error = stream('error', 40_000, 0.7);
  const conversion = stream('conversion', 60_000, 0.4);
  const bursts = createBursts(mulberry32(seedFor(seed, 'bursts')), 25 * MINUTE_MS, 40_000, 0.08 * profile.noise);

  return {
    next(atMs, stepMs, effect, coldRatio) {
      const noise = profile.noise;
      const cycle = trafficCycle(atMs, profile.peakHour, profile.swingRatio);
      const loadRatio = Math.max(0.02, cycle * (1 + 0.025 * noise * load.next(stepMs) + bursts.next(stepMs)));
      const busy = profile.cpuPercent * (0.35 + 0.65 * loadRatio) + effect.cpuPercent + 6 * coldRatio;
      const cpuPercent = bounded(busy + 1.5 * noise * cpu.next(stepMs));
      const memoryPercent = bounded(
        profile.memoryPercent + 4 * (loadRatio - 1) + 0.8 * noise * memory.next(stepMs) + effect.memoryPercent,
      );
      // A full heap is collected all the time: the last ten percent cost more than all before.
      const gcRatio = Math.min(1, 0.05 + effect.gcRatio ** 4 + Math.max(0, (memoryPercent - 88) / 12));
      const latencyNoise = Math.exp(0.04 * noise * latency.next(stepMs));
      const responseTimeMs =
        profile.responseTimeMs *
        queueing(cpuPercent) *
        effect.latencyFactor *
        (1 + 0.25 * coldRatio + 0.5 * Math.max(0, gcRatio - 0.5)) *
        latencyNoise;
      const overloadPercent = Math.max(0, (cpuPercent - 93) / 7) + Math.max(0, (memoryPercent - 95) / 5);
      const errorNoise = error.next(stepMs);
      const errorPercent =
        (profile.errorPercent + overloadPercent) * Math.exp(0.055 * noise * errorNoise) +
        effect.errorPercent * Math.max(0.3, 1 + 0.14 * errorNoise);
      return {
        atMs,
        requestsPerMinute: profile.requestsPerMinute * loadRatio,
        loadRatio,
        cpuPercent,
        memoryPercent,
        responseTimeMs,
        errorPercent,
        conversionPercent:
          profile.conversionPercent *
          effect.ordersRatio *
          patience(responseTimeMs / profile.responseTimeMs) *
          (1 - Math.min(0.9, (3 * errorPercent) / 100)) *
          (1 + 0.03 * noise * conversion.next(stepMs)),
        orderValue: profile.orderValue,
        gcRatio,
        databaseRatio: Math.min(1, effect.databaseRatio + 0.5 * Math.max(0, loadRatio - 1.5)),
        coldRatio,
      };
    },
  };
}

/** Waiting grows with the square of what is above 55 % of the machine, as in any queue near its end. */
function queueing(cpuPercent: number): number {
  const over = Math.max(0, (cpuPercent - 55) / 45);
  return 1 + 1.4 * over * over;
}

/** Users leave when a page takes a multiple of the usual time. */
function patience(slownessRatio: number): number {
  return Math.max(0.4, 1 - 0.05 * Math.max(0, slownessRatio - 1.3));
}

/** A percentage that bends towards 100 instead of crossing it. */
function bounded(percent: number): number {
  if (percent <= 92) return Math.max(0.5, percent);
  return 92 + 8 * (1 - Math.exp(-(percent - 92) / 8));
}
