import type { PlatformAdapter } from './adapter.ts';
import { haproxy } from './haproxy/index.ts';
import { kubernetes } from './kubernetes/index.ts';
import { swarm } from './swarm/index.ts';
import { shell } from './shell/index.ts';

/** Every way to roll back, by the name it has in the config. */
export const platforms = {
  shell,
  kubernetes,
  haproxy,
  swarm,
} as const satisfies Record<string, PlatformAdapter>;
