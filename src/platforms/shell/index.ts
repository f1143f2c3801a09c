import { resolve } from 'node:path';
import type { CommandSpec, Plan, Target, VerifySpec } from '../../core/model/rollback.ts';
import type { Platform, PlanRequest } from '../../ports/platform.ts';
import type { PlatformAdapter, PlatformContext } from '../adapter.ts';
import { planId } from '../plan-id.ts';
import { safeName } from '../safe-name.ts';
import { FIXED_PATH, filesOf, resolveExecutable } from '../executable.ts';
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
    const step = command(config.command, values, timeoutMs, id);
    const text = `roll ${request.pipeline} back from ${request.fromVersion} to ${request.toVersion}`;
    return {
      id,
      pipeline: request.pipeline,
      environment: request.environment,
      deploymentId: request.deploymentId,
      target: on,
      fromVersion: request.fromVersion,
      toVersion: request.toVersion,
      strategy: 'full',
      steps: [{ index: 0, text, command: step }],
      verify: verifyOf(values, timeoutMs, id),
      dryRun: context.dryRunBecause !== null,
      dryRunBecause: context.dryRunBecause,
      notUndone: [],
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

  return { name: 'shell', target, plan, versionReader };
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
  return [config.command, config.version, config.verify?.command].filter((argv) => argv !== undefined);
}

function cwdOf(config: ShellConfig, baseDir: string): string {
  return resolve(baseDir, config.cwd ?? '.');
}
