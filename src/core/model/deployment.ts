/** How a deployment became known. `inferred` = nobody announced it; the first sample stands in for it. */
export type DeploymentOrigin = 'marker' | 'command' | 'inferred' | 'rollback';

/** One version of a pipeline going live at a time. */
export interface Deployment {
  /** Stable: pipeline, version and time joined with `@`. */
  readonly id: string;
  readonly pipeline: string;
  readonly environment: string | null;
  readonly version: string;
  readonly previous: string | null;
  readonly atMs: number;
  readonly commit: string | null;
  readonly origin: DeploymentOrigin;
  /** Deployment features by name, as announced; input of the risk model. */
  readonly features: Readonly<Record<string, number>> | null;
}

/** Gives a deployment its id: the same announcement read twice is the same deployment. */
export function deploymentId(pipeline: string, version: string, atMs: number): string {
  return `${pipeline}@${version}@${atMs}`;
}
