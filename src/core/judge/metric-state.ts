import type { Detector, DetectorKind } from '../detectors/detector.ts';
import { detectorKind } from '../detectors/registry.ts';
import type { MetricSpec } from '../model/metric.ts';
import type { AnalysisSettings } from '../model/policy.ts';
import { Ring } from '../series/ring.ts';

/** Where a sample lies relative to the deployment it is judged for. */
export type Stage = 'before' | 'warm-up' | 'analysis' | 'steady';

/** What a metric says at present: nothing, a run not yet long enough, a failure, or one that was there before. */
export const STANDING = { quiet: 0, pending: 1, blamed: 2, vetoed: 3 } as const;
export type Standing = (typeof STANDING)[keyof typeof STANDING];

/** Why a metric cannot blame the deployment: still bad when it came, or bad again and again before. */
export type Veto = 'still-bad' | 'often-bad';

/** Share of control samples that must have been bad for a metric to count as often bad. */
const OFTEN_RATIO = 0.2;
/** Weight of the newest score in the level the health is made of: three samples carry two thirds. */
const LEVEL_WEIGHT = 0.3;
/** A level has no longer memory than it takes to come down from here. */
const LEVEL_CAP = 3;

interface Watcher {
  readonly kind: DetectorKind;
  readonly detector: Detector;
}

/**
 * One metric of one pipeline: its history, its detectors, and how many samples in a row were anomalous.
 *
 * Samples are judged in order of time; one that is not newer than the last is kept for the chart and not judged.
 * Detectors that need a baseline count only in the analysis of a deployment, and only when there were enough samples
 * before it; absolute limits always count. O(detectors) per sample, nothing is allocated.
 */
export class MetricState {
  readonly spec: MetricSpec;
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
  /** Anomalous samples in a row up to now; 0 while the newest is not anomalous. */
  run = 0;
  /** The last run: its beginning, length, last value, its score and the detector that gave it. */
  runSinceMs = Number.NaN;
  runLength = 0;
  badValue = Number.NaN;
  badAtMs = Number.NaN;
  badScore = Number.NaN;
  badBy = 0;
  /** Smoothed score, at most 3; NaN while no detector can tell. */
  level = Number.NaN;
  /** Sum and number of the samples judged since the deployment, for the traffic rule. */
  sum = 0;
  judged = 0;
  #watchers: readonly Watcher[] = [];
  /** Times and values of an anomalous run that is not yet long enough to be an incident. */
  readonly #keptBack: number[] = [];
  #anyRun = 0;
  #good = 0;
  readonly #settings: AnalysisSettings;

  /** Throws RangeError for an unknown detector or parameter. */
  constructor(spec: MetricSpec, settings: AnalysisSettings, capacity: number) {
    this.spec = spec;
    this.#settings = settings;
    this.persistence = settings.persistence;
    this.ring = new Ring(capacity);
    this.forget();
  }

  /** Back to the beginning, with the history kept: what a look back starts from. */
  forget(): void {
    const { name, worse, limit, weight } = this.spec;
    // The height of a counter says nothing; without a limit of its own it is only shown.
    const choices = weight === 0 && limit === null ? [] : this.#settings.detectors;
    this.#watchers = choices.map(({ name: detector, parameters }) => {
      const kind = detectorKind(detector);
      return { kind, detector: kind.create({ metric: name, worse, limit, seed: 1 }, parameters) };
    });
    this.persistence = this.#settings.persistence;
    this.anomalies = null;
    this.lastMs = Number.NEGATIVE_INFINITY;
    this.gapMs = Number.NaN;
    this.hasBaseline = false;
    this.#anyRun = 0;
    this.level = Number.NaN;
    this.#clearRuns();
    this.veto = null;
  }

  /** A deployment begins: decides on the veto and the baseline from the samples before it, then counts anew. */
  begin(atMs: number, persistence: number): void {
    const { controlMs, minimumSamples } = this.#settings;
    this.persistence = persistence;
    const before = this.ring.count(atMs - controlMs, atMs);
    const bad = this.anomalies?.count(atMs - controlMs, atMs) ?? 0;
    this.hasBaseline = before >= minimumSamples;
    // What would be blamed on the new version is not blamed when the old one had it; a safe one is given no more blame.
    const stillBad = Math.min(persistence, this.#settings.persistence);
    if (this.#anyRun >= stillBad && this.lastMs >= atMs - controlMs) this.veto = 'still-bad';
    else this.veto = before >= minimumSamples && bad >= before * OFTEN_RATIO ? 'often-bad' : null;
    this.#clearRuns();
  }

  /** The analysis is over: from now on only absolute limits count, and nothing is blamed on the deployment. */
  settle(): void {
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
    let any = -1;
    let score = -1;
    let by = 0;
    for (let i = 0; i < watchers.length; i += 1) {
      const { kind, detector } = watchers[i]!;
      const raw = detector.scoreOne(value, atMs);
      const one = kind.needsBaseline ? raw / this.crowd : raw;
      if (one > any) any = one;
      if (one > score && (!kind.needsBaseline || (judging && this.hasBaseline))) {
        score = one;
        by = i;
      }
    }
    this.#anyRun = any > 1 ? this.#anyRun + 1 : 0;
    if (score >= 0) this.#weigh(atMs, value, score, by, stage);
    if (judging) {
      this.sum += value;
      this.judged += 1;
      if (score > 1) {
        this.#keepBack(atMs, value);
        return;
      }
      if (this.#keptBack.length > 0) this.#learnKeptBack();
    }
    for (let i = 0; i < watchers.length; i += 1) watchers[i]!.detector.learnOne(value, atMs);
  }

  /** What the detectors say of the last anomalous value, for a person: the range one expected, how many deviations. */
  explain(): { readonly expected: { low: number; high: number } | null; readonly sigma: number | null; by: string } {
    let expected = null;
    let sigma = null;
    for (const { kind, detector } of this.#watchers) {
      if (kind.needsBaseline && !this.hasBaseline) continue;
      const explanation = detector.explain(this.badValue, this.badAtMs);
      expected ??= explanation.expected;
      sigma ??= explanation.sigma;
    }
    return { expected, sigma, by: this.#watchers[this.badBy]?.kind.name ?? 'none' };
  }

  /**
   * A run long enough is an incident and must not become the new normal. One that ends before was noise: leaving it out
   * would make the deviation smaller with every such sample, and the next one more likely.
   */
  #keepBack(atMs: number, value: number): void {
    const noise = this.run < this.persistence && this.standing !== STANDING.blamed;
    if (noise) this.#keptBack.push(atMs, value);
    else this.#keptBack.length = 0;
  }

  #learnKeptBack(): void {
    for (let i = 0; i < this.#keptBack.length; i += 2) {
      for (const { detector } of this.#watchers) detector.learnOne(this.#keptBack[i + 1]!, this.#keptBack[i]!);
    }
    this.#keptBack.length = 0;
  }

  #weigh(atMs: number, value: number, score: number, by: number, stage: Stage): void {
    const capped = score > LEVEL_CAP ? LEVEL_CAP : score;
    this.level = Number.isNaN(this.level) ? capped : this.level + LEVEL_WEIGHT * (capped - this.level);
    if (score > 1) {
      this.anomalies ??= new Ring(this.ring.capacity);
      this.anomalies.push(atMs, score);
    }
    if (stage === 'before') return;
    if (score > 1) {
      if (this.run === 0) this.runSinceMs = atMs;
      this.run += 1;
      this.runLength = this.run;
      this.#good = 0;
      this.badValue = value;
      this.badAtMs = atMs;
      this.badScore = score;
      this.badBy = by;
    } else {
      this.run = 0;
      this.#good += 1;
    }
    this.standing = this.#standingNow();
  }

  #standingNow(): Standing {
    const { persistence } = this;
    const wellAgain = this.#good >= Math.max(persistence, this.#settings.minimumSamples);
    if (this.veto === 'still-bad' && wellAgain) this.veto = null;
    if (this.veto !== null) return this.run >= persistence ? STANDING.vetoed : STANDING.quiet;
    if (this.standing === STANDING.blamed) return wellAgain ? STANDING.quiet : STANDING.blamed;
    if (this.run >= persistence) return STANDING.blamed;
    // One sample out of the ordinary is ordinary; it is not worth a change of words.
    return this.run >= Math.min(2, persistence - 1) && this.run > 0 ? STANDING.pending : STANDING.quiet;
  }

  #clearRuns(): void {
    this.standing = STANDING.quiet;
    this.run = 0;
    this.runLength = 0;
    this.runSinceMs = Number.NaN;
    this.badValue = Number.NaN;
    this.badAtMs = Number.NaN;
    this.badScore = Number.NaN;
    this.#keptBack.length = 0;
    this.#good = 0;
    this.sum = 0;
    this.judged = 0;
  }
}
