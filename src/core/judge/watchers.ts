import type { Detector, DetectorKind, Explanation } from '../detectors/detector.ts';
import { worseBy } from '../detectors/direction.ts';
import { detectorKind } from '../detectors/registry.ts';
import type { MetricSpec } from '../model/metric.ts';
import type { DetectorChoice } from '../model/policy.ts';

/**
 * A sample that stands for so long counts by its score alone. A spike that was over sooner must not go on counting
 * through the samples after it, whose scores rest on it as well.
 */
const LASTING_MS = 30_000;

/** True where samples come so close together that a spike of one echoes in the scores after it. */
export function echoes(gapMs: number): boolean {
  return gapMs < LASTING_MS;
}

interface Watcher {
  readonly kind: DetectorKind;
  readonly detector: Detector;
}

/** The circumstances of a sample that is scored. */
export interface Scoring {
  /** Detectors that need a baseline count. */
  readonly comparing: boolean;
  /** By how much a score against a baseline must be higher, because so many metrics are looked at: 1 or more. */
  readonly crowd: number;
  /** Usual distance between samples; NaN while unknown. */
  readonly gapMs: number;
  /** Detectors that need a baseline are left out: nobody asks them now. */
  readonly deferring: boolean;
}

/**
 * The detectors of one metric. `score` fills the fields with what they say of a sample, so that nothing is allocated
 * per sample; an explanation is asked for only where a score that rests on several samples passes its limit.
 */
export class Watchers {
  /** Most samples the score of one of the detectors rests on. */
  readonly restsOn: number;
  /** Highest score of all detectors, and of those that rest on several samples; −1 and 0 where none can tell. */
  any = -1;
  anyResting = 0;
  /** Highest score of the detectors that count here, −1 where none can tell; which one gave it, and the same of the resting ones. */
  best = -1;
  by = 0;
  resting = 0;
  restingBy = 0;
  /** Highest score of those that count here and judge each sample by itself. */
  alone = -1;
  /** False where the sample itself is within what was expected, and only those before it make the score pass the limit. */
  isOut = true;
  /** False where such a sample was too short to count; it does not end a run either. */
  counts = true;
  readonly #worse: MetricSpec['worse'];
  readonly #all: readonly Watcher[];

  /** Throws RangeError for an unknown detector or parameter. */
  constructor({ name, worse, limit }: MetricSpec, choices: readonly DetectorChoice[]) {
    this.#worse = worse;
    this.#all = choices.map(({ name: detector, parameters }) => {
      const kind = detectorKind(detector);
      return { kind, detector: kind.create({ metric: name, worse, limit, seed: 1 }, parameters) };
    });
    this.restsOn = Math.max(1, ...this.#all.map(({ kind }) => kind.restsOn ?? 1));
  }

  /** Scores a finite value with every detector; changes nothing but the fields. */
  score(value: number, atMs: number, { comparing, crowd, gapMs, deferring }: Scoring): void {
    this.any = -1;
    this.anyResting = 0;
    this.best = -1;
    this.by = 0;
    this.resting = 0;
    this.restingBy = 0;
    this.alone = -1;
    this.isOut = true;
    this.counts = true;
    for (let i = 0; i < this.#all.length; i += 1) {
      const { kind, detector } = this.#all[i]!;
      if (deferring && kind.needsBaseline) continue;
      // What is only suspected neither fails a metric nor costs it health, and is over later than what it saw.
      const raw = detector.quickOne?.(value, atMs) ?? detector.scoreOne(value, atMs);
      const score = kind.needsBaseline ? raw / crowd : raw;
      const rests = kind.restsOn !== undefined;
      if (rests && score > 1 && !this.#isOut(value, detector.explain(value, atMs))) this.isOut = false;
      if (score > this.any) this.any = score;
      if (rests && score > this.anyResting) this.anyResting = score;
      if (kind.needsBaseline && !comparing) continue;
      if (rests && score > this.resting) {
        this.resting = score;
        this.restingBy = i;
      }
      if (!rests && score > this.alone) this.alone = score;
      if (score > this.best) {
        this.best = score;
        this.by = i;
      }
    }
    this.counts = this.isOut || this.alone > 1 || !echoes(gapMs);
  }

  get count(): number {
    return this.#all.length;
  }

  /** True where the scores of the `by`th detector rest on several samples. */
  rests(by: number): boolean {
    return this.#all[by]?.kind.restsOn !== undefined;
  }

  learn(value: number, atMs: number, deferring = false): void {
    for (let i = 0; i < this.#all.length; i += 1) {
      const { kind, detector } = this.#all[i]!;
      if (!(deferring && kind.needsBaseline)) detector.learnOne(value, atMs);
    }
  }

  /** The sample belongs to an incident: see `Detector.passOne`. */
  pass(value: number, atMs: number): void {
    for (const { detector } of this.#all) detector.passOne?.(value, atMs);
  }

  /** The range one of the detectors expected, how many deviations off a value is, and the name of the `by`th detector. */
  explain(
    value: number,
    atMs: number,
    comparing: boolean,
    by: number,
  ): { readonly expected: Explanation['expected']; readonly sigma: number | null; readonly by: string } {
    let expected: Explanation['expected'] = null;
    let sigma: number | null = null;
    for (const { kind, detector } of this.#all) {
      if (kind.needsBaseline && !comparing) continue;
      const explanation = detector.explain(value, atMs);
      expected ??= explanation.expected;
      sigma ??= explanation.sigma;
    }
    return { expected, sigma, by: this.#all[by]?.kind.name ?? 'none' };
  }

  #isOut(value: number, { expected }: Explanation): boolean {
    if (expected === null) return true;
    const reach = (expected.high - expected.low) / 2;
    return worseBy(this.#worse, value - (expected.low + reach)) > reach;
  }
}
