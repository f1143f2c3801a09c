import type { MetricSpec } from '../model/metric.ts';
import type { AnalysisSettings } from '../model/policy.ts';
import { Ring } from '../series/ring.ts';
import { FailedRange } from './failed-range.ts';
import { Measuring } from './limits/measuring.ts';
import { AnomalyRun } from './anomaly-run.ts';
import { NearLimit } from './near-limit.ts';
import { OddSample } from './odd-sample.ts';
import { STANDING, type Standing, type Veto } from './standing.ts';
import { shownOnly } from './shown-only.ts';
import { echoes, Watchers } from './watchers.ts';

/** Where a sample lies relative to the deployment it is judged for. */
export type Stage = 'before' | 'warm-up' | 'analysis' | 'steady';

/**
 * Closer than this, samples outside an analysis are learned when a deployment begins, from the history: a fast series is
 * compared with its last hour, and reading a long log of it costs no more than the absolute limits do.
 */
const DEFERRED_MS = 5_000;
const CAUGHT_UP_SAMPLES = 3_600;
/** Of these the last so many are scored as well: what was bad before a deployment. */
const SCORED_SAMPLES = 64;
/** Share of control samples that must have been bad for a metric to count as often bad. */
const OFTEN_RATIO = 0.2;
/** Weight of the newest score in the level the health is made of: three samples carry two thirds. */
const LEVEL_WEIGHT = 0.3;
/** A level has no longer memory than it takes to come down from here. */
const LEVEL_CAP = 3;

/**
 * One metric of one pipeline: its history, its detectors, and how many samples in a row were anomalous.
 *
 * Samples are judged in order of time; one that is not newer than the last is kept for the chart and not judged.
 * Detectors that need a baseline count only in the analysis of a deployment, and only when there were enough samples
 * before it; absolute limits always count. O(detectors) per sample, nothing is allocated.
 */
export class MetricState {
  spec: MetricSpec;
  readonly ring: Ring;
  /** Times and scores of anomalous samples, for marks on charts and for the share that was bad before. */
  anomalies: Ring | null = null;
  lastMs = Number.NEGATIVE_INFINITY;
  /** Distance between its samples, smoothed; NaN before the second. */
  gapMs = Number.NaN;
  standing: Standing = STANDING.quiet;
  veto: Veto | null = null;
  hasBaseline = false;
  /** Anomalous samples in a row that are a failure: as configured, or moved by the risk of the deployment. */
  persistence: number;
  /** By how much a score against a baseline must be higher, because so many metrics are looked at: 1 or more. */
  crowd = 1;
  readonly run = new AnomalyRun();
  readonly near = new NearLimit();
  /** Its measurements under `analysis.limits`; null where `persistence` decides. */
  measuring: Measuring | null = null;
  readonly odd = new OddSample();
  readonly #failedRange = new FailedRange();
  /** Smoothed score, at most 3; NaN while no detector can tell. */
  level = Number.NaN;
  /** Sum and number of the samples judged since the deployment, for the traffic rule. */
  sum = 0;
  judged = 0;
  readonly #isCommon: (metric: MetricState, atMs: number) => boolean;
  #watchers: Watchers;
  /** Times and values of an anomalous run that is not yet long enough to be an incident. */
  readonly #keptBack: number[] = [];
  /** By all detectors, those that do not count yet among them: what was bad before a deployment. */
  readonly #anyRun = new AnomalyRun();
  readonly #scoring = { comparing: false, crowd: 1, gapMs: Number.NaN, deferring: false };
  /** Up to when samples are learned or passed, and whether there are newer ones that wait for it. */
  #learnedMs = Number.NEGATIVE_INFINITY;
  #deferred = false;
  #good = 0;
  readonly #settings: AnalysisSettings;

  /**
   * `isCommon` tells whether peers that were not deployed are as bad at a moment; asked only of a run long enough to fail.
   * Throws RangeError for an unknown detector or parameter.
   */
  constructor(
    spec: MetricSpec,
    settings: AnalysisSettings,
    capacity: number,
    isCommon: (metric: MetricState, atMs: number) => boolean = () => false,
  ) {
    this.#isCommon = isCommon;
    this.spec = spec;
    this.#settings = settings;
    this.persistence = settings.persistence;
    this.ring = new Ring(capacity);
    this.#watchers = this.#newWatchers();
  }

  /** Back to the beginning, with the history kept: what a look back starts from. */
  forget(): void {
    this.#watchers = this.#newWatchers();
    this.persistence = this.#settings.persistence;
    this.anomalies = null;
    this.lastMs = Number.NEGATIVE_INFINITY;
    this.gapMs = Number.NaN;
    this.#learnedMs = Number.NEGATIVE_INFINITY;
    this.#deferred = false;
    this.hasBaseline = false;
    this.#anyRun.clear();
    this.level = Number.NaN;
    this.measuring = null;
    this.#clearRuns();
    this.veto = null;
  }

  /** From now on it is only shown: what it says is no word on the version that serves. */
  setAside(): void {
    this.spec = shownOnly(this.spec);
    this.#watchers = this.#newWatchers();
    this.anomalies = null;
    this.level = Number.NaN;
    this.measuring = null;
    this.veto = null;
    this.#clearRuns();
  }

  /** A deployment begins: decides on veto and baseline from the samples before it, then counts anew; `isMeasured`: by
   * `analysis.limits`, if there are any. */
  begin(atMs: number, persistence: number, isMeasured = true): void {
    const { controlMs, minimumSamples, warmUpMs, limits = null } = this.#settings;
    this.persistence = persistence;
    if (this.#deferred) this.#catchUp(atMs);
    const before = this.ring.count(atMs - controlMs, atMs);
    const bad = this.anomalies?.count(atMs - controlMs, atMs) ?? 0;
    this.hasBaseline = before >= minimumSamples;
    // A metric that no detector looks at is measured by nobody.
    const measures = isMeasured && limits !== null && this.#watchers.count > 0;
    this.measuring = measures ? new Measuring(limits, atMs + warmUpMs) : null;
    // What would be blamed on the new version is not blamed when the old one had it; a safe one is given no more blame.
    const stillBad = Math.min(persistence, this.#settings.persistence);
    if (this.#anyRun.now > 0 && this.#anyRun.length >= stillBad && this.lastMs >= atMs - controlMs)
      this.veto = 'still-bad';
    else this.veto = before >= minimumSamples && bad >= before * OFTEN_RATIO ? 'often-bad' : null;
    this.#clearRuns();
  }

  /** The analysis is over: from now on only absolute limits count, and nothing is blamed on the deployment. */
  settle(): void {
    this.measuring = null;
    this.persistence = this.#settings.persistence;
    this.#clearRuns();
  }

  /** Judges one finite value. Values that are not newer than the last are not judged. */
  take(atMs: number, value: number, stage: Stage): void {
    if (!(atMs > this.lastMs)) return;
    const gap = atMs - this.lastMs;
    if (gap < Number.POSITIVE_INFINITY) this.gapMs = Number.isNaN(this.gapMs) ? gap : this.gapMs * 0.8 + gap * 0.2;
    this.lastMs = atMs;
    if (stage === 'warm-up') return;
    const watchers = this.#watchers;
    const judging = stage === 'analysis';
    const deferring = !judging && this.gapMs < DEFERRED_MS;
    if (this.#deferred && !deferring) this.#catchUp(atMs);
    this.#deferred = deferring;
    this.#scoring.deferring = deferring;
    this.#scoring.comparing = judging && this.hasBaseline;
    this.#scoring.crowd = this.crowd;
    this.#scoring.gapMs = this.gapMs;
    watchers.score(value, atMs, this.#scoring);
    if (!deferring) {
      this.#learnedMs = atMs;
      this.#anyRun.take(atMs, watchers.any, watchers.anyResting, watchers.restsOn, watchers.alone, watchers.counts);
    }
    if (judging && this.measuring !== null) {
      const isBad = watchers.best > 1 && watchers.counts && this.standing !== STANDING.common;
      this.measuring.take(atMs, watchers.best < 0 ? null : isBad);
    }
    if (watchers.best >= 0) this.#weigh(atMs, value, stage);
    if (judging) {
      this.sum += value;
      this.judged += 1;
      if (watchers.best > 1) {
        this.#keepBack(atMs, value);
        return;
      }
      if (this.#keptBack.length > 0) this.#learnKeptBack();
    }
    watchers.learn(value, atMs, deferring);
  }

  /** Learns from the history what was deferred, up to but not including `untilMs`. */
  #catchUp(untilMs: number): void {
    this.#deferred = false;
    const { atMs, values } = this.ring.window(this.#learnedMs + 1, untilMs);
    const watchers = this.#watchers;
    const scoring = { comparing: false, crowd: this.crowd, gapMs: this.gapMs, deferring: false };
    this.#anyRun.clear();
    for (let i = Math.max(0, atMs.length - CAUGHT_UP_SAMPLES); i < atMs.length; i += 1) {
      const [at, value] = [atMs[i]!, values[i]!];
      if (i >= atMs.length - SCORED_SAMPLES) {
        watchers.score(value, at, scoring);
        this.#anyRun.take(at, watchers.any, watchers.anyResting, watchers.restsOn, watchers.alone, watchers.counts);
      }
      watchers.learn(value, at);
      this.#learnedMs = at;
    }
  }

  /** What the detectors say of the last anomalous value, for a person: the range one expected, how many deviations. */
  explain(): ReturnType<Watchers['explain']> {
    const now = this.#watchers.explain(this.odd.value, this.odd.atMs, this.hasBaseline, this.odd.by);
    return this.#failedRange.over(now, this.odd.value);
  }

  /**
   * A run long enough is an incident and must not become the new normal. One that ends before was noise: leaving it out
   * would make the deviation smaller with every such sample, and the next one more likely.
   */
  #keepBack(atMs: number, value: number): void {
    const noise = this.run.length < this.persistence && this.standing !== STANDING.blamed;
    if (noise) this.#keptBack.push(atMs, value);
    else this.#keptBack.length = 0;
    this.#watchers.pass(value, atMs);
  }

  #learnKeptBack(): void {
    for (let i = 0; i < this.#keptBack.length; i += 2) {
      this.#watchers.learn(this.#keptBack[i + 1]!, this.#keptBack[i]!);
    }
    this.#keptBack.length = 0;
  }

  #weigh(atMs: number, value: number, stage: Stage): void {
    const { best: score, resting, restingBy, restsOn, alone, by, isOut, counts } = this.#watchers;
    const capped = score > LEVEL_CAP ? LEVEL_CAP : score;
    this.level = Number.isNaN(this.level) ? capped : this.level + LEVEL_WEIGHT * (capped - this.level);
    if (score > 1 && counts) {
      this.anomalies ??= new Ring(this.ring.capacity);
      this.anomalies.push(atMs, score);
    }
    if (stage === 'before') return;
    this.run.take(atMs, score, resting, restsOn, alone, counts);
    const isNear = resting >= this.#settings.warnScore;
    this.near.take(atMs, isNear, echoes(this.gapMs) ? restsOn + 1 : 1, this.#wellAgainSamples);
    if (score > 1) {
      this.#good = 0;
      // A person is shown a value that is out, not one whose score rests on those before it.
      if (counts && (isOut || this.run.now === 1)) this.odd.take(atMs, value, score, by, this.#watchers.rests(by));
    } else if (this.standing === STANDING.blamed && this.#failedRange.isBeyond(value)) {
      this.#good = 0;
      this.level = Math.max(this.level, 1);
      this.odd.take(atMs, value, this.odd.score, this.odd.by, this.odd.rests);
    } else {
      this.#good += 1;
      if (isNear && this.standing <= STANDING.near) this.odd.take(atMs, value, resting, restingBy, true);
    }
    const failed = this.standing === STANDING.blamed;
    this.standing = this.#standingNow(atMs);
    if (this.standing === STANDING.blamed && !failed)
      this.#failedRange.take(this.explain().expected, this.odd.value, this.spec.worse);
  }

  #standingNow(atMs: number): Standing {
    const { persistence } = this;
    const wellAgain = this.#good >= this.#wellAgainSamples;
    if (this.veto === 'still-bad' && wellAgain) this.veto = null;
    const inARow = this.run.now === 0 ? 0 : this.run.length;
    if (this.veto !== null) return inARow >= persistence ? STANDING.vetoed : STANDING.quiet;
    // What the limits have failed they never pass again.
    if (this.standing === STANDING.blamed && this.measuring !== null) return STANDING.blamed;
    if (inARow >= persistence && this.#isCommon(this, atMs)) return STANDING.common;
    if (this.standing === STANDING.blamed) return wellAgain ? STANDING.quiet : STANDING.blamed;
    if (this.measuring === null ? inARow >= persistence : this.measuring.status.phase === 'Failed')
      return STANDING.blamed;
    // One sample out of the ordinary is ordinary; it is not worth a change of words.
    if (inARow >= Math.min(2, persistence - 1) && inARow > 0) return STANDING.pending;
    return this.near.now ? STANDING.near : STANDING.quiet;
  }

  /** So many samples in a row without anything and it is over. */
  get #wellAgainSamples(): number {
    return Math.max(this.persistence, this.#settings.minimumSamples);
  }

  #newWatchers(): Watchers {
    // The height of a counter says nothing; without a limit of its own it is only shown.
    const unjudged = this.spec.weight === 0 && this.spec.limit === null;
    return new Watchers(this.spec, unjudged ? [] : this.#settings.detectors);
  }

  #clearRuns(): void {
    this.standing = STANDING.quiet;
    this.run.clear();
    this.near.clear();
    this.odd.clear();
    this.#failedRange.clear();
    this.#keptBack.length = 0;
    this.#good = 0;
    this.sum = 0;
    this.judged = 0;
  }
}
