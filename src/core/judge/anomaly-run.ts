/** From this share of the limit on a sample is a part of the run that follows it: what each of three gives a mean of three. */
const ON_THE_WAY = 1 / 3;

/**
 * Anomalous samples in a row.
 *
 * A score that rests on several samples rises before it passes its limit: the samples it rose over were bad as well and
 * belong to the run, at most as many as the score rests on. A lone spike has none before it and counts for one, however
 * high it is.
 */
export class AnomalyRun {
  /** Anomalous samples up to now; 0 while the newest is not anomalous. */
  now = 0;
  /** Of the present or else the last run: length with what was on the way before it, and time of its first sample. */
  length = 0;
  sinceMs = Number.NaN;
  /** Its largest score while it was no longer than a score rests on: later ones are held against an old level. */
  onsetScore = 0;
  /** Samples in a row, up to now, that a detector found anomalous which judges each by itself. */
  alone = 0;
  readonly #onTheWayMs: number[] = [];

  /**
   * Takes the next sample.
   *
   * @param score of the detectors that count, above 1 is anomalous
   * @param resting score of those of them that rest on several samples; 0 where there is none
   * @param restsOn how many samples that is; 1 where there is none
   * @param alone score of the others
   * @param counts false for an anomalous sample that only those before it make so: it neither counts nor ends the run
   */
  take(atMs: number, score: number, resting: number, restsOn: number, alone: number, counts: boolean): void {
    this.alone = alone > 1 ? this.alone + 1 : 0;
    if (score > 1) {
      if (!counts) return;
      if (this.now === 0) this.#begin(atMs, resting > 1 ? restsOn : 1);
      this.now += 1;
      this.length += 1;
      if (this.now <= restsOn) this.onsetScore = Math.max(this.onsetScore, score);
      return;
    }
    this.now = 0;
    if (resting < ON_THE_WAY || restsOn < 2) this.#onTheWayMs.length = 0;
    else if (this.#onTheWayMs.push(atMs) >= restsOn) this.#onTheWayMs.shift();
  }

  clear(): void {
    this.now = 0;
    this.length = 0;
    this.sinceMs = Number.NaN;
    this.onsetScore = 0;
    this.alone = 0;
    this.#onTheWayMs.length = 0;
  }

  #begin(atMs: number, restsOn: number): void {
    const before = restsOn === 1 ? [] : this.#onTheWayMs;
    this.length = before.length;
    this.sinceMs = before[0] ?? atMs;
    this.onsetScore = 0;
    this.#onTheWayMs.length = 0;
  }
}
