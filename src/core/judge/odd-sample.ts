/** The sample a person is shown of a metric: the last that was anomalous or, where nothing fails, near it. NaN: none. */
export class OddSample {
  value = Number.NaN;
  atMs = Number.NaN;
  score = Number.NaN;
  /** Index of the detector that gave the score. */
  by = 0;
  /** True where that detector's score rests on several samples. */
  rests = false;

  take(atMs: number, value: number, score: number, by: number, rests: boolean): void {
    this.value = value;
    this.atMs = atMs;
    this.score = score;
    this.by = by;
    this.rests = rests;
  }

  clear(): void {
    this.value = Number.NaN;
    this.atMs = Number.NaN;
    this.score = Number.NaN;
  }
}
