/** What can be wrong with a version. */
export type FaultName =
  'memory-leak' | 'error-spike' | 'latency-regression' | 'cpu-saturation' | 'business-drop' | 'slow-burn';

/** What faults do to a service at this moment; the neutral element is `NO_EFFECT`. */
export interface Effect {
  readonly cpuPercent: number;
  readonly memoryPercent: number;
  readonly latencyFactor: number;
  readonly errorPercent: number;
  /** Share of the usual orders that still come in, 0..1. */
  readonly ordersRatio: number;
  /** Pressure on the garbage collector and on the database, 0..1. */
  readonly gcRatio: number;
  readonly databaseRatio: number;
}

/** A healthy service. */
export const NO_EFFECT: Effect = {
  cpuPercent: 0,
  memoryPercent: 0,
  latencyFactor: 1,
  errorPercent: 0,
  ordersRatio: 1,
  gcRatio: 0,
  databaseRatio: 0,
};

interface FaultShape {
  /** `ramp` grows evenly until it is full, `step` comes at once and bends into its full height. */
  readonly course: 'ramp' | 'step';
  readonly full: Effect;
}

const FAULTS: Readonly<Record<FaultName, FaultShape>> = {
  'memory-leak': {
    course: 'ramp',
    full: { ...NO_EFFECT, memoryPercent: 42, cpuPercent: 9, latencyFactor: 1.3, errorPercent: 0.3, gcRatio: 1 },
  },
  'error-spike': {
    course: 'step',
    full: { ...NO_EFFECT, errorPercent: 6, latencyFactor: 1.35, ordersRatio: 0.78, databaseRatio: 0.05 },
  },
  'latency-regression': {
    course: 'step',
    full: { ...NO_EFFECT, latencyFactor: 5.2, cpuPercent: 8, errorPercent: 0.5, ordersRatio: 0.86, databaseRatio: 1 },
  },
  'cpu-saturation': {
    course: 'step',
    full: { ...NO_EFFECT, cpuPercent: 66, latencyFactor: 1.4, errorPercent: 0.3, ordersRatio: 0.95, gcRatio: 0.2 },
  },
  'business-drop': { course: 'step', full: { ...NO_EFFECT, ordersRatio: 0.42 } },
  'slow-burn': {
    course: 'ramp',
    full: {
      ...NO_EFFECT,
      latencyFactor: 4.6,
      errorPercent: 2.4,
      cpuPercent: 14,
      ordersRatio: 0.85,
      databaseRatio: 0.8,
    },
  },
};

/** Names of all faults. */
export const FAULT_NAMES: readonly FaultName[] = Object.keys(FAULTS) as FaultName[];

/** Whether a fault grows evenly (`ramp`) or is there at once (`step`). */
export function faultCourse(fault: FaultName): 'ramp' | 'step' {
  return FAULTS[fault].course;
}

/**
 * What a fault does at an intensity.
 *
 * @param intensity 0 = nothing, 1 = the fault at its full height; larger values are worse still
 */
export function faultEffect(fault: FaultName, intensity: number): Effect {
  const full = FAULTS[fault].full;
  return {
    cpuPercent: full.cpuPercent * intensity,
    memoryPercent: full.memoryPercent * intensity,
    latencyFactor: 1 + (full.latencyFactor - 1) * intensity,
    errorPercent: full.errorPercent * intensity,
    ordersRatio: Math.max(0.05, 1 - (1 - full.ordersRatio) * intensity),
    gcRatio: Math.min(1, full.gcRatio * intensity),
    databaseRatio: Math.min(1, full.databaseRatio * intensity),
  };
}

/** Two causes at once: shifts add up, factors multiply, pressures do not exceed 1. */
export function combineEffects(left: Effect, right: Effect): Effect {
  return {
    cpuPercent: left.cpuPercent + right.cpuPercent,
    memoryPercent: left.memoryPercent + right.memoryPercent,
    latencyFactor: left.latencyFactor * right.latencyFactor,
    errorPercent: left.errorPercent + right.errorPercent,
    ordersRatio: left.ordersRatio * right.ordersRatio,
    gcRatio: Math.min(1, left.gcRatio + right.gcRatio),
    databaseRatio: Math.min(1, left.databaseRatio + right.databaseRatio),
  };
}
