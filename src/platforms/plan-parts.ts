import type { CommandSpec, Plan, PlanStep, Target, VerifySpec } from '../core/model/rollback.ts';
import { PlanError, type PlatformAbilities, type PlanRequest } from '../ports/platform.ts';
import { planId } from './plan-id.ts';
import { safeName } from './safe-name.ts';

const HEALTH_AT_LEAST = 70;
const HEALTH_FOR_MS = 60_000;
const WITHIN_MS = 600_000;

/** What a platform adds to a request to make it a plan. */
export interface PlanParts {
  readonly target: Target;
  readonly steps: readonly Omit<PlanStep, 'index'>[];
  readonly verify: VerifySpec;
  readonly dryRunBecause: string | null;
  readonly notUndone: readonly string[];
}

/** What the config says of recovery. */
export interface RecoveryConfig {
  readonly healthAtLeast?: number | undefined;
  readonly for?: number | undefined;
  readonly within?: number | undefined;
}

/** The request with its names checked. @throws PlanError for a name that could reach a command and must not. */
export function safeRequest(request: PlanRequest): PlanRequest {
  safeName('pipeline', request.pipeline);
  safeName('version', request.fromVersion);
  safeName('version', request.toVersion);
  if (request.environment !== null) safeName('environment', request.environment);
  return request;
}

/**
 * The request to a platform that can do nothing but put the whole back, its names checked.
 *
 * @throws PlanError for any other strategy or action, with the reason of `whyNot`
 */
export function wholeRequest(request: PlanRequest, whyNot: PlatformAbilities['whyNot']): PlanRequest {
  const { strategy = 'full', actions = [] } = safeRequest(request);
  const other = strategy === 'full' ? actions.find(({ kind }) => kind !== 'undo')?.kind : strategy;
  if (other === undefined) return request;
  throw new PlanError(`${other} cannot be done here: ${whyNot[strategy] ?? whyNot.progressive ?? ''}`);
}

/** The plan of a request. */
export function planOf(request: PlanRequest, parts: PlanParts): Plan {
  const { target, verify, dryRunBecause, notUndone } = parts;
  return {
    id: planId(target.id, request.deploymentId, request.fromVersion, request.toVersion),
    pipeline: request.pipeline,
    environment: request.environment,
    deploymentId: request.deploymentId,
    target,
    fromVersion: request.fromVersion,
    toVersion: request.toVersion,
    strategy: request.strategy ?? 'full',
    steps: parts.steps.map((step, index) => ({ index, ...step })),
    verify,
    dryRun: dryRunBecause !== null,
    dryRunBecause,
    notUndone,
  };
}

/** How the effect is proven, with the defaults every platform has. */
export function verifyOf(
  config: RecoveryConfig | undefined,
  versionCommand: CommandSpec,
  verifyCommand: CommandSpec | null,
): VerifySpec {
  return {
    versionCommand,
    verifyCommand,
    healthAtLeast: config?.healthAtLeast ?? HEALTH_AT_LEAST,
    healthForMs: config?.for ?? HEALTH_FOR_MS,
    withinMs: config?.within ?? WITHIN_MS,
  };
}
