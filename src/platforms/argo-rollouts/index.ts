import type { CommandSpec, Plan, PlanStep, Target } from '../../core/model/rollback.ts';
import type { Platform, PlatformAbilities, PlanRequest } from '../../ports/platform.ts';
import type { PlatformAdapter, PlatformContext } from '../adapter.ts';
import { resolveExecutable } from '../executable.ts';
import { kubeAt, kubectlText, namingOf, objectName } from '../kube-config.ts';
import { planOf, verifyOf, wholeRequest } from '../plan-parts.ts';
import { STEP_EXIT, STEP_RETRY } from '../step.ts';
import { stepCommand } from '../step-command.ts';
import type { RolloutAct, RolloutCall } from './call.ts';
import { argoRolloutsConfig, type ArgoRolloutsConfig } from './schema.ts';

const TIMEOUT_MS = 120_000;
const READ_TIMEOUT_MS = 60_000;
const OWN_STEPS = 'the Rollout walks the steps of its own strategy; rollwatch sets no weights beside it';

/** Rolls back a Rollout of Argo Rollouts: by abort or by undo, and says which. */
export const argoRollouts = {
  summary: 'a Rollout of Argo Rollouts through kubectl, by abort (spec stays new) or undo (spec back)',
  schema: argoRolloutsConfig,
  create,
  ability: () => ({ configured: true, hasVersionReader: true, hasVerify: true }),
  files: (config, context) => [resolveExecutable(config.kubectl ?? 'kubectl', context.baseDir)],
} as const satisfies PlatformAdapter<typeof argoRolloutsConfig>;

function create(config: ArgoRolloutsConfig, context: PlatformContext): Platform {
  const by = config.by ?? 'abort';

  function callOf(
    pipeline: string,
    act: RolloutAct,
    from: string | null = null,
    to: string | null = null,
  ): RolloutCall {
    return {
      at: kubeAt(config, context.baseDir),
      name: objectName(config.rollout ?? '{pipeline}', pipeline),
      naming: namingOf(config.versionFrom, config.container),
      versions: { from, to },
      act,
    };
  }

  function command(call: RolloutCall, timeoutMs: number): CommandSpec {
    const envFrom = [...new Set(['KUBECONFIG', ...(config.environment ?? [])])];
    return stepCommand('argo-rollouts', call, { cwd: context.baseDir, home: context.home, envFrom, timeoutMs });
  }

  function target(pipeline: string): Target {
    const { name } = callOf(pipeline, 'version');
    return {
      platform: 'argo-rollouts',
      id: `argo-rollouts:${config.cluster}:${config.namespace}:${name}`,
      text: `rollout ${name} in namespace ${config.namespace} of cluster ${config.cluster} (context ${config.context})`,
    };
  }

  function step(call: RolloutCall): Omit<PlanStep, 'index'> {
    const { from, to } = call.versions;
    return {
      text: textOf(call),
      action: { kind: 'undo' },
      call: kubectlText(call.at, callText(call)),
      command: command(call, config.timeout ?? TIMEOUT_MS),
      unknownExitCode: STEP_EXIT.unknown,
      retry: STEP_RETRY,
      expects: call.act === 'promote' ? [to ?? ''] : [from ?? ''],
    };
  }

  function plan(request: PlanRequest): Plan {
    const { pipeline, fromVersion: from, toVersion: to } = wholeRequest(request, abilitiesOf(by).whyNot);
    const acts: readonly RolloutAct[] = by === 'undo-and-promote' ? ['undo', 'promote'] : [by];
    return planOf(request, {
      target: target(pipeline),
      steps: acts.map((act) => step(callOf(pipeline, act, from, to))),
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
    name: 'argo-rollouts',
    target,
    plan,
    versionReader: (pipeline) => command(callOf(pipeline, 'version'), READ_TIMEOUT_MS),
    abilities: () => abilitiesOf(by),
    factsReader: (pipeline) => command(callOf(pipeline, 'facts'), READ_TIMEOUT_MS),
  };
}

function abilitiesOf(by: NonNullable<ArgoRolloutsConfig['by']>): PlatformAbilities {
  return {
    actions: ['undo'],
    strategies: ['full'],
    whyNot: {
      progressive: OWN_STEPS,
      'blue-green': OWN_STEPS,
      ab: OWN_STEPS,
      partial: 'it has no components of its own: a group of pipelines is rolled back pipeline by pipeline',
    },
    trafficWeights: false,
    // An abort knows the stable version only.
    versions: by === 'abort' ? 'previous-only' : 'any',
    instantSwitch: by === 'abort',
    sideBySide: false,
    readsBack: true,
    reversible: true,
  };
}

function textOf({ act, name, versions }: RolloutCall): string {
  const to = versions.to ?? '';
  if (act === 'abort')
    return `abort the update of rollout ${name}: all traffic to ${to}, which is stable; the spec stays at ${versions.from ?? ''}`;
  if (act === 'undo')
    return `undo: write the pod template of ${to} into the spec of rollout ${name}, as a new revision`;
  return `promote rollout ${name} fully: ${to} gets all traffic without the steps left`;
}

function callText({ act, name, versions }: RolloutCall): string {
  const start = `patch rollouts.argoproj.io/${name}`;
  const status = (text: string): string =>
    `${start} --type=merge --subresource=status -p '{"metadata":{"uid":…,"resourceVersion":…},"status":${text}}'`;
  if (act === 'abort') return status('{"abort":true}');
  if (act === 'promote') return status('{"promoteFull":true}');
  return `${start} --type=json -p '[{"op":"test","path":"/metadata/uid",…},{"op":"test","path":"/metadata/generation",…},{"op":"replace","path":"/spec/template","value":<template of ${versions.to ?? ''}>}]'`;
}
