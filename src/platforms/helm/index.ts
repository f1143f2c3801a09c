import type { CommandSpec, Plan, Target } from '../../core/model/rollback.ts';
import type { Platform, PlatformAbilities, PlanRequest } from '../../ports/platform.ts';
import type { PlatformAdapter, PlatformContext } from '../adapter.ts';
import { resolveExecutable } from '../executable.ts';
import { kubeAt, objectName } from '../kube-config.ts';
import { planOf, verifyOf, wholeRequest } from '../plan-parts.ts';
import { STEP_EXIT, STEP_RETRY } from '../step.ts';
import { stepCommand } from '../step-command.ts';
import type { HelmCall } from './call.ts';
import { helmConfig, type HelmConfig } from './schema.ts';
import { rollbackArguments } from './step.ts';

const WAIT_MS = 300_000;
const READ_TIMEOUT_MS = 60_000;
/** Beside the wait: reading the history, and what --cleanup-on-fail does after it. */
const MARGIN_MS = 60_000;
const WHOLE = 'Helm puts a whole release back at once; it sets no shares of the traffic';

const ABILITIES: PlatformAbilities = {
  actions: ['undo'],
  strategies: ['full'],
  whyNot: {
    progressive: WHOLE,
    'blue-green': WHOLE,
    ab: WHOLE,
    partial: 'a rollback is of the whole release: a group of pipelines is rolled back pipeline by pipeline',
  },
  trafficWeights: false,
  versions: 'any',
  instantSwitch: false,
  sideBySide: false,
  readsBack: true,
  reversible: true,
};

/** Rolls back a release of Helm. */
export const helm = {
  summary: 'a release of Helm to an earlier revision, with kubectl to be sure of the cluster',
  schema: helmConfig,
  create,
  ability: () => ({ configured: true, hasVersionReader: true, hasVerify: true }),
  files: (config, context) => [
    resolveExecutable(config.helm ?? 'helm', context.baseDir),
    resolveExecutable(config.kubectl ?? 'kubectl', context.baseDir),
  ],
} as const satisfies PlatformAdapter<typeof helmConfig>;

function create(config: HelmConfig, context: PlatformContext): Platform {
  const waitMs = config.timeout ?? WAIT_MS;

  function callOf(
    pipeline: string,
    act: HelmCall['act'],
    from: string | null = null,
    to: string | null = null,
  ): HelmCall {
    return {
      at: kubeAt(config, context.baseDir),
      helm: resolveExecutable(config.helm ?? 'helm', context.baseDir),
      release: objectName(config.release ?? '{pipeline}', pipeline),
      versionFrom: config.versionFrom ?? 'app-version',
      hooks: config.hooks ?? true,
      waitMs,
      versions: { from, to },
      act,
    };
  }

  function command(call: HelmCall, timeoutMs: number): CommandSpec {
    const envFrom = [...new Set(['KUBECONFIG', 'HELM_DRIVER', ...(config.environment ?? [])])];
    return stepCommand('helm', call, { cwd: context.baseDir, home: context.home, envFrom, timeoutMs });
  }

  function target(pipeline: string): Target {
    const { release } = callOf(pipeline, 'version');
    return {
      platform: 'helm',
      id: `helm:${config.cluster}:${config.namespace}:${release}`,
      text: `release ${release} in namespace ${config.namespace} of cluster ${config.cluster} (context ${config.context})`,
    };
  }

  function plan(request: PlanRequest): Plan {
    const { pipeline, fromVersion: from, toVersion: to } = wholeRequest(request, ABILITIES.whyNot);
    const call = callOf(pipeline, 'rollback', from, to);
    const place = `--namespace ${config.namespace} --kube-context ${config.context}`;
    return planOf(request, {
      target: target(pipeline),
      steps: [
        {
          text: `put the newest revision of release ${call.release} with ${call.versionFrom} ${to} back, if ${from} is still the newest`,
          action: { kind: 'undo' },
          call: `helm ${rollbackArguments(call, `<revision of ${to}>`).join(' ')} ${place}`,
          command: command(call, waitMs + MARGIN_MS),
          unknownExitCode: STEP_EXIT.unknown,
          retry: STEP_RETRY,
          expects: [from],
        },
      ],
      verify: verifyOf(
        config.verify,
        command(callOf(pipeline, 'version', from, to), READ_TIMEOUT_MS),
        command(callOf(pipeline, 'serving', from, to), READ_TIMEOUT_MS),
      ),
      dryRunBecause: context.dryRunBecause,
      notUndone: [],
    });
  }

  return {
    name: 'helm',
    target,
    plan,
    versionReader: (pipeline) => command(callOf(pipeline, 'version'), READ_TIMEOUT_MS),
    abilities: () => ABILITIES,
    factsReader: (pipeline) => command(callOf(pipeline, 'facts'), READ_TIMEOUT_MS),
  };
}
