import { faultCourse, type FaultName } from './fault.ts';

/** A fault with its times: how fast it comes and, once its cause is gone, how fast it goes. */
export interface Fault {
  readonly name: FaultName;
  /** Time from the first sign to (nearly) full height. */
  readonly riseMs: number;
  /** Time from the end of the cause until 5 % of it are left. */
  readonly settleMs: number;
  /** Height relative to the ordinary fault, > 0. */
  readonly severity: number;
}

/** `exp(-3)` is 5 %: what is left after one rise or settle time. */
const NEARLY_ALL = 3;

/**
 * The intensity of a fault one step later.
 *
 * @param intensity 0..`fault.severity`
 * @param active whether the cause is there: the bad version serves
 * @param stepMs ≥ 0
 */
export function nextIntensity(fault: Fault, intensity: number, active: boolean, stepMs: number): number {
  if (!active) {
    const left = intensity * Math.exp((-NEARLY_ALL * stepMs) / fault.settleMs);
    return left < 0.002 ? 0 : left;
  }
  if (faultCourse(fault.name) === 'ramp') {
    return Math.min(fault.severity, intensity + (fault.severity * stepMs) / fault.riseMs);
  }
  return fault.severity - (fault.severity - intensity) * Math.exp((-NEARLY_ALL * stepMs) / fault.riseMs);
}
