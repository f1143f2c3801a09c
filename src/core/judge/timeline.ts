import type { Deployment } from '../model/deployment.ts';
import { deploymentId } from '../model/deployment.ts';

/** The deployments of one pipeline in order of time, and which of them samples are judged for at present. */
export class Timeline {
  /** The deployment samples are judged for; null before the first sample. */
  current: Deployment | null = null;
  readonly #pipeline: string;
  readonly #environment: string | null;
  #announced: Deployment[] = [];
  /** Index in `#announced` of the next one that has not begun. */
  #next = 0;

  constructor(pipeline: string, environment: string | null) {
    this.#pipeline = pipeline;
    this.#environment = environment;
  }

  get announced(): readonly Deployment[] {
    return this.#announced;
  }

  /** When the next announced deployment begins; Infinity when none is waiting. */
  get nextMs(): number {
    return this.#announced[this.#next]?.atMs ?? Number.POSITIVE_INFINITY;
  }

  /** Adds an announcement; false for one that is known already. */
  announce(deployment: Deployment): boolean {
    if (this.#announced.some(({ id }) => id === deployment.id)) return false;
    const begun = this.#announced[this.#next - 1];
    this.#announced = [...this.#announced, deployment].sort((a, b) => a.atMs - b.atMs || (a.id < b.id ? -1 : 1));
    this.#next = begun === undefined ? 0 : this.#announced.indexOf(begun) + 1;
    return true;
  }

  /** The next announced deployment becomes the current one. */
  advance(): Deployment {
    const next = this.#announced[this.#next];
    if (next === undefined) throw new Error(`${this.#pipeline} has no deployment to go on to`);
    this.#next += 1;
    this.current = next;
    return next;
  }

  /** The first sample stands in for a deployment nobody announced. */
  infer(atMs: number): Deployment {
    const version = 'unknown';
    this.current = {
      id: deploymentId(this.#pipeline, version, atMs),
      pipeline: this.#pipeline,
      environment: this.#environment,
      version,
      previous: null,
      atMs,
      commit: null,
      origin: 'inferred',
      features: null,
    };
    return this.current;
  }

  /** Back to before the first sample, with the announcements kept. */
  rewind(): void {
    this.current = null;
    this.#next = 0;
  }

  /** Versions that were live before the current deployment, newest first, without repetition of neighbours. */
  get earlierVersions(): readonly string[] {
    const { current } = this;
    if (current === null) return [];
    return this.#announced
      .filter(({ atMs, id }) => atMs < current.atMs && id !== current.id)
      .map(({ version }) => version)
      .toReversed();
  }
}
