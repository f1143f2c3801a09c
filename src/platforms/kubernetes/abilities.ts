import type { PlatformAbilities } from '../../ports/platform.ts';
import type { KubernetesConfig } from './schema.ts';

const ONE_SIDE = 'no `traffic` between two sides is configured: an undo replaces the instances of one workload';
const NO_PARTS = 'it has no components of its own: a group of pipelines is rolled back pipeline by pipeline';

const ONE: PlatformAbilities = {
  actions: ['undo'],
  strategies: ['full'],
  whyNot: { progressive: ONE_SIDE, 'blue-green': ONE_SIDE, ab: ONE_SIDE, partial: NO_PARTS },
  trafficWeights: false,
  versions: 'any',
  instantSwitch: false,
  sideBySide: false,
  readsBack: true,
  reversible: true,
};

const TWO: PlatformAbilities = {
  actions: ['check-capacity', 'scale', 'traffic', 'switch', 'drain', 'undo'],
  strategies: ['full', 'progressive', 'blue-green', 'ab'],
  whyNot: { partial: NO_PARTS },
  trafficWeights: true,
  // The other side is the only one that runs.
  versions: 'previous-only',
  instantSwitch: true,
  sideBySide: true,
  readsBack: true,
  reversible: true,
};

/** What can be done with this config. */
export function kubernetesAbilities({ traffic }: Pick<KubernetesConfig, 'traffic'>): PlatformAbilities {
  return traffic === undefined ? ONE : TWO;
}
