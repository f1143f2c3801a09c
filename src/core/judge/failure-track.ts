/** Failures and recoveries of one deployment: since when it fails, since when it is clean. */
export class FailureTrack {
  /** Begin of the last failure; null when there was none. */
  failedFromMs: number | null = null;
  /** It had failed and is well again. */
  recovered = false;
  /** Since when nothing fails: the deployment, or the last recovery. NaN before the first deployment. */
  cleanSinceMs = Number.NaN;

  /** A deployment begins. */
  begin(atMs: number): void {
    this.failedFromMs = null;
    this.recovered = false;
    this.cleanSinceMs = atMs;
  }

  /** A sample at `atMs` was judged; `failingSinceMs` is null when nothing fails after it. */
  follow(atMs: number, failingSinceMs: number | null): void {
    if (failingSinceMs !== null) {
      if (this.failedFromMs === null || this.recovered) this.failedFromMs = failingSinceMs;
      this.recovered = false;
    } else if (this.failedFromMs !== null && !this.recovered) {
      this.recovered = true;
      this.cleanSinceMs = atMs;
    }
  }
}
