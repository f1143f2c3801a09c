import type { LoadedConfig } from '../../config/load.ts';
import type { RollbackContext } from '../../config/rollback.ts';
import type { RollbackAbility } from '../../core/model/history.ts';
import type { Plan } from '../../core/model/rollback.ts';
import { PlanError, type Platform, type PlanRequest } from '../../ports/platform.ts';

/** What can be done for a pipeline, and the exact steps of it. */
export interface Plans {
  ability(pipeline: string): RollbackAbility;
  /** Throws PlanError with a sentence for the operator. */
  plan(request: PlanRequest): Plan;
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

  function platformOf(pipeline: string): Platform {
    const known = made.get(pipeline);
    if (known !== undefined) return known;
    const choice = config.rollbackFor(pipeline);
    if (choice === null) {
      throw new PlanError(
        `no rollback is configured for ${pipeline}: add one to rollwatch.yaml (rollwatch config init)`,
      );
    }
    const because = dryRunBecause ?? (choice.dryRun ? `the configuration says so (${choice.origin})` : null);
    const platform = choice.create({ ...context, dryRunBecause: because });
    made.set(pipeline, platform);
    return platform;
  }

  return {
    ability: (pipeline) => config.rollbackFor(pipeline)?.ability ?? NONE,
    plan: (request) => platformOf(request.pipeline).plan(request),
  };
}
