import type { platforms } from '../../../src/platforms/registry.ts';
import { argoCdWorld } from './argo-cd.ts';
import { ecsWorld } from './ecs.ts';
import { haproxyWorld } from './haproxy.ts';
import { argoRolloutsWorld, helmWorld, kubernetesTrafficWorld, kubernetesWorld } from './kube.ts';
import { nginxWorld } from './nginx.ts';
import { releasesWorld } from './releases.ts';
import { swarmWorld } from './swarm.ts';
import type { MakeWorld } from './world.ts';

/** Every platform's, by config; none where the programs that the config names are all there is to repoint. */
export const repointedWorlds: Readonly<Record<keyof typeof platforms, readonly MakeWorld[]>> = {
  shell: [],
  kubernetes: [kubernetesWorld, kubernetesTrafficWorld],
  helm: [helmWorld],
  'argo-rollouts': [argoRolloutsWorld],
  'argo-cd': [argoCdWorld],
  haproxy: [haproxyWorld],
  swarm: [swarmWorld],
  nginx: [nginxWorld],
  ecs: [ecsWorld],
  releases: [releasesWorld],
};
