import { reasonOf, type Kubectl } from '../kube-client.ts';
import { StepRefused } from '../step.ts';
import type { KubernetesCall, WorkloadRef } from './call.ts';
import { sidesOf } from './sides.ts';
import { readWorkload, refText } from './workload.ts';

/**
 * Prints the version. With two sides it is the one rolled back from as long as that gets any traffic at all; where
 * neither is known, the one with the most.
 */
export async function readVersion(kubectl: Kubectl, call: KubernetesCall): Promise<readonly string[]> {
  const version = call.traffic === null ? await versionOfWorkload(kubectl, call) : await versionOfSides(kubectl, call);
  await kubectl.checkCluster();
  if (version === null) throw new StepRefused(`${refText(call.workload)} states no version`);
  return [version];
}

/** Succeeds when the pods of the earlier version serve: the controller says that its rollout is complete. */
export async function readServing(kubectl: Kubectl, call: KubernetesCall): Promise<readonly string[]> {
  const ref = call.traffic === null ? call.workload : await sideRolledBackTo(kubectl, call);
  const end = await kubectl.run(['rollout', 'status', refText(ref), '--timeout=60s']);
  if (end.exitCode !== 0) throw new StepRefused(`kubectl rollout status ${refText(ref)}: ${reasonOf(end)}`);
  await kubectl.checkCluster();
  return end.stdout.trim().split('\n').slice(-1);
}

async function versionOfWorkload(kubectl: Kubectl, call: KubernetesCall): Promise<string | null> {
  return (await readWorkload(kubectl, call, call.workload)).version;
}

async function versionOfSides(kubectl: Kubectl, call: KubernetesCall): Promise<string | null> {
  const sides = await sidesOf(kubectl, call);
  const from = sides.find(({ live }) => live.version === call.versions.from);
  if (from !== undefined && from.percent > 0) return from.live.version;
  return sides.toSorted((a, b) => b.percent - a.percent)[0]!.live.version;
}

async function sideRolledBackTo(kubectl: Kubectl, call: KubernetesCall): Promise<WorkloadRef> {
  const sides = await sidesOf(kubectl, call);
  const found = sides.find(({ live }) => live.version === call.versions.to);
  if (found === undefined) throw new StepRefused(`neither side is at version ${call.versions.to ?? ''}`);
  return found.side.workload;
}
