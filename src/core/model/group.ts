import type { StepJudge } from './rollback.ts';

/** Services that are deployed together and depend on each other, as configured. */
export interface ServiceGroup {
  readonly name: string;
  /** True for the pipelines that belong to it. */
  readonly has: (pipeline: string) => boolean;
  /** What each needs to be there. */
  readonly needs: Readonly<Record<string, readonly string[]>>;
  /** Deployments this close to each other count as one. */
  readonly togetherMs: number;
  /** How the group is judged after each service that went back. */
  readonly judge: StepJudge;
}
