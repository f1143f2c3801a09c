import type { Kubectl } from '../kube-client.ts';
import { StepRefused } from '../step.ts';
import type { KubernetesCall, Side, Traffic } from './call.ts';
import { routeResource, sharesOf, type Route } from './route.ts';
import { readWorkload, type Live } from './workload.ts';

/** One side as it is now. */
export interface LiveSide {
  readonly side: Side;
  readonly live: Live;
  /** Of the traffic both sides get, 0..100. */
  readonly percent: number;
  readonly route: Route;
}

/** The two sides by what they are in the plan: the earlier version, and the one rolled back from. */
export interface OldAndNew {
  readonly old: LiveSide;
  readonly now: LiveSide;
  readonly traffic: Traffic;
}

/** Both sides, in the order of the config. @throws StepRefused where they cannot be read. */
export async function sidesOf(kubectl: Kubectl, call: KubernetesCall): Promise<readonly [LiveSide, LiveSide]> {
  const traffic = trafficOf(call);
  const route = (await kubectl.get(routeResource(traffic))) as Route;
  const shares = sharesOf(traffic, route);
  const [first, second] = traffic.sides;
  const [a, b] = [
    await readWorkload(kubectl, call, first.workload),
    await readWorkload(kubectl, call, second.workload),
  ];
  return [
    { side: first, live: a, percent: shares[0], route },
    { side: second, live: b, percent: shares[1], route },
  ];
}

/**
 * Which side is the earlier version, in the cluster of the config: looked at once the sides were read, so that whatever is
 * done with them is either refused here or tests the very objects that were read.
 *
 * @throws StepRefused for another cluster, or where it is not exactly one of them.
 */
export async function oldAndNew(kubectl: Kubectl, call: KubernetesCall): Promise<OldAndNew> {
  const sides = await sidesOf(kubectl, call);
  await kubectl.checkCluster();
  const { from, to } = call.versions;
  const old = sides.find(({ live }) => live.version === to);
  const now = sides.find((one) => one.live.version === from && one !== old);
  if (old !== undefined && now !== undefined) return { old, now, traffic: trafficOf(call) };
  const texts = sides.map(({ side, live }) => `${side.service} is at ${live.version ?? 'no version'}`);
  throw new StepRefused(`${texts.join(', ')}: not ${from ?? ''} and ${to ?? ''} as planned; nothing was done`);
}

function trafficOf({ traffic }: KubernetesCall): Traffic {
  if (traffic === null) throw new StepRefused('no traffic between two sides is configured');
  return traffic;
}
