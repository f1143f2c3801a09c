import type { Deployment } from '../model/deployment.ts';
import type { PipelineSettings } from '../model/policy.ts';
import type { Risk } from '../model/risk.ts';
import type { RowBatch } from '../model/sample.ts';
import type { Suspect } from '../model/suspect.ts';
import type { Freshness, Verdict } from '../model/verdict.ts';
import type { Cause } from '../model/cause.ts';
import { causesOf, type Neighbourhood } from './causes.ts';
import { ALONE, type Arrival, type JudgeOptions } from './judge-options.ts';
import { FailureTrack } from './failure-track.ts';
import { FreshnessState } from './freshness.ts';
import { MetricBoard } from './metric-board.ts';
import type { MetricState, Stage } from './metric-state.ts';
import { NewsDesk, NOTHING } from './news.ts';
import type { JudgeNews } from './news.ts';
import type { PhaseAndReason } from './phase.ts';
import { isShownByPeers } from './peers.ts';
import { momentOf, phaseFacts } from './phase-facts.ts';
import { phaseOf } from './phase.ts';
import { persistenceFor } from './risk-prior.ts';
import { Timeline } from './timeline.ts';
import { hasEnoughTraffic } from './traffic.ts';
import { verdictOf } from './verdict-of.ts';

/**
 * Judges one pipeline: rows, deployments and passing time in; news out when phase, reason, freshness or deployment change.
 *
 * Every row is judged by itself in the order of arrival, by its own time, so the news do not depend on how rows were
 * split into batches, and a verdict carries the time of the sample that made it. Deterministic; never looks at a clock.
 * A deployment announced late makes it judge its history again. Cost: detectors plus a few comparisons per value.
 */
export class PipelineJudge {
  readonly settings: PipelineSettings;
  readonly timeline: Timeline;
  readonly fresh: FreshnessState;
  readonly board: MetricBoard;
  readonly failure = new FailureTrack();
  samples = 0;
  /** Time of the newest judged row; −Infinity before the first. */
  lastMs = Number.NEGATIVE_INFINITY;
  /** The analysis of the current deployment is over. */
  settled = false;
  /** Pipelines that failed at the same time; empty when this failure stands alone. */
  sharedWith: readonly string[] = [];
  /** Deployments the present failure may be due to, most likely first; empty where only its own can be. */
  suspects: readonly Suspect[] = [];
  error: string | null = null;
  /** What the risk model said of the deployment under analysis: the prior; null when it is over. */
  risk: Risk | null = null;
  /** What the present failure probably began with, as of the sample that made it one; empty while nothing fails. */
  causes: readonly Cause[] = [];
  /** How far the newest refused row was ahead of the clock when it came. */
  aheadMs = 0;
  /** Other sides of the same pipeline, which the version that was deployed does not serve. */
  otherSides: () => readonly PipelineJudge[] = () => [];
  readonly #replayed: boolean;
  readonly #around: Neighbourhood;
  readonly #riskOf: (deployment: Deployment) => Risk | null;
  readonly #desk = new NewsDesk();
  #unsettled = false;
  #failing = false;

  /** Throws nothing: settings that cannot be followed become a verdict of phase Error. */
  constructor(settings: PipelineSettings, options: JudgeOptions) {
    this.settings = settings;
    this.#replayed = options.replayed;
    this.#around = options.around ?? ALONE;
    this.#riskOf = options.riskOf ?? (() => null);
    this.board = new MetricBoard(settings.metrics, settings.analysis, options.historyRows, (metric, atMs) =>
      isShownByPeers(this, [...this.otherSides(), ...this.#around.peers(settings.pipeline)], metric, atMs),
    );
    this.timeline = new Timeline(settings.pipeline, settings.policy.environment);
    this.fresh = new FreshnessState(settings.analysis.staleIntervals);
  }

  get freshness(): Freshness {
    const { now } = this.fresh;
    return this.#replayed && (now === 'live' || now === 'recorded') ? 'replayed' : now;
  }

  get hasRows(): boolean {
    return this.lastMs > Number.NEGATIVE_INFINITY;
  }

  /** True while the current deployment was announced and its analysis is not over. */
  get underAnalysis(): boolean {
    return this.timeline.current !== null && this.timeline.current.origin !== 'inferred' && !this.settled;
  }

  get enoughTraffic(): boolean {
    const inferred = this.timeline.current?.origin === 'inferred';
    return inferred || hasEnoughTraffic(this.board, this.settings.analysis.traffic);
  }

  /** Judges rows in the order they have. Backfill is silent until `settle`. */
  take(batch: RowBatch, nowMs: number, arrival: Arrival): readonly JudgeNews[] {
    const states = this.#statesOf(batch.columns);
    if (states === null) return this.#say(this.lastMs);
    const quiet = arrival !== 'live';
    if (quiet) this.#unsettled = true;
    const { columns, rowCount, atMs, values } = batch;
    for (let row = 0; row < rowCount; row += 1) {
      const at = atMs[row]!;
      if (!Number.isFinite(at)) continue;
      if (arrival !== 'history' && this.fresh.refuses(at, nowMs)) {
        this.aheadMs = at - nowMs;
        if (!quiet) this.#check(this.lastMs);
        continue;
      }
      if (!this.#row(values, row * columns.length, states, at, arrival)) continue;
      if (at > this.lastMs) this.lastMs = at;
      if (arrival === 'live') this.fresh.took(at, nowMs, this.fresh.now === 'live' ? null : this.board.pace);
      else if (arrival === 'backfill') this.fresh.tookOld(at);
      this.#followFailure(at);
      if (quiet) this.#settleAnalysis(at);
      else this.#check(at);
    }
    return this.#desk.flush();
  }

  /**
   * A deployment is announced; one that lies before samples already judged makes the history be judged again. `history`
   * takes the place of the samples that were kept.
   */
  announce(deployment: Deployment, history: RowBatch | null = null): readonly JudgeNews[] {
    if (!this.timeline.announce(deployment)) return NOTHING;
    if (history !== null) return this.relearn(history);
    if (!(deployment.atMs <= this.lastMs)) return NOTHING;
    this.#lookBack();
    return this.#unsettled ? NOTHING : this.#checked(this.lastMs);
  }

  /** Other samples take the place of all that was kept, and are judged from the beginning. */
  relearn(history: RowBatch): readonly JudgeNews[] {
    for (const { ring } of this.board.all) ring.clear();
    const states = this.#statesOf(history.columns) ?? [];
    for (let row = 0; row < history.rowCount; row += 1) {
      for (const [i, { ring }] of states.entries()) {
        const value = history.values[row * states.length + i]!;
        if (Number.isFinite(value)) ring.push(history.atMs[row]!, value);
      }
    }
    this.#lookBack();
    return this.#unsettled ? NOTHING : this.#checked(this.lastMs);
  }

  /** What was there at the start is complete: says what it amounts to. */
  settle(nowMs: number): readonly JudgeNews[] {
    this.#unsettled = false;
    this.fresh.pass(nowMs, this.board.pace, true);
    return this.tick(nowMs);
  }

  /** Time passes: silence, the end of the analysis, a deployment without samples. */
  tick(nowMs: number): readonly JudgeNews[] {
    if (this.#unsettled) return NOTHING;
    this.fresh.pass(nowMs, this.board.pace, false);
    const asOf = this.asOfMs(nowMs);
    while (this.timeline.nextMs <= asOf) this.#begin(this.timeline.advance());
    return this.#checked(asOf, momentOf(this, asOf));
  }

  /** Other pipelines fail at the same time, or no longer; `suspects` are the deployments its failure may be due to. */
  share(names: readonly string[], suspects = this.suspects): readonly JudgeNews[] {
    const same = names.length === this.sharedWith.length && names.every((name, i) => name === this.sharedWith[i]);
    if (same && suspects === this.suspects) return NOTHING;
    this.sharedWith = names;
    this.suspects = suspects;
    this.#findCauses(this.lastMs);
    return this.#unsettled ? NOTHING : this.#say(this.lastMs);
  }

  /** The moment it is judged as of: now, or the last sample where the data is recorded. */
  asOfMs(nowMs: number): number {
    return this.fresh.now === 'recorded' && this.hasRows ? this.lastMs : Math.max(nowMs, this.lastMs);
  }

  /** The verdict as of a moment, with the newest numbers. */
  verdict(nowMs: number): Verdict {
    return verdictOf(this, this.phase(), this.asOfMs(nowMs));
  }

  phase(): PhaseAndReason {
    return phaseOf(phaseFacts(this));
  }

  #row(values: Float64Array, base: number, states: readonly MetricState[], at: number, arrival: Arrival): boolean {
    let stage: Stage | null = null;
    for (let i = 0; i < states.length; i += 1) {
      const value = values[base + i]!;
      // Missing is a gap, never a zero; an infinity is no measurement either.
      if (!(value - value === 0)) continue;
      if (stage === null) {
        stage = this.#enter(at, arrival !== 'live');
        if (stage === 'analysis') this.board.lookJointly(states, values, base, this.timeline.current!.atMs);
      }
      const metric = states[i]!;
      if (arrival !== 'history') metric.ring.push(at, value);
      const before = metric.standing;
      metric.take(at, value, stage);
      if (metric.standing !== before) this.board.moved(before, metric.standing);
    }
    if (at > this.lastMs && (stage === 'analysis' || stage === 'steady')) this.samples += 1;
    return stage !== null;
  }

  /** Goes on to the deployment a sample belongs to, and says where in its analysis the sample lies. */
  #enter(at: number, quiet: boolean): Stage {
    while (this.timeline.nextMs <= at) {
      this.#begin(this.timeline.advance());
      if (!quiet) this.#check(at);
    }
    const current = this.timeline.current ?? this.#begin(this.timeline.infer(at));
    if (current.origin === 'inferred' || this.settled) return 'steady';
    if (at < current.atMs) return 'before';
    if (at < current.atMs + this.settings.analysis.warmUpMs) return 'warm-up';
    if (this.settings.analysis.limits) this.board.measure(at);
    return 'analysis';
  }

  #begin(deployment: Deployment): Deployment {
    // Without an announcement there is no analysis that a prior could shape, or that measurements would end.
    const isAnnounced = deployment.origin !== 'inferred';
    this.risk = isAnnounced ? this.#riskOf(deployment) : null;
    this.board.begin(deployment.atMs, persistenceFor(this.risk, this.settings.analysis), isAnnounced);
    this.failure.begin(deployment.atMs);
    this.samples = 0;
    this.settled = false;
    this.sharedWith = [];
    this.suspects = [];
    this.causes = [];
    this.#failing = false;
    return deployment;
  }

  /** As of the sample that begins a failure: the same whether it is judged live or looked at again. */
  #followFailure(at: number): void {
    const failing = this.board.blamed > 0;
    this.failure.follow(at, this.board.failingSinceMs);
    if (failing !== this.#failing) {
      this.#failing = failing;
      this.#findCauses(at);
    }
  }

  #findCauses(atMs: number): void {
    this.causes = this.board.blamed > 0 ? causesOf(this, atMs, this.#around) : [];
  }

  #settleAnalysis(asOf: number): void {
    if (this.settled || this.board.blamed > 0 || this.board.pending > 0) return;
    const { analysisMs, minimumSamples } = this.settings.analysis;
    const over = asOf - this.failure.cleanSinceMs >= analysisMs;
    if (!over && this.board.limits?.phase !== 'Successful') return;
    if (this.board.limits !== null && this.board.limitsAt(true)?.phase !== 'Successful') return;
    if (this.samples < minimumSamples || !this.enoughTraffic) return;
    this.settled = true;
    this.risk = null;
    this.board.settle();
  }

  #check(asOf: number, saidAt = asOf): void {
    if (this.fresh.now === 'live' || this.fresh.now === 'recorded') this.#settleAnalysis(asOf);
    this.#desk.note(this, saidAt);
  }

  #checked(asOf: number, saidAt = asOf): readonly JudgeNews[] {
    this.#check(asOf, saidAt);
    return this.#desk.flush();
  }

  #say(saidAt: number): readonly JudgeNews[] {
    this.#desk.note(this, saidAt);
    return this.#desk.flush();
  }

  #lookBack(): void {
    const history = this.board.forget();
    this.timeline.rewind();
    this.failure.begin(Number.NaN);
    this.lastMs = Number.NEGATIVE_INFINITY;
    const wasUnsettled = this.#unsettled;
    this.take(history, Number.POSITIVE_INFINITY, 'history');
    this.#unsettled = wasUnsettled;
  }

  #statesOf(columns: readonly string[]): readonly MetricState[] | null {
    if (this.error !== null) return null;
    try {
      return this.board.statesOf(columns);
    } catch (error) {
      this.error = error instanceof Error ? error.message : String(error);
      return null;
    }
  }
}
