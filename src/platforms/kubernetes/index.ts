import type { CommandSpec, Plan, PlanStep, StepAction, Target } from '../../core/model/rollback.ts';
import { PlanError, type Platform, type PlanRequest } from '../../ports/platform.ts';
import type { PlatformAdapter, PlatformContext } from '../adapter.ts';
import { resolveExecutable } from '../executable.ts';
import { kubeAt, namingOf, objectName } from '../kube-config.ts';
import { planOf, safeRequest, verifyOf } from '../plan-parts.ts';
import { STEP_EXIT, STEP_RETRY } from '../step.ts';
import { stepCommand } from '../step-command.ts';
import { kubernetesAbilities } from './abilities.ts';
import type { KubernetesAct, KubernetesCall, Traffic, Versions, WorkloadRef } from './call.ts';
import { kubernetesConfig, type KubernetesConfig } from './schema.ts';
import { actOf, callText, stepText } from './words.ts';

const TIMEOUT_MS = 300_000;
const READ_TIMEOUT_MS = 60_000;
const NO_VERSIONS: Versions = { from: null, to: null };
/** Where credentials lie, and how the plugins of the clouds find theirs. */
const ENVIRONMENT = ['KUBECONFIG', 'GOOGLE_APPLICATION_CREDENTIALS', 'CLOUDSDK_CONFIG', 'AZURE_CONFIG_DIR'];

/** Rolls back a workload of Kubernetes through kubectl; AKS and GKE are the same with their sign-in checked. */
export const kubernetes = {
  summary: 'a Deployment, StatefulSet or DaemonSet through kubectl (AKS and GKE too), or traffic between two of them',
  schema: kubernetesConfig,
  create: createKubernetes,
  ability: () => ({ configured: true, hasVersionReader: true, hasVerify: true }),
  files: (config, context) => [resolveExecutable(config.kubectl ?? 'kubectl', context.baseDir)],
} as const satisfies PlatformAdapter<typeof kubernetesConfig>;

function createKubernetes(config: KubernetesConfig, context: PlatformContext): Platform {
  const abilities = kubernetesAbilities(config);

  function callOf(pipeline: string, versions: Versions, act: KubernetesAct): KubernetesCall {
    return {
      at: kubeAt(config, context.baseDir),
      provider: config.provider ?? null,
      workload: refOf(config.workload ?? 'deployment/{pipeline}', pipeline),
      traffic: trafficOf(config, pipeline),
      naming: namingOf(config.versionFrom, config.container),
      versions,
      act,
    };
  }

  function command(call: KubernetesCall, timeoutMs: number): CommandSpec {
    const envFrom = [...new Set([...ENVIRONMENT, ...(config.environment ?? [])])];
    return stepCommand('kubernetes', call, { cwd: context.baseDir, home: context.home, envFrom, timeoutMs });
  }

  function target(pipeline: string): Target {
    const { traffic, workload } = callOf(pipeline, NO_VERSIONS, { do: 'version' });
    const name = traffic === null ? `${workload.kind}/${workload.name}` : `${traffic.kind}/${traffic.name}`;
    return {
      platform: 'kubernetes',
      id: `kubernetes:${config.cluster}:${config.namespace}:${name}`,
      text: `${name} in namespace ${config.namespace} of cluster ${config.cluster} (context ${config.context})`,
    };
  }

  function step(request: PlanRequest, action: StepAction): Omit<PlanStep, 'index'> {
    const { pipeline, fromVersion: from, toVersion: to } = request;
    if (!abilities.actions.includes(action.kind))
      throw new PlanError(`${action.kind} cannot be done here: ${whyNot()}`);
    const call = callOf(pipeline, { from, to }, actOf(action, config.traffic !== undefined));
    const shared = call.act.do === 'traffic' ? ({ do: 'shared', percent: call.act.percent } as const) : null;
    return {
      text: stepText(call),
      action,
      call: callText(call),
      command: command(call, config.timeout ?? TIMEOUT_MS),
      unknownExitCode: STEP_EXIT.unknown,
      retry: STEP_RETRY,
      readBack: shared === null ? null : command({ ...call, act: shared }, READ_TIMEOUT_MS),
      expects: config.traffic === undefined ? [from] : [from, to],
    };
  }

  function whyNot(): string {
    return abilities.whyNot.progressive ?? 'the platform has no such action';
  }

  function plan(request: PlanRequest): Plan {
    const { pipeline, fromVersion: from, toVersion: to } = safeRequest(request);
    const strategy = request.strategy ?? 'full';
    if (!abilities.strategies.includes(strategy)) {
      throw new PlanError(`${strategy} cannot be done here: ${abilities.whyNot[strategy] ?? ''}`);
    }
    const timeoutMs = Math.max(READ_TIMEOUT_MS + 30_000, config.timeout ?? TIMEOUT_MS);
    const reader = command(callOf(pipeline, { from, to }, { do: 'version' }), READ_TIMEOUT_MS);
    const serving = command(callOf(pipeline, { from, to }, { do: 'serving' }), timeoutMs);
    const wanted: readonly StepAction[] = request.actions ?? [{ kind: 'undo' }];
    return planOf(request, {
      target: target(pipeline),
      steps: wanted.map((action) => step(request, action)),
      verify: verifyOf(config.verify, reader, serving),
      dryRunBecause: context.dryRunBecause,
      // What it leaves is found by the facts: a sentence that always stands there would only teach to look past it.
      notUndone: [],
    });
  }

  return {
    name: 'kubernetes',
    target,
    plan,
    versionReader: (pipeline) => command(callOf(pipeline, NO_VERSIONS, { do: 'version' }), READ_TIMEOUT_MS),
    abilities: () => abilities,
    factsReader: (pipeline) => command(callOf(pipeline, NO_VERSIONS, { do: 'facts' }), READ_TIMEOUT_MS),
  };
}

function refOf(text: string, pipeline: string): WorkloadRef {
  const [kind, name = ''] = text.split('/');
  return { kind: kind as WorkloadRef['kind'], name: objectName(name, pipeline) };
}

function trafficOf({ traffic }: KubernetesConfig, pipeline: string): Traffic | null {
  if (traffic === undefined) return null;
  const [kind, name = ''] = traffic.route.split('/');
  const [first, second] = traffic.sides.map(({ service, workload }) => {
    return { service: objectName(service, pipeline), workload: refOf(workload, pipeline) };
  });
  return { kind: kind as Traffic['kind'], name: objectName(name, pipeline), sides: [first!, second!] };
}
