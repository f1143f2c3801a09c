import type { StepAction, Strategy } from './rollback.ts';

/** What a platform can do for one pipeline, as configured. */
export interface PlatformAbilities {
  /** Actions it makes steps of; strategies follow from these. */
  readonly actions: readonly StepAction['kind'][];
  /** Strategies it can do; never one whose actions it lacks. */
  readonly strategies: readonly Strategy[];
  /** Why each of the others cannot be done, a clause for the dialog. */
  readonly whyNot: Readonly<Partial<Record<Strategy, string>>>;
  /** Shares of the traffic can be set. */
  readonly trafficWeights: boolean;
  /** How far back it can go. */
  readonly versions: 'previous-only' | 'any';
  /** All traffic goes over in one action, without new instances having to start. */
  readonly instantSwitch: boolean;
  /** The earlier version runs beside the present one, so that both can be judged. */
  readonly sideBySide: boolean;
  /** The version serving now can be read back. */
  readonly readsBack: boolean;
  /** A rollback can itself be taken back by the same means. */
  readonly reversible: boolean;
}

/** Abilities of a platform that does not state its own. */
export const PLAIN_ABILITIES: PlatformAbilities = {
  actions: ['undo'],
  strategies: ['full'],
  whyNot: {
    progressive: 'shares of the traffic cannot be set',
    partial: 'it has no components of its own',
    'blue-green': 'the earlier version does not run beside the present one',
    ab: 'the earlier version does not run beside the present one',
  },
  trafficWeights: false,
  versions: 'any',
  instantSwitch: false,
  sideBySide: false,
  readsBack: false,
  reversible: true,
};
