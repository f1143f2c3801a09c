import type { Detector, DetectorKind, DetectorState, Explanation, Parameters, SeriesContext } from '../detector.ts';
import { LARGEST_LEARNED, SCORE_CAP } from '../limits.ts';
import { novelty } from '../novelty/novelty.ts';
import { completeParameters } from '../parameters.ts';
import { savedState } from '../saved-state.ts';
import { seasonalChange, type SeasonalChangeDetector } from '../seasonal-change/seasonal-change.ts';
import { SlowChange } from './slow-change.ts';

/** How much a novelty adds to a change: one of 15 limits doubles it. */
const NOVELTY_POWER = 0.25;
const PREFIXES = ['change', 'novelty', 'slow'] as const;

const PARAMETERS = {
  limit: {
    default: 1.1,
    minimum: 0.1,
    maximum: 100,
    unit: 'fused score',
    text: 'Anomalous beyond this: a change at its own limit needs a little novelty, a large change needs none.',
  },
} as const satisfies Parameters;

/** A change that stays, weighed up by how new it is; below the limit also by the last 20 samples. Formula, defaults and limits: README.md beside this file. */
class EnsembleDetector implements Detector {
  readonly #limit: number;
  readonly #change: SeasonalChangeDetector;
  readonly #novelty: Detector;
  readonly #slow: SlowChange;
  /** Novelty of the two samples before: what is new is so at the first sample, a change shows at the third. */
  #last: number;
  #lastButOne: number;
  #scored = Number.NaN;
  #scoredMs = Number.NaN;
  #novel = 0;

  constructor(
    limit: number,
    change: SeasonalChangeDetector,
    novel: Detector,
    slow: SlowChange,
    recent: readonly number[],
  ) {
    this.#limit = limit;
    this.#change = change;
    this.#novelty = novel;
    this.#slow = slow;
    this.#last = recent[0] ?? 0;
    this.#lastButOne = recent[1] ?? 0;
  }

  scoreOne(value: number, atMs: number): number {
    const quick = this.quickOne(value, atMs);
    // Two reasons for one suspicion: the slow one never goes beyond the limit, which three samples have to pass.
    return quick < 1 ? 1 - (1 - quick) * (1 - this.#slow.suspicion) : quick;
  }

  quickOne(value: number, atMs: number): number {
    const change = this.#change.scoreOne(value, atMs);
    if (!(change > 0)) return change;
    const novel = Math.max(this.#novelOf(value, atMs), this.#last, this.#lastButOne);
    return Math.min(SCORE_CAP, (change * (1 + novel) ** NOVELTY_POWER) / this.#limit);
  }

  learnOne(value: number, atMs: number): void {
    if (!Number.isFinite(value)) return;
    this.#remember(value, atMs);
    this.#scored = Number.NaN;
    this.#change.learnOne(value, atMs);
    if (Math.abs(value) <= LARGEST_LEARNED) this.#slow.take(this.#change.rootDeviation, false);
    this.#novelty.learnOne(value, atMs);
  }

  passOne(value: number, atMs: number): void {
    if (!Number.isFinite(value)) return;
    this.#remember(value, atMs);
    this.#change.passOne(value, atMs);
    if (Math.abs(value) <= LARGEST_LEARNED) this.#slow.take(this.#change.rootDeviation, true);
  }

  explain(value: number, atMs: number): Explanation {
    return this.#change.explain(value, atMs);
  }

  save(): DetectorState {
    const parts = [this.#change.save(), this.#novelty.save(), this.#slow.save()];
    const named = parts.flatMap((part, i) =>
      Object.entries(part).map(([name, value]) => [`${PREFIXES[i]!}.${name}`, value] as const),
    );
    return { ...Object.fromEntries(named), recent: [this.#last, this.#lastButOne] };
  }

  #remember(value: number, atMs: number): void {
    const novel = this.#novelOf(value, atMs);
    this.#lastButOne = this.#last;
    this.#last = novel;
  }

  /** 0 while it cannot tell; scoring and then learning the same sample costs it once. */
  #novelOf(value: number, atMs: number): number {
    if (value === this.#scored && atMs === this.#scoredMs) return this.#novel;
    const score = this.#novelty.scoreOne(value, atMs);
    this.#scored = value;
    this.#scoredMs = atMs;
    this.#novel = Number.isNaN(score) ? 0 : score;
    return this.#novel;
  }
}

/** The part of a saved state that belongs to one member. */
function memberState(state: DetectorState, prefix: (typeof PREFIXES)[number]): DetectorState {
  const found = Object.entries(state).filter(([name]) => name.startsWith(`${prefix}.`));
  return Object.fromEntries(found.map(([name, value]) => [name.slice(prefix.length + 1), value]));
}

/** Registry entry of the fused detector. */
export const ensemble: DetectorKind = {
  name: 'ensemble',
  text: 'A change that stays, beyond the same time of earlier days, weighed up by how new it is.',
  needsBaseline: true,
  restsOn: 3,
  parameters: PARAMETERS,
  create(series: SeriesContext, parameters) {
    const { limit } = completeParameters('ensemble', PARAMETERS, parameters);
    const slow = new SlowChange(series.worse, null);
    return new EnsembleDetector(limit!, seasonalChange.create(series, {}), novelty.create(series, {}), slow, []);
  },
  restore(series: SeriesContext, parameters, state) {
    const { limit } = completeParameters('ensemble', PARAMETERS, parameters);
    return new EnsembleDetector(
      limit!,
      seasonalChange.restore(series, {}, memberState(state, 'change')),
      novelty.restore(series, {}, memberState(state, 'novelty')),
      new SlowChange(series.worse, memberState(state, 'slow')),
      savedState('ensemble', state).numbers('recent'),
    );
  },
};
