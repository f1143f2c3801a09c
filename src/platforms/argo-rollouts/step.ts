import type { PlatformFacts } from '../../ports/platform.ts';
import { createKubectl, type Kubectl } from '../kube-client.ts';
import { configDrift } from '../kube-drift.ts';
import { earlierVersions } from '../kube-revisions.ts';
import { selfHealOf } from '../kube-self-heal.ts';
import { StepRefused, type PlatformStep } from '../step.ts';
import { abort, promote, undo } from './act.ts';
import type { RolloutCall } from './call.ts';
import { abortOf, readRollout, servingVersion } from './rollout.ts';

/** One call of Argo Rollouts. */
export const argoRolloutsStep: PlatformStep = (argument, env) => {
  const call = argument as RolloutCall;
  const kubectl = createKubectl(call.at, env);
  switch (call.act) {
    case 'abort':
      return abort(kubectl, call);
    case 'undo':
      return undo(kubectl, call);
    case 'promote':
      return promote(kubectl, call);
    case 'version':
      return readVersion(kubectl, call);
    case 'serving':
      return readServing(kubectl, call);
    case 'facts':
      return facts(kubectl, call);
  }
};

async function readVersion(kubectl: Kubectl, call: RolloutCall): Promise<readonly string[]> {
  const version = servingVersion(await readRollout(kubectl, call));
  await kubectl.checkCluster();
  if (version === null) throw new StepRefused(`${call.name} states no version`);
  return [version];
}

/** Succeeds when the version rolled back to has all traffic: it is stable, and no update is under way or it is aborted. */
async function readServing(kubectl: Kubectl, call: RolloutCall): Promise<readonly string[]> {
  const live = await readRollout(kubectl, call);
  await kubectl.checkCluster();
  const { phase = 'unknown', message = '' } = live.object.status ?? {};
  const text = `${call.name}: stable ${live.stable ?? '?'}, spec ${live.version ?? '?'}, ${phase} ${message}`.trim();
  const settled = live.aborted ? phase === 'Degraded' : !live.updating && phase === 'Healthy';
  if (settled && live.stable === call.versions.to) return [text];
  throw new StepRefused(text);
}

async function facts(kubectl: Kubectl, call: RolloutCall): Promise<readonly string[]> {
  const live = await readRollout(kubectl, call);
  const earlier = live.revisions.find(({ version }) => version !== null && version !== live.version);
  const told: PlatformFacts = {
    versions: earlierVersions(live.revisions),
    selfHeal: selfHealOf(live.object.metadata),
    notUndone: earlier === undefined ? [] : await configDrift(kubectl, live.object.spec.template, earlier),
    external: abortOf(live),
  };
  await kubectl.checkCluster();
  return [JSON.stringify(told)];
}
