import type { PlatformAbilities } from '../../core/model/abilities.ts';
import type { StepAction, Strategy } from '../../core/model/rollback.ts';
import type { ShellConfig } from './schema.ts';

/** What the configured commands can do. */
export function shellAbilities(config: ShellConfig): PlatformAbilities {
  const { traffic, scale, capacity, drain, switch: atOnce } = config.actions ?? {};
  const given: readonly (readonly [StepAction['kind'], unknown])[] = [
    ['undo', config.command],
    ['traffic', traffic],
    ['scale', scale],
    ['switch', atOnce],
    ['check-capacity', capacity],
    ['drain', drain],
  ];
  const able: readonly (readonly [Strategy, unknown])[] = [
    ['full', config.command],
    ['progressive', traffic],
    ['blue-green', atOnce],
    ['ab', traffic],
  ];
  return {
    actions: given.flatMap(([kind, argv]) => (argv === undefined ? [] : [kind])),
    strategies: able.flatMap(([strategy, argv]) => (argv === undefined ? [] : [strategy])),
    whyNot: {
      partial: 'a command of this box has no components of its own',
      ...(traffic === undefined ? { progressive: NO_TRAFFIC, ab: NO_TRAFFIC } : {}),
      ...(atOnce === undefined
        ? { 'blue-green': 'no command is configured that switches all traffic (actions.switch)' }
        : {}),
    },
    trafficWeights: traffic !== undefined,
    versions: 'any',
    instantSwitch: atOnce !== undefined,
    sideBySide: traffic !== undefined || atOnce !== undefined,
    readsBack: config.version !== undefined,
    reversible: true,
  };
}

const NO_TRAFFIC = 'no command is configured that sets shares of the traffic (actions.traffic)';
