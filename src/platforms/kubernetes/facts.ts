import type { PlatformFacts } from '../../ports/platform.ts';
import type { Kubectl } from '../kube-client.ts';
import { configDrift } from '../kube-drift.ts';
import { earlierVersions } from '../kube-revisions.ts';
import { selfHealOf } from '../kube-self-heal.ts';
import type { KubernetesCall, WorkloadRef } from './call.ts';
import { sidesOf } from './sides.ts';
import { readWorkload, revisionsOf } from './workload.ts';

/** What is known of the workload at this moment, as one JSON object. */
export async function facts(kubectl: Kubectl, call: KubernetesCall): Promise<readonly string[]> {
  const told = call.traffic === null ? await factsOf(kubectl, call, call.workload) : await factsOfSides(kubectl, call);
  await kubectl.checkCluster();
  return [JSON.stringify(told)];
}

async function factsOf(kubectl: Kubectl, call: KubernetesCall, ref: WorkloadRef): Promise<PlatformFacts> {
  const live = await readWorkload(kubectl, call, ref);
  const revisions = await revisionsOf(kubectl, call, ref, live);
  const earlier = revisions.find(({ version }) => version !== null && version !== live.version);
  return {
    versions: earlierVersions(revisions),
    selfHeal: selfHealOf(live.object.metadata),
    notUndone: earlier === undefined ? [] : await configDrift(kubectl, live.object.spec.template, earlier),
    // Kubernetes itself takes no rollout back.
    external: null,
  };
}

/** With two sides, what one can go back to is the other one. */
async function factsOfSides(kubectl: Kubectl, call: KubernetesCall): Promise<PlatformFacts> {
  const sides = await sidesOf(kubectl, call);
  const newestFirst = sides.toSorted((a, b) => b.percent - a.percent);
  return {
    versions: newestFirst.flatMap(({ live, percent, side }, index) => {
      if (live.version === null) return [];
      const change = `${side.service} with ${Math.round(percent)} % of the traffic`;
      const [revision, deployedAtMs, by, commit] = [null, null, null, null];
      return [{ version: live.version, revision, deployedAtMs, by, change, commit, current: index === 0 }];
    }),
    selfHeal: selfHealOf(newestFirst[0]!.route.metadata),
    notUndone: [],
    external: null,
  };
}
