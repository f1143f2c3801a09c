import { JointChange, LEAST_TRAINED } from '../detectors/joint-change.ts';
import type { AnalysisSettings } from '../model/policy.ts';
import { crowdFactor } from './crowd.ts';
import type { MetricState } from './metric-state.ts';

const DAY_MS = 86_400_000;
/** From so many metrics without a limit of their own on, they are judged together. */
const LEAST_METRICS = 8;
/** Rows for which what the metrics say together lets each of them speak. */
const OPEN_ROWS = 10;

/**
 * Many metrics of one log judged together, so that a deployment is blamed for a shift of the machine and not for the one
 * metric in fifty that is always up to something.
 *
 * Trained when a deployment begins on what is kept from before it (`JointChange`). Metrics that matter by themselves, with a
 * limit, a key objective or of kind `business`, are judged alone, as if there were no others. The rest counts against its
 * baseline only within ten rows after the joint score passed its limit, and while something fails; absolute limits always
 * count. Measured on real machines: docs/decisions/035-many-metrics.md. 16 bytes per metric and sample of 120, some 0.2 s to
 * train on 40 metrics and 8,000 rows, O(metrics) per row.
 */
export class JointGate {
  readonly #joint: JointChange;
  readonly #together: readonly MetricState[];
  /** Of each of them, where its value stands in a row. */
  readonly #columns: readonly number[];
  readonly #row: Float64Array;
  #open = 0;

  private constructor(joint: JointChange, states: readonly MetricState[], columns: readonly number[]) {
    this.#joint = joint;
    this.#together = columns.map((column) => states[column]!);
    this.#columns = columns;
    this.#row = new Float64Array(columns.length);
    const alone = states.filter((state) => state.spec.weight > 0 && !this.#together.includes(state));
    for (const state of alone) state.crowd = crowdFactor(alone.length);
  }

  /** Null where there are too few metrics to judge together, or too few rows from before the deployment. */
  static train(
    states: readonly MetricState[],
    deployedMs: number,
    objectives: AnalysisSettings['objectives'],
  ): JointGate | null {
    const columns = [...states.keys()].filter((column) => isOneOfMany(states[column]!, objectives));
    const pace = states[columns[0] ?? 0]?.ring.window(Number.NEGATIVE_INFINITY, deployedMs).atMs;
    if (columns.length < LEAST_METRICS || pace === undefined || pace.length < LEAST_TRAINED) return null;
    const past = columns.map((column) => alignedTo(pace, states[column]!, deployedMs));
    const intervalMs = (pace[pace.length - 1]! - pace[0]!) / (pace.length - 1);
    return new JointGate(JointChange.train(past, DAY_MS / intervalMs), states, columns);
  }

  /** Looks at the next row before its metrics are judged; `failing` keeps open what has failed. */
  look(values: Float64Array, base: number, failing: boolean): void {
    for (const [i, column] of this.#columns.entries()) this.#row[i] = values[base + column]!;
    this.#open = this.#joint.next(this.#row) > 1 || failing ? OPEN_ROWS : this.#open - 1;
    const crowd = this.#open > 0 ? 1 : Number.POSITIVE_INFINITY;
    for (const state of this.#together) state.crowd = crowd;
  }
}

function isOneOfMany({ spec }: MetricState, objectives: AnalysisSettings['objectives']): boolean {
  const { weight, limit, kind, name } = spec;
  return weight > 0 && limit === null && kind === 'technical' && !Object.hasOwn(objectives, name);
}

/** The samples of a metric at given times, NaN where it has none. */
function alignedTo(times: Float64Array, { ring }: MetricState, untilMs: number): Float64Array {
  const { atMs, values } = ring.window(Number.NEGATIVE_INFINITY, untilMs);
  const aligned = new Float64Array(times.length).fill(Number.NaN);
  let at = 0;
  for (const [i, time] of times.entries()) {
    while (at < atMs.length && atMs[at]! < time) at += 1;
    if (atMs[at] === time) aligned[i] = values[at]!;
  }
  return aligned;
}
