import type { Kubectl } from '../kube-client.ts';
import { afterChange, StepRefused } from '../step.ts';
import type { KubernetesCall } from './call.ts';
import { routeResource, shareOperations } from './route.ts';
import { oldAndNew, type LiveSide, type OldAndNew } from './sides.ts';

const TRIES = 5;

/** Gives the earlier version a share of the traffic, after its side was seen alive. */
export async function setShare(kubectl: Kubectl, call: KubernetesCall, percent: number): Promise<readonly string[]> {
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const sides = await oldAndNew(kubectl, call);
    await checkAlive(kubectl, sides.old);
    const { traffic, old } = sides;
    const { uid, resourceVersion } = old.route.metadata;
    const first = traffic.sides[0] === old.side ? percent : 100 - percent;
    const done = await kubectl.patch(routeResource(traffic), [
      { op: 'test', path: '/metadata/uid', value: uid },
      { op: 'test', path: '/metadata/resourceVersion', value: resourceVersion },
      ...shareOperations(traffic, old.route, first),
    ]);
    if (done) return [shareText(await afterChange(oldAndNew(kubectl, call)))];
  }
  throw new StepRefused(
    `the route was changed by others ${TRIES} times in a row while it was looked at: nothing was done`,
  );
}

/** Succeeds when the earlier version has this share of the traffic. */
export async function checkShare(kubectl: Kubectl, call: KubernetesCall, percent: number): Promise<readonly string[]> {
  const sides = await oldAndNew(kubectl, call);
  const text = shareText(sides);
  if (Math.abs(sides.old.percent - percent) <= 1) return [text];
  throw new StepRefused(`${text}: not ${percent} % for ${call.versions.to ?? ''}`);
}

async function checkAlive(kubectl: Kubectl, { side }: LiveSide): Promise<void> {
  interface Slice {
    readonly endpoints?: readonly { readonly conditions?: { readonly ready?: boolean } }[] | null;
  }
  const { items } = (await kubectl.get(
    'endpointslices.discovery.k8s.io',
    `--selector=kubernetes.io/service-name=${side.service}`,
  )) as { readonly items: readonly Slice[] };
  const ready = items
    .flatMap(({ endpoints }) => endpoints ?? [])
    .filter(({ conditions }) => conditions?.ready !== false);
  if (ready.length === 0) throw new StepRefused(`${side.service} has no ready endpoint: no traffic is sent there`);
}

function shareText({ old, now }: OldAndNew): string {
  return [old, now]
    .map(({ side, live, percent }) => `${side.service} (${live.version ?? '?'}) ${Math.round(percent)} %`)
    .join(', ');
}
