import type { PlatformAbilities } from '../model/abilities.ts';
import type { StepAction, Strategy } from '../model/rollback.ts';
import { rollbackOrder, type Dependencies } from './dependency-order.ts';
import { PlanFault } from './plan-fault.ts';

/** What the steps of a strategy follow from. */
export interface PlanSituation {
  readonly abilities: PlatformAbilities;
  /** Shares of the traffic in percent, rising, that the earlier version gets step by step; 100 is added. */
  readonly ladder: readonly number[];
  /** Share the earlier version has already; steps up to it are left out. */
  readonly servedPercent: number;
  /** For `partial`: components that are rolled back, and what needs what. */
  readonly components: readonly string[];
  readonly needs: Dependencies;
}

/** Shares a progressive rollback goes through unless the config says otherwise. */
export const DEFAULT_LADDER: readonly number[] = [10, 25, 50];
/** Both versions get as much when they are compared. */
const EVEN_PERCENT = 50;

/**
 * The steps of a strategy, in no platform's words, in order. What only reads comes first: a capacity that is not there
 * must be known before anything has changed.
 *
 * @throws PlanFault when the platform lacks an action the strategy needs.
 */
export function strategyActions(strategy: Strategy, situation: PlanSituation): readonly StepAction[] {
  const { abilities } = situation;
  if (!abilities.strategies.includes(strategy)) {
    throw new PlanFault(`${strategy} cannot be done: ${abilities.whyNot[strategy] ?? 'the platform cannot do it'}`);
  }
  return MAKERS[strategy](situation);
}

const MAKERS: Readonly<Record<Strategy, (situation: PlanSituation) => readonly StepAction[]>> = {
  full: ({ abilities }) => [can(abilities, 'undo') ? { kind: 'undo' } : need(abilities, { kind: 'switch' }, 'full')],
  progressive,
  'blue-green': ({ abilities }) => [
    ...ifAble(abilities, { kind: 'check-capacity', percent: 100 }),
    need(abilities, { kind: 'switch' }, 'blue-green'),
  ],
  ab: ({ abilities }) => [
    ...ifAble(abilities, { kind: 'check-capacity', percent: EVEN_PERCENT }),
    ...ifAble(abilities, { kind: 'scale', percent: EVEN_PERCENT }),
    need(abilities, { kind: 'traffic', percent: EVEN_PERCENT }, 'ab'),
    ...ifAble(abilities, { kind: 'scale', percent: 100 }),
    need(abilities, { kind: 'traffic', percent: 100 }, 'ab'),
    ...ifAble(abilities, { kind: 'drain' }),
  ],
  partial({ abilities, components, needs }) {
    if (components.length === 0) throw new PlanFault('partial: no component is named');
    return rollbackOrder(components, needs).map((component) => need(abilities, { kind: 'undo', component }, 'partial'));
  },
};

function progressive({ abilities, ladder, servedPercent }: PlanSituation): readonly StepAction[] {
  const shares = [...new Set([...ladder, 100])].filter((share) => share > servedPercent && share <= 100);
  const rising = shares.toSorted((a, b) => a - b);
  const steps = rising.flatMap((percent): readonly StepAction[] => [
    ...ifAble(abilities, { kind: 'scale', percent }),
    need(abilities, { kind: 'traffic', percent }, 'progressive'),
  ]);
  // Where capacity cannot be added on the way, all of it must be there before the first step.
  const first = can(abilities, 'scale') ? (rising[0] ?? 100) : 100;
  return [...ifAble(abilities, { kind: 'check-capacity', percent: first }), ...steps];
}

function can({ actions }: PlatformAbilities, kind: StepAction['kind']): boolean {
  return actions.includes(kind);
}

function ifAble(abilities: PlatformAbilities, action: StepAction): readonly StepAction[] {
  return can(abilities, action.kind) ? [action] : [];
}

function need(abilities: PlatformAbilities, action: StepAction, strategy: Strategy): StepAction {
  if (can(abilities, action.kind)) return action;
  throw new PlanFault(`${strategy} needs ${action.kind}, which the platform does not do`);
}
