import { resolve } from 'node:path';
import type { CommandSpec, Plan, PlanStep, Target } from '../../core/model/rollback.ts';
import type { Platform, PlatformAbilities, PlanRequest } from '../../ports/platform.ts';
import type { PlatformAdapter, PlatformContext } from '../adapter.ts';
import { objectName } from '../kube-config.ts';
import { planOf, verifyOf, wholeRequest } from '../plan-parts.ts';
import { STEP_EXIT, STEP_RETRY } from '../step.ts';
import { stepCommand } from '../step-command.ts';
import type { AppNaming, ArgoCdCall } from './call.ts';
import { argoCdConfig, type ArgoCdConfig } from './schema.ts';

const TIMEOUT_MS = 300_000;
const READ_TIMEOUT_MS = 60_000;
const POLL_MS = 1000;
const WHOLE = 'Argo CD syncs a whole application to one revision; it sets no shares of the traffic';

const ABILITIES: PlatformAbilities = {
  actions: ['undo'],
  strategies: ['full'],
  whyNot: {
    progressive: WHOLE,
    'blue-green': WHOLE,
    ab: WHOLE,
    partial: 'a sync back is of the whole application: a group of pipelines is rolled back pipeline by pipeline',
  },
  trafficWeights: false,
  versions: 'any',
  instantSwitch: false,
  sideBySide: false,
  readsBack: true,
  reversible: true,
};

/** Rolls back an Application of Argo CD to an entry of its history, over REST. */
export const argoCd = {
  summary: 'an Application of Argo CD to an entry of its history, over its REST API',
  schema: argoCdConfig,
  create,
  ability: () => ({ configured: true, hasVersionReader: true, hasVerify: true }),
  files: () => [],
} as const satisfies PlatformAdapter<typeof argoCdConfig>;

function create(config: ArgoCdConfig, context: PlatformContext): Platform {
  const tokenEnv = config.tokenEnv ?? 'ARGOCD_AUTH_TOKEN';
  const naming = namingOf(config.versionFrom ?? 'revision');

  function callOf(pipeline: string, act: ArgoCdCall['act'], versions: ArgoCdCall['versions']): ArgoCdCall {
    return {
      server: config.server,
      application: objectName(config.application ?? '{pipeline}', pipeline),
      appNamespace: config.appNamespace ?? null,
      uid: config.uid,
      naming,
      prune: config.prune ?? false,
      tokenEnv,
      tokenFile: config.tokenFile === undefined ? null : resolve(context.baseDir, config.tokenFile),
      pollMs: POLL_MS,
      versions,
      act,
    };
  }

  function command(call: ArgoCdCall, timeoutMs: number): CommandSpec {
    const envFrom = [
      ...new Set([...(config.tokenFile === undefined ? [tokenEnv] : []), ...(config.environment ?? [])]),
    ];
    const spec = stepCommand('argo-cd', call, { cwd: context.baseDir, home: context.home, envFrom, timeoutMs });
    if (config.caFile === undefined) return spec;
    return { ...spec, env: { ...spec.env, NODE_EXTRA_CA_CERTS: resolve(context.baseDir, config.caFile) } };
  }

  function target(pipeline: string): Target {
    const { application } = callOf(pipeline, 'version', { from: null, to: null });
    return {
      platform: 'argo-cd',
      id: `argo-cd:${config.uid}:${application}`,
      text: `application ${application} (uid ${config.uid}) of Argo CD at ${config.server}`,
    };
  }

  function step(call: ArgoCdCall): Omit<PlanStep, 'index'> {
    const path = `${call.server}/api/v1/applications/${call.application}`;
    const [text, written] =
      call.act === 'rollback'
        ? [
            `sync application ${call.application} back to the newest entry of its history with ${call.versions.to ?? ''}; Git stays at ${call.versions.from ?? ''}`,
            `POST ${path}/rollback {"id":<of ${call.versions.to ?? ''}>,"prune":${call.prune}}`,
          ]
        : [
            `switch auto-sync of ${call.application} off, which would put ${call.versions.from ?? ''} back; it stays off until somebody switches it on`,
            `PATCH ${path} json [{"op":"test","path":"/metadata/resourceVersion",…},{"op":"remove","path":"/spec/syncPolicy/automated"}]`,
          ];
    return {
      text,
      action: { kind: 'undo' },
      call: written,
      command: command(call, config.timeout ?? TIMEOUT_MS),
      unknownExitCode: STEP_EXIT.unknown,
      retry: STEP_RETRY,
      expects: [call.versions.from ?? ''],
    };
  }

  function plan(request: PlanRequest): Plan {
    const { pipeline, fromVersion: from, toVersion: to } = wholeRequest(request, ABILITIES.whyNot);
    const acts = config.disableAutoSync === true ? (['auto-sync-off', 'rollback'] as const) : (['rollback'] as const);
    return planOf(request, {
      target: target(pipeline),
      steps: acts.map((act) => step(callOf(pipeline, act, { from, to }))),
      verify: verifyOf(
        config.verify,
        command(callOf(pipeline, 'version', { from, to }), READ_TIMEOUT_MS),
        command(callOf(pipeline, 'serving', { from, to }), READ_TIMEOUT_MS),
      ),
      dryRunBecause: context.dryRunBecause,
      notUndone: [],
    });
  }

  const none = { from: null, to: null };
  return {
    name: 'argo-cd',
    target,
    plan,
    versionReader: (pipeline) => command(callOf(pipeline, 'version', none), READ_TIMEOUT_MS),
    abilities: () => ABILITIES,
    factsReader: (pipeline) => command(callOf(pipeline, 'facts', none), READ_TIMEOUT_MS),
  };
}

function namingOf(text: string): AppNaming {
  const name = /^parameter:(.+)$/.exec(text)?.[1];
  if (name !== undefined) return { source: 'parameter', name };
  return { source: text === 'target-revision' ? 'target-revision' : 'revision' };
}
