import type { PlatformAdapter } from './adapter.ts';
import { haproxy } from './haproxy/index.ts';
import { argoCd } from './argo-cd/index.ts';
import { argoRollouts } from './argo-rollouts/index.ts';
import { ecs } from './ecs/index.ts';
import { helm } from './helm/index.ts';
import { kubernetes } from './kubernetes/index.ts';
import { swarm } from './swarm/index.ts';
import { nginx } from './nginx/index.ts';
import { releases } from './releases/index.ts';
import { shell } from './shell/index.ts';

/** Every way to roll back, by the name it has in the config. */
export const platforms = {
  shell,
  kubernetes,
  helm,
  'argo-rollouts': argoRollouts,
  'argo-cd': argoCd,
  haproxy,
  swarm,
  nginx,
  ecs,
  releases,
} as const satisfies Record<string, PlatformAdapter>;
