import { reasonOf, type Kubectl } from '../kube-client.ts';
import { StepRefused, StepUnknown } from '../step.ts';
import type { KubernetesCall } from './call.ts';
import { oldAndNew, type LiveSide } from './sides.ts';
import { refText } from './workload.ts';

/** Succeeds when the earlier version's side has so many percent of the other side's instances ready, at least one. */
export async function checkCapacity(
  kubectl: Kubectl,
  call: KubernetesCall,
  percent: number,
): Promise<readonly string[]> {
  const { old, now } = await oldAndNew(kubectl, call);
  const [ready, needed] = [old.live.object.status?.readyReplicas ?? 0, neededOf(now, percent)];
  const text = `${refText(old.side.workload)} has ${ready} ready instances, ${needed} are needed`;
  if (ready < needed) throw new StepRefused(text);
  return [text];
}

/** Brings the earlier version's side up to so many percent of the other side's instances; never down. */
export async function scale(kubectl: Kubectl, call: KubernetesCall, percent: number): Promise<readonly string[]> {
  const { old, now } = await oldAndNew(kubectl, call);
  const [have, needed] = [replicasOf(old), neededOf(now, percent)];
  if (have >= needed) return [`${refText(old.side.workload)} has ${have} instances already`];
  return setReplicas(kubectl, old, needed);
}

/** Takes the version rolled back from out, once it gets no traffic any more; its instances end their work first. */
export async function drain(kubectl: Kubectl, call: KubernetesCall): Promise<readonly string[]> {
  const { now } = await oldAndNew(kubectl, call);
  if (now.percent > 0) {
    throw new StepRefused(`${now.side.service} still gets ${Math.round(now.percent)} % of the traffic: not taken out`);
  }
  return setReplicas(kubectl, now, 0);
}

/** Conditional on the very object that was read: kubectl sends its resourceVersion along. */
async function setReplicas(kubectl: Kubectl, { side, live }: LiveSide, replicas: number): Promise<readonly string[]> {
  const resource = refText(side.workload);
  const end = await kubectl.run([
    'scale',
    resource,
    `--replicas=${replicas}`,
    `--current-replicas=${live.object.spec.replicas ?? 1}`,
    `--resource-version=${live.object.metadata.resourceVersion ?? ''}`,
  ]);
  if (end.exitCode === 0) return [`${resource} scaled to ${replicas}`];
  const text = `kubectl scale ${resource}: ${reasonOf(end)}`;
  const refused = /Expected (?:replicas|resource version)|\((?:NotFound|Forbidden|Conflict|Invalid)\)|refused/i.test(
    text,
  );
  throw refused ? new StepRefused(`${text}; nothing was changed`) : new StepUnknown(text);
}

function replicasOf({ live }: LiveSide): number {
  return live.object.spec.replicas ?? 1;
}

function neededOf(other: LiveSide, percent: number): number {
  return Math.max(1, Math.ceil((replicasOf(other) * percent) / 100));
}
