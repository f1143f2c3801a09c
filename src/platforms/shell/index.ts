import { resolve } from 'node:path';
import type { CommandSpec, Plan, PlanStep, StepAction, Target, VerifySpec } from '../../core/model/rollback.ts';
import { PlanError, type Platform, type PlanRequest } from '../../ports/platform.ts';
import { actionText } from '../action-text.ts';
import type { PlatformAdapter, PlatformContext } from '../adapter.ts';
import { planId } from '../plan-id.ts';
import { safeName } from '../safe-name.ts';
import { FIXED_PATH, filesOf, resolveExecutable } from '../executable.ts';
import { shellAbilities } from './abilities.ts';
import { shellConfig, type ShellConfig } from './schema.ts';
import { fillTemplate, type PlaceholderValues } from './template.ts';

const TIMEOUT_MS = 300_000;
const READ_TIMEOUT_MS = 30_000;
const HEALTH_AT_LEAST = 70;
const HEALTH_FOR_MS = 60_000;
const WITHIN_MS = 600_000;

/** Rolls back by a command on this box. */
export const shell = {
  summary: 'a command on this box, with a command that reads the version back',
  schema: shellConfig,
  create: createShell,
  ability: (config) => ({
    configured: true,
    hasVersionReader: config.version !== undefined,
    hasVerify: config.version !== undefined || config.verify?.command !== undefined,
  }),
  files: (config, context) => [
    ...new Set(commandsOf(config).flatMap((argv) => filesOf(argv, cwdOf(config, context.baseDir)))),
  ],
} as const satisfies PlatformAdapter<typeof shellConfig>;

function createShell(config: ShellConfig, context: PlatformContext): Platform {
  const cwd = cwdOf(config, context.baseDir);
  const abilities = shellAbilities(config);

  function command(
    argv: readonly string[],
    values: PlaceholderValues,
    timeoutMs: number,
    id: string | null,
  ): CommandSpec {
    const [program = '', ...rest] = fillTemplate(argv, values);
    const own: Readonly<Record<string, string | null>> = {
      ROLLWATCH_PIPELINE: values.pipeline,
      ROLLWATCH_FROM: values.from,
      ROLLWATCH_TO: values.to,
      ROLLWATCH_ENVIRONMENT: values.environment,
      ROLLWATCH_PLAN_ID: id,
    };
    const known = Object.entries(own).filter((entry): entry is [string, string] => entry[1] !== null);
    return {
      argv: [resolveExecutable(program, cwd), ...rest],
      cwd,
      env: { PATH: FIXED_PATH, HOME: context.home, LANG: 'C.UTF-8', ...Object.fromEntries(known) },
      envFrom: config.environment ?? [],
      timeoutMs,
    };
  }

  function target(pipeline: string): Target {
    const program = resolveExecutable(config.command[0]!, cwd);
    return {
      platform: 'shell',
      id: `shell:${context.host.machineId}:${program}:${safeName('pipeline', pipeline)}`,
      text: `${pipeline} by ${program} on ${context.host.name}`,
    };
  }

  function plan(request: PlanRequest): Plan {
    const values = valuesOf(request);
    const on = target(request.pipeline);
    const id = planId(on.id, request.deploymentId, request.fromVersion, request.toVersion);
    const timeoutMs = config.timeout ?? TIMEOUT_MS;
    refuseUnable(request);
    return {
      id,
      pipeline: request.pipeline,
      environment: request.environment,
      deploymentId: request.deploymentId,
      target: on,
      fromVersion: request.fromVersion,
      toVersion: request.toVersion,
      strategy: request.strategy ?? 'full',
      steps: (request.actions ?? [{ kind: 'undo' }]).map((action, index) => ({
        index,
        ...stepOf(action, request, values, timeoutMs, id),
      })),
      verify: verifyOf(values, timeoutMs, id),
      dryRun: context.dryRunBecause !== null,
      dryRunBecause: context.dryRunBecause,
      notUndone: [],
    };
  }

  function refuseUnable({ strategy = 'full' }: PlanRequest): void {
    if (abilities.strategies.includes(strategy)) return;
    throw new PlanError(`${strategy} cannot be done: ${abilities.whyNot[strategy] ?? 'it is not configured'}`);
  }

  function stepOf(
    action: StepAction,
    request: PlanRequest,
    values: PlaceholderValues,
    timeoutMs: number,
    id: string,
  ): Omit<PlanStep, 'index'> {
    const percent = 'percent' in action ? String(action.percent) : action.kind === 'switch' ? '100' : null;
    const own = percent === null ? values : { ...values, percent };
    const argv = argvOf(action.kind, config);
    if (argv === undefined || (action.kind === 'undo' && action.component !== undefined)) {
      throw new PlanError(`no command is configured for ${action.kind}`);
    }
    const { readBack } = config.actions ?? {};
    const proves = readBack !== undefined && (action.kind === 'traffic' || action.kind === 'switch');
    return {
      text: actionText(action, request),
      command: command(argv, own, timeoutMs, id),
      action,
      readBack: proves ? command(readBack, own, READ_TIMEOUT_MS, id) : null,
    };
  }

  function verifyOf(values: PlaceholderValues, timeoutMs: number, id: string): VerifySpec {
    const { version, verify } = config;
    return {
      versionCommand: version === undefined ? null : command(version, values, READ_TIMEOUT_MS, id),
      verifyCommand: verify?.command === undefined ? null : command(verify.command, values, timeoutMs, id),
      healthAtLeast: version === undefined && verify === undefined ? null : (verify?.healthAtLeast ?? HEALTH_AT_LEAST),
      healthForMs: verify?.for ?? HEALTH_FOR_MS,
      withinMs: verify?.within ?? WITHIN_MS,
    };
  }

  function versionReader(pipeline: string, environment: string | null = null): CommandSpec | null {
    if (config.version === undefined) return null;
    const values = { pipeline: safeName('pipeline', pipeline), from: null, to: null, environment };
    return command(config.version, values, READ_TIMEOUT_MS, null);
  }

  function factsReader(pipeline: string, environment: string | null = null): CommandSpec | null {
    if (config.facts === undefined) return null;
    const values = { pipeline: safeName('pipeline', pipeline), from: null, to: null, environment };
    return command(config.facts, values, READ_TIMEOUT_MS, null);
  }

  return { name: 'shell', target, plan, versionReader, abilities: () => abilities, factsReader };
}

function argvOf(kind: StepAction['kind'], { command, actions }: ShellConfig): readonly string[] | undefined {
  if (kind === 'undo') return command;
  return kind === 'check-capacity' ? actions?.capacity : actions?.[kind];
}

function valuesOf(request: PlanRequest): PlaceholderValues {
  return {
    pipeline: safeName('pipeline', request.pipeline),
    from: safeName('version', request.fromVersion),
    to: safeName('version', request.toVersion),
    environment: request.environment === null ? null : safeName('environment', request.environment),
  };
}

function commandsOf(config: ShellConfig): readonly (readonly string[])[] {
  return [
    config.command,
    config.version,
    config.verify?.command,
    config.facts,
    ...Object.values(config.actions ?? {}),
  ].filter((argv) => argv !== undefined);
}

function cwdOf(config: ShellConfig, baseDir: string): string {
  return resolve(baseDir, config.cwd ?? '.');
}
