/** A failure that comes back so soon is the same illness: now above its limit, now below. */
const SAME_ILLNESS_MS = 3_600_000;

/** Failures and recoveries of one deployment: since when it fails, since when it is clean. */
export class FailureTrack {
  /** Begin of the last failure; null when there was none. */
  failedFromMs: number | null = null;
  /** Begin of the first of the failures that came back within the hour, again and again; null when there was none. */
  illSinceMs: number | null = null;
  /** It had failed and is well again. */
  recovered = false;
  /** Since when nothing fails: the deployment, or the last recovery. NaN before the first deployment. */
  cleanSinceMs = Number.NaN;

  /** A deployment begins. */
  begin(atMs: number): void {
    this.failedFromMs = null;
    this.illSinceMs = null;
    this.recovered = false;
    this.cleanSinceMs = atMs;
  }

  /** A sample at `atMs` was judged; `failingSinceMs` is null when nothing fails after it. */
  follow(atMs: number, failingSinceMs: number | null): void {
    if (failingSinceMs !== null) {
      if (this.failedFromMs === null || this.recovered) this.#fail(failingSinceMs);
      this.recovered = false;
    } else if (this.failedFromMs !== null && !this.recovered) {
      this.recovered = true;
      this.cleanSinceMs = atMs;
    }
  }

  #fail(sinceMs: number): void {
    const cameBack = this.recovered && sinceMs - this.cleanSinceMs < SAME_ILLNESS_MS;
    if (!cameBack) this.illSinceMs = sinceMs;
    this.failedFromMs = sinceMs;
  }
}
