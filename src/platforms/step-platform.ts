import type { CommandSpec, Plan, PlanStep, StepAction, Target } from '../core/model/rollback.ts';
import { PlanError, type Platform, type PlatformAbilities, type PlanRequest } from '../ports/platform.ts';
import type { PlatformContext } from './adapter.ts';
import { planOf, safeRequest, verifyOf, type RecoveryConfig } from './plan-parts.ts';
import { safeName } from './safe-name.ts';
import { STEP_EXIT, STEP_RETRY } from './step.ts';
import { stepCommand } from './step-command.ts';
import type { Versions } from './two-sides.ts';

const READ_TIMEOUT_MS = 60_000;
const NO_VERSIONS: Versions = { from: null, to: null };

/** What a step's process is to do, said to people too. */
export interface StepWords<Act> {
  readonly act: Act;
  readonly text: string;
  /** The exact call, as far as it is known before the target is read. */
  readonly call: string;
  /** Reading that exits with 0 when the step took effect; null where the plan's own proof is enough. */
  readonly readBack: Act | null;
}

/** A platform whose steps and readings are calls of its own step code. */
export interface StepPlatformSpec<Act> {
  readonly name: string;
  readonly abilities: PlatformAbilities;
  /** Names of variables handed on to every step. */
  readonly envFrom: readonly string[];
  readonly timeoutMs: number;
  readonly recovery: RecoveryConfig | undefined;
  readonly notUndone: readonly string[];
  /** Actions of the plain way back. */
  readonly plain: readonly StepAction[];
  /** `text` and `id` of the target, without the platform's name. */
  target(pipeline: string): { readonly id: string; readonly text: string };
  /** The argument of the step's process. */
  call(pipeline: string, versions: Versions, act: Act): object;
  /** Steps of one action, at least one. */
  words(action: StepAction, request: PlanRequest): readonly StepWords<Act>[];
  /** Readings: the version that serves, what is known, and whether the earlier version serves (exit 0). */
  readonly readings: { readonly version: Act; readonly facts: Act; readonly serving: Act };
}

/** The platform of a spec: names checked, one process a step, everything read back. */
export function createStepPlatform<Act>(spec: StepPlatformSpec<Act>, context: PlatformContext): Platform {
  const { abilities, name } = spec;

  function command(pipeline: string, versions: Versions, act: Act, timeoutMs: number): CommandSpec {
    const call = spec.call(safeName('pipeline', pipeline), versions, act);
    return stepCommand(name, call, { cwd: context.baseDir, home: context.home, envFrom: spec.envFrom, timeoutMs });
  }

  function target(pipeline: string): Target {
    const { id, text } = spec.target(safeName('pipeline', pipeline));
    return { platform: name, id: `${name}:${id}`, text };
  }

  function stepsOf(request: PlanRequest, action: StepAction): readonly Omit<PlanStep, 'index'>[] {
    if (!abilities.actions.includes(action.kind)) throw new PlanError(`${name} has no ${action.kind}`);
    const { pipeline, fromVersion: from, toVersion: to } = request;
    return spec.words(action, request).map(({ act, text, call, readBack }) => ({
      text,
      action,
      call,
      command: command(pipeline, { from, to }, act, spec.timeoutMs),
      unknownExitCode: STEP_EXIT.unknown,
      retry: STEP_RETRY,
      readBack: readBack === null ? null : command(pipeline, { from, to }, readBack, READ_TIMEOUT_MS),
    }));
  }

  function plan(request: PlanRequest): Plan {
    const { pipeline, fromVersion: from, toVersion: to } = safeRequest(request);
    const strategy = request.strategy ?? 'full';
    if (!abilities.strategies.includes(strategy)) {
      throw new PlanError(`${strategy} cannot be done here: ${abilities.whyNot[strategy] ?? `${name} cannot`}`);
    }
    const { readings } = spec;
    return planOf(request, {
      target: target(pipeline),
      steps: (request.actions ?? spec.plain).flatMap((action) => stepsOf(request, action)),
      verify: verifyOf(
        spec.recovery,
        command(pipeline, { from, to }, readings.version, READ_TIMEOUT_MS),
        command(pipeline, { from, to }, readings.serving, READ_TIMEOUT_MS),
      ),
      dryRunBecause: context.dryRunBecause,
      notUndone: spec.notUndone,
    });
  }

  return {
    name,
    target,
    plan,
    versionReader: (pipeline) => command(pipeline, NO_VERSIONS, spec.readings.version, READ_TIMEOUT_MS),
    abilities: () => abilities,
    factsReader: (pipeline) => command(pipeline, NO_VERSIONS, spec.readings.facts, READ_TIMEOUT_MS),
  };
}

/** A name of the config with `{pipeline}` filled in. @throws PlanError when it does not fit `pattern`. */
export function filledName(template: string, pipeline: string, pattern: RegExp, what: string): string {
  const name = template.replaceAll('{pipeline}', pipeline);
  if (pattern.test(name)) return name;
  throw new PlanError(`no ${what} is called ${name}: set it in the config`);
}
