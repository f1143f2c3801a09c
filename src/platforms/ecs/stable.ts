import { setTimeout as sleep } from 'node:timers/promises';
import { StepUnknown } from '../step.ts';
import type { Ecs } from './aws.ts';
import type { EcsCall } from './call.ts';
import { readService, shortName, versionsByDeployment } from './service.ts';

const LOOK_MS = 2000;
/** The step ends by itself before it is stopped from outside, so that it can say how far it came. */
const MARGIN_MS = 30_000;

/** How near the service is to serving one version only. */
export interface Stability {
  readonly stable: boolean;
  readonly failed: boolean;
  readonly text: string;
}

/** Looks at the service: stable when the one deployment there is runs all of its tasks at the earlier version. */
export async function stabilityOf(ecs: Ecs, call: EcsCall): Promise<Stability> {
  const service = await readService(ecs, call);
  const all = await versionsByDeployment(ecs, call, service);
  const [primary] = all;
  if (primary === undefined) return { stable: false, failed: false, text: 'the service has no deployment' };
  const { deployment, version } = primary;
  const { rolloutState = 'COMPLETED', rolloutStateReason = '' } = deployment;
  const counts = `${deployment.runningCount} of ${deployment.desiredCount} tasks run ${shortName(deployment.taskDefinition)}`;
  const text =
    `${counts}, version ${version ?? 'unknown'}, ${all.length} deployments, ${rolloutState} ${rolloutStateReason}`.trim();
  const back = version === call.versions.to;
  const complete = rolloutState === 'COMPLETED' && deployment.runningCount === deployment.desiredCount;
  return { stable: back && complete && all.length === 1, failed: back && rolloutState === 'FAILED', text };
}

/** When a step that begins now must have said how far it came, on the monotonic clock. */
export function lastLookMs({ timeoutMs }: EcsCall): number {
  return performance.now() + timeoutMs - Math.min(MARGIN_MS, timeoutMs / 2);
}

/** Follows a change that was taken down to its end. @throws StepUnknown when it is not stable by `endMs`. */
export async function untilStable(ecs: Ecs, call: EcsCall, endMs: number): Promise<readonly string[]> {
  for (;;) {
    const { stable, failed, text } = await stabilityOf(ecs, call).catch((error: unknown) => {
      throw new StepUnknown(`it was taken down, but not read back: ${(error as Error).message}`);
    });
    if (stable) return [text];
    if (failed) throw new Error(`ECS gave up: ${text}`);
    if (performance.now() >= endMs) throw new StepUnknown(`taken down and going on, not stable in time: ${text}`);
    await sleep(LOOK_MS);
  }
}
