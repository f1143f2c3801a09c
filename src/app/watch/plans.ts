import type { LoadedConfig } from '../../config/load.ts';
import type { RollbackContext } from '../../config/rollback.ts';
import type { RollbackAbility } from '../../core/model/history.ts';
import type { Plan } from '../../core/model/rollback.ts';
import type { HostIdentity } from '../../platforms/adapter.ts';
import { planId } from '../../platforms/plan-id.ts';
import type { Platform, PlanRequest } from '../../ports/platform.ts';
import { strategicPlan, type PlanAbout } from '../rollback/strategic-plan.ts';

/** What can be done for a pipeline, and the exact steps of it. */
export interface Plans {
  ability(pipeline: string): RollbackAbility;
  /** The strategy follows from `about`. Throws PlanError with a sentence for the operator. */
  plan(request: PlanRequest, about?: PlanAbout): Plan;
  /** How the pipeline is rolled back; null where nothing is configured. */
  platform(pipeline: string): Platform | null;
}

const NONE: RollbackAbility = { configured: false, hasVersionReader: false, hasVerify: false };

/**
 * Makes plans from the configuration. `dryRunBecause` is why nothing may be run in this whole session, null when acting
 * is possible; the config may still say dry run for one pipeline.
 */
export function createPlans(
  config: LoadedConfig,
  context: Omit<RollbackContext, 'dryRunBecause'>,
  dryRunBecause: string | null,
): Plans {
  const made = new Map<string, Platform>();

  function platformOf(pipeline: string): Platform | null {
    const known = made.get(pipeline);
    if (known !== undefined) return known;
    const choice = config.rollbackFor(pipeline);
    if (choice === null) return null;
    const because = dryRunBecause ?? (choice.dryRun ? `the configuration says so (${choice.origin})` : null);
    const platform = choice.create({ ...context, dryRunBecause: because });
    made.set(pipeline, platform);
    return platform;
  }

  return {
    ability: (pipeline) => config.rollbackFor(pipeline)?.ability ?? NONE,
    plan(request, about) {
      const platform = platformOf(request.pipeline);
      if (platform === null) return planOfNothing(request, context.host);
      const { strategy, review } = config.rollbackFor(request.pipeline)!;
      return strategicPlan(platform, request, about, strategy, review ?? undefined);
    },
    platform: platformOf,
  };
}

/** What is asked where no rollback is configured: the same question, a dry run without a call. */
function planOfNothing(request: PlanRequest, host: HostIdentity): Plan {
  const { pipeline, environment, deploymentId, fromVersion, toVersion } = request;
  const target = { platform: 'none', id: `none:${host.machineId}:${pipeline}`, text: `${pipeline} on ${host.name}` };
  const because = `no rollback is configured for ${pipeline}: add one to rollwatch.yaml (rollwatch config init)`;
  return {
    id: planId(target.id, deploymentId, fromVersion, toVersion),
    pipeline,
    environment,
    deploymentId,
    target,
    fromVersion,
    toVersion,
    strategy: 'full',
    steps: [],
    verify: { versionCommand: null, verifyCommand: null, healthAtLeast: null, healthForMs: 0, withinMs: 0 },
    dryRun: true,
    dryRunBecause: because,
    notUndone: [],
  };
}
