/** What an experiment does that its unvarying control never did. */
export interface Recurrence {
  /** The one value of the control. */
  readonly usual: number;
  /** Samples of the experiment above it, and below. */
  readonly above: number;
  readonly below: number;
  /** One-sided chance of so many on one side, had both sides been as likely to show any (Fisher); of the larger side. */
  readonly p: number;
}

/** Fewer samples than this are an accident. */
const LEAST_SAMPLES = 3;
const LEAST_RATIO = 0.1;

/** Null where the control has more than one value. */
export function recurrenceOf(control: readonly number[], experiment: readonly number[]): Recurrence | null {
  const usual = control[0];
  if (usual === undefined || control.some((value) => value !== usual)) return null;
  const above = experiment.filter((value) => value > usual).length;
  const below = experiment.filter((value) => value < usual).length;
  return { usual, above, below, p: noneInControl(control.length, experiment.length, Math.max(above, below)) };
}

/**
 * True when `count` of `samples` are new behaviour against a control that never varied: at least three, and a tenth of
 * all. For two equally rare kinds of events the control shows none and the experiment three or more with a chance of at
 * most 4.5 % (Poisson, at 1.8 events per window).
 */
export function isRecurrent(count: number, samples: number): boolean {
  return count >= LEAST_SAMPLES && count >= samples * LEAST_RATIO;
}

/** Fisher's exact probability that all `count` marked samples of both fall to the experiment. */
function noneInControl(control: number, experiment: number, count: number): number {
  let p = 1;
  for (let i = 0; i < count; i += 1) p *= (experiment - i) / (control + experiment - i);
  return p;
}
