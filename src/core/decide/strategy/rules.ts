import type { Strategy } from '../../model/rollback.ts';
import type { FailureType } from './failure-type.ts';
import type { Severity } from './situation.ts';

/** When a rule applies: every condition that is given must hold. */
export interface RuleCondition {
  readonly failure?: readonly FailureType[];
  readonly severity?: readonly Severity[];
  /** Smallest share of the users reached; an unknown share does not fit. */
  readonly blastRadiusAtLeast?: number;
  readonly confidenceBelow?: number;
  /** Fewer requests per minute than this, where they are counted. */
  readonly trafficBelow?: number;
  readonly risk?: readonly ('LOW' | 'HIGH')[];
  /** Some components are blamed and others are not. */
  readonly someBlamed?: boolean;
  /** Something in the deployment cannot be undone. */
  readonly irreversible?: boolean;
  /** The rollback itself can be taken back by the same means. */
  readonly reversible?: boolean;
}

/** One line of the table: in this situation these strategies, the best first. */
export interface StrategyRule {
  readonly name: string;
  readonly when: RuleCondition;
  readonly prefer: readonly Strategy[];
  /** A sentence for the operator. */
  readonly because: string;
  /** Where none of `prefer` can be done: `ask` leaves the choice to a person, `next` looks at the rules below. */
  readonly otherwise: 'ask' | 'next';
}

/** Below so many requests a minute the steps of a ladder cannot be told apart. */
export const TRAFFIC_FOR_STEPS = 10;
/** Below this the verdict is sure enough to ask and not sure enough to throw everything over at once. */
export const AMBIGUOUS_BELOW = 0.7;

/** The table; the first rule that fits and can be done decides. A config replaces rules by name or puts its own before. */
export const STRATEGY_RULES: readonly StrategyRule[] = [
  {
    name: 'severe-and-total',
    when: { severity: ['severe'], blastRadiusAtLeast: 0.9 },
    prefer: ['blue-green', 'full'],
    because: 'it is severe and reaches everybody: every step on the way would only prolong it',
    otherwise: 'ask',
  },
  {
    name: 'some-components',
    when: { someBlamed: true },
    prefer: ['partial'],
    because: 'the evidence blames some of the components that were deployed together, not all',
    otherwise: 'next',
  },
  {
    name: 'irreversible',
    when: { irreversible: true },
    prefer: ['progressive'],
    because: 'part of the deployment stays as it is, so the earlier version is tried on a share of the traffic first',
    otherwise: 'ask',
  },
  {
    name: 'ambiguous',
    when: { confidenceBelow: AMBIGUOUS_BELOW },
    prefer: ['progressive'],
    because: 'the verdict is not sure enough to throw everything over at once',
    otherwise: 'ask',
  },
  {
    name: 'unclear',
    when: { failure: ['unclear'] },
    prefer: ['progressive'],
    because: 'the evidence does not tell what is failing',
    otherwise: 'ask',
  },
  {
    name: 'slight-and-low-risk',
    when: { severity: ['slight'], risk: ['LOW'] },
    prefer: ['progressive'],
    because: 'it is slight and the deployment was of low risk: steps show whether the version is to blame at all',
    otherwise: 'ask',
  },
  {
    name: 'one-way',
    when: { reversible: false, severity: ['slight'] },
    prefer: ['progressive'],
    because: 'the rollback itself cannot be taken back, and the failure is slight',
    otherwise: 'ask',
  },
  {
    name: 'business-only',
    when: { failure: ['business-only'] },
    prefer: ['ab', 'progressive'],
    because: 'only business metrics are worse: both versions side by side show whether the version is to blame',
    otherwise: 'ask',
  },
  {
    name: 'crash',
    when: { failure: ['crash'] },
    prefer: ['blue-green', 'full'],
    because: 'it crashes: requests to it are lost, so it goes out at once',
    otherwise: 'next',
  },
  {
    name: 'severe-errors',
    when: { failure: ['errors'], severity: ['severe', 'serious'] },
    prefer: ['blue-green', 'full'],
    because: 'users get errors: the way back is the shortest there is',
    otherwise: 'next',
  },
  {
    name: 'little-traffic',
    when: { trafficBelow: TRAFFIC_FOR_STEPS },
    prefer: ['blue-green', 'full'],
    because: 'there is too little traffic to judge steps by',
    otherwise: 'next',
  },
  {
    name: 'saturation',
    when: { failure: ['saturation'] },
    prefer: ['progressive', 'blue-green', 'full'],
    because: 'it is saturated: the earlier version takes the load over in steps, its capacity checked first',
    otherwise: 'next',
  },
  {
    name: 'latency',
    when: { failure: ['latency'] },
    prefer: ['progressive', 'blue-green', 'full'],
    because: 'it is slow, not down: the earlier version warms up on a share of the traffic',
    otherwise: 'next',
  },
  {
    name: 'otherwise',
    when: {},
    prefer: ['progressive', 'blue-green', 'full'],
    because: 'it can wait for steps that are judged',
    otherwise: 'ask',
  },
];
