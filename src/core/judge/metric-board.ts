import type { MetricSpec } from '../model/metric.ts';
import type { AnalysisSettings } from '../model/policy.ts';
import type { RowBatch } from '../model/sample.ts';
import type { Ring } from '../series/ring.ts';
import { crowdFactor } from './crowd.ts';
import { historyBatch } from './history-batch.ts';
import { JointGate } from './joint-gate.ts';
import { runStatus, type RunStatus } from './limits/run-status.ts';
import { MetricState } from './metric-state.ts';
import { shownOnly } from './shown-only.ts';
import { STANDING, type Standing } from './standing.ts';

/** All metrics of a pipeline, in the order they were first seen, with the number that fail. */
export class MetricBoard {
  readonly all: MetricState[] = [];
  blamed = 0;
  pending = 0;
  near = 0;
  vetoed = 0;
  /** Bad, and as bad at peers that were not deployed. */
  common = 0;
  /** What the measurements under `analysis.limits` come to; null without them. */
  limits: RunStatus | null = null;
  readonly #byName = new Map<string, MetricState>();
  #specOf: (name: string) => MetricSpec;
  readonly #settings: AnalysisSettings;
  readonly #capacity: number;
  readonly #isCommon: (metric: MetricState, atMs: number) => boolean;
  #persistence: number;
  /** By the columns of a log; null where they are not judged together. Of the deployment under analysis. */
  readonly #gates = new Map<string, JointGate | null>();
  #columns: readonly string[] | null = null;
  #key = '';
  #states: readonly MetricState[] = [];

  /** `capacity` in samples per metric; `isCommon` as `MetricState` takes it. */
  constructor(
    specOf: (name: string) => MetricSpec,
    settings: AnalysisSettings,
    capacity: number,
    isCommon: (metric: MetricState, atMs: number) => boolean = () => false,
  ) {
    this.#isCommon = isCommon;
    this.#specOf = specOf;
    this.#settings = settings;
    this.#capacity = capacity;
    this.#persistence = settings.persistence;
  }

  get(name: string): MetricState | undefined {
    return this.#byName.get(name);
  }

  /** The states of the columns of a batch, in their order. Throws RangeError for an unknown detector or parameter. */
  statesOf(columns: readonly string[]): readonly MetricState[] {
    if (columns !== this.#columns) {
      this.#states = columns.map((name) => this.#stateOf(name));
      this.#columns = columns;
      this.#key = columns.join('\n');
    }
    return this.#states;
  }

  /** The series the pace is taken from: the one with the most samples; null without any. */
  get pace(): Ring | null {
    let most: Ring | null = null;
    for (const { ring } of this.all) if (most === null || ring.length > most.length) most = ring;
    return most;
  }

  /** Looks at a row in the analysis of a deployment before its metrics, `states`, are judged one by one. */
  lookJointly(states: readonly MetricState[], values: Float64Array, base: number, deployedMs: number): void {
    let gate = this.#gates.get(this.#key);
    if (gate === undefined) {
      gate = JointGate.train(states, deployedMs, this.#settings.objectives);
      this.#gates.set(this.#key, gate);
    }
    gate?.look(values, base, this.blamed > 0);
  }

  /** True when at least one metric had enough samples before the deployment. */
  get hasBaseline(): boolean {
    for (const metric of this.all) if (metric.hasBaseline) return true;
    return false;
  }

  /** Since when the first of those metrics fails that now do; null when none fails. */
  get failingSinceMs(): number | null {
    if (this.blamed === 0) return null;
    let since = Number.POSITIVE_INFINITY;
    for (const metric of this.all) {
      if (metric.standing === STANDING.blamed) since = Math.min(since, metric.run.sinceMs);
    }
    return since;
  }

  /** Metrics of these names, those to come among them, are only shown from now on. */
  setAside(isAside: (name: string) => boolean): void {
    const specOf = this.#specOf;
    this.#specOf = (name) => (isAside(name) ? shownOnly(specOf(name)) : specOf(name));
    for (const metric of this.all) {
      if (!isAside(metric.spec.name)) continue;
      this.moved(metric.standing, STANDING.quiet);
      metric.setAside();
    }
  }

  /** A metric went from one standing to another. */
  moved(before: Standing, after: Standing): void {
    this.#add(before, -1);
    this.#add(after, 1);
  }

  /** A deployment begins that so many anomalous samples in a row are blamed on; `isMeasured` as `MetricState` takes it. */
  begin(atMs: number, persistence: number, isMeasured = true): void {
    this.#persistence = persistence;
    for (const metric of this.all) metric.begin(atMs, persistence, isMeasured);
    this.#clear();
  }

  /** Finishes the measurements that are due at `atMs`, and what they come to; null without `analysis.limits`. */
  measure(atMs: number): void {
    let finished = this.limits === null;
    for (const { measuring } of this.all) if (measuring?.finish(atMs) === true) finished = true;
    if (finished) this.limits = this.limitsAt(false);
  }

  /** The run of measurements as it stands, or as it would be if the analysis ended now. */
  limitsAt(ending: boolean): RunStatus | null {
    const metrics = this.all.flatMap(({ spec, measuring, veto }) => {
      if (measuring === null) return [];
      const { phase, because } = ending ? measuring.ended() : measuring.status;
      // What was bad before the deployment is measured and shown, never counted.
      return [{ name: spec.name, phase, because, dryRun: veto !== null }];
    });
    return metrics.length === 0 ? null : runStatus(metrics);
  }

  settle(): void {
    this.#persistence = this.#settings.persistence;
    for (const metric of this.all) metric.settle();
    this.#clear();
  }

  /** Everything learned is dropped; the kept samples are given back to be judged again. */
  forget(): RowBatch {
    const history = historyBatch(this.all);
    this.#persistence = this.#settings.persistence;
    for (const metric of this.all) metric.forget();
    this.#clear();
    return history;
  }

  #clear(): void {
    this.blamed = 0;
    this.pending = 0;
    this.near = 0;
    this.vetoed = 0;
    this.common = 0;
    this.limits = null;
    this.#gates.clear();
    this.#shareCrowd();
  }

  #shareCrowd(): void {
    const crowd = crowdFactor(this.all.length);
    for (const metric of this.all) metric.crowd = crowd;
  }

  #add(standing: Standing, by: number): void {
    if (standing === STANDING.blamed) this.blamed += by;
    else if (standing === STANDING.pending) this.pending += by;
    else if (standing === STANDING.near) this.near += by;
    else if (standing === STANDING.vetoed) this.vetoed += by;
    else if (standing === STANDING.common) this.common += by;
  }

  #stateOf(name: string): MetricState {
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    const state = new MetricState(this.#specOf(name), this.#settings, this.#capacity, this.#isCommon);
    state.persistence = this.#persistence;
    this.#byName.set(name, state);
    this.all.push(state);
    if (this.#gates.size === 0) this.#shareCrowd();
    return state;
  }
}
