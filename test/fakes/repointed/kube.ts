import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { script } from '../act-bench.ts';
import { fakeHelm } from '../helm.ts';
import type { RepointedWorld } from './world.ts';

const CLUSTER = '5f0c3a52-7a7e-4c58-9c0b-3b1d3f1f6a11';
const OTHER = '0a1b2c3d-7a7e-4c58-9c0b-3b1d3f1f6a12';
const PLACE = { context: 'prod', namespace: 'shop', cluster: CLUSTER };

const revisionOf = (number: number): object => ({
  metadata: {
    name: `checkout-${number}`,
    uid: `rs-${number}`,
    annotations: { 'deployment.kubernetes.io/revision': `${number}`, 'rollout.argoproj.io/revision': `${number}` },
    labels: { app: 'checkout', 'rollouts-pod-template-hash': `hash${number}` },
    ownerReferences: [{ uid: 'owner', controller: true }],
  },
  spec: { selector: { matchLabels: { app: 'checkout' } }, template: templateOf(number) },
});

function templateOf(number: number): object {
  return {
    metadata: { labels: { app: 'checkout' } },
    spec: { containers: [{ name: 'app', image: `app:v${number}` }] },
  };
}

/** A Deployment, or a Rollout in the middle of its update from v1. */
const ownerOf = (name: string, number: number): object => ({
  metadata: { name, uid: 'owner', generation: 2, resourceVersion: '7', annotations: {} },
  spec: { replicas: 2, selector: { matchLabels: { app: 'checkout' } }, template: templateOf(number) },
  status: { readyReplicas: 2, stableRS: 'hash1', currentPodHash: 'hash2', phase: 'Progressing' },
});

/** All of the traffic goes to green. */
const ROUTE = {
  metadata: { name: 'checkout', uid: 'route', resourceVersion: '8' },
  spec: {
    rules: [
      {
        backendRefs: [
          { name: 'blue', weight: 0 },
          { name: 'green', weight: 100 },
        ],
      },
    ],
  },
};
const TRAFFIC = {
  route: 'httproute/checkout',
  sides: ['blue', 'green'].map((name) => ({ service: name, workload: `deployment/${name}` })),
};

interface FakeCluster {
  readonly kubectl: string;
  readonly effects: string;
  repoint(): void;
}

/** A `kubectl` that reads files and notes what was to be changed: what it is asked in which cluster is all that counts. */
function fakeCluster(root: string): FakeCluster {
  const at = (name: string): string => join(root, name);
  const lead = (uid: string): void =>
    writeFileSync(at('system.json'), JSON.stringify({ metadata: { name: 'kube-system', uid } }));
  lead(CLUSTER);
  writeFileSync(at('owner.json'), JSON.stringify(ownerOf('checkout', 2)));
  writeFileSync(at('blue.json'), JSON.stringify(ownerOf('blue', 1)));
  writeFileSync(at('green.json'), JSON.stringify(ownerOf('green', 2)));
  writeFileSync(at('route.json'), JSON.stringify(ROUTE));
  writeFileSync(at('sets.json'), JSON.stringify({ items: [revisionOf(2), revisionOf(1)] }));
  writeFileSync(at('one-set.json'), JSON.stringify({ items: [revisionOf(1)] }));
  writeFileSync(at('effects'), '');
  const kubectl = script(
    at('kubectl'),
    `case "$*" in
  *' patch '* | *' scale '*) echo "kubectl $3" >>${at('effects')}; echo patched ;;
  *'namespace kube-system'*) cat ${at('system.json')} ;;
  *'hash=hash1'*) cat ${at('one-set.json')} ;;
  *' replicasets '*) cat ${at('sets.json')} ;;
  *endpointslices*) echo '{"items":[{"endpoints":[{"conditions":{"ready":true}}]}]}' ;;
  *httproutes*) cat ${at('route.json')} ;;
  *deployment/blue*) cat ${at('blue.json')} ;;
  *deployment/green*) cat ${at('green.json')} ;;
  *' rollout status '*) echo 'successfully rolled out' ;;
  *checkout*) cat ${at('owner.json')} ;;
  *) echo "unexpected: $*" >&2; exit 9 ;;
esac`,
  );
  return { kubectl, effects: at('effects'), repoint: () => lead(OTHER) };
}

const SAYS = new RegExp(`leads to cluster ${OTHER}, not to ${CLUSTER}`);

function kubectlWorld(root: string, more: object = {}): RepointedWorld {
  const cluster = fakeCluster(root);
  const lines = (): readonly string[] => readFileSync(cluster.effects, 'utf8').split('\n').filter(Boolean);
  return {
    config: { ...PLACE, kubectl: cluster.kubectl, ...more },
    repoint: () => cluster.repoint(),
    effects: lines,
    says: SAYS,
  };
}

export const kubernetesWorld = (root: string): RepointedWorld => kubectlWorld(root);
export const kubernetesTrafficWorld = (root: string): RepointedWorld => kubectlWorld(root, { traffic: TRAFFIC });
export const argoRolloutsWorld = (root: string): RepointedWorld => kubectlWorld(root);

/** Helm knows no cluster by its id: kubectl is asked in the same context. */
export function helmWorld(root: string): RepointedWorld {
  const cluster = fakeCluster(root);
  const helm = fakeHelm(root);
  return {
    config: { ...PLACE, kubectl: cluster.kubectl, helm: helm.path },
    repoint: () => cluster.repoint(),
    effects: () => helm.calls().flatMap(([verb = '']) => (verb === 'rollback' ? [verb] : [])),
    says: SAYS,
  };
}
