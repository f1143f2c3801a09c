import type { DecisionKind } from '../model/decision.ts';
import type { ExecutionState } from '../model/rollback.ts';
import type { Phase } from '../model/verdict.ts';

/** How a run ended for one pipeline, in the words that exit codes are made from. */
export type Outcome =
  'fine' | 'asked' | 'inconclusive' | 'rolled-back' | 'rollback-failed' | 'refused' | 'restored-unhealthy';

/** The most serious first: with several pipelines the first of these that occurs is the outcome of the run. */
export const BY_SERIOUSNESS: readonly Outcome[] = [
  'rollback-failed',
  'restored-unhealthy',
  'refused',
  'rolled-back',
  'asked',
  'inconclusive',
  'fine',
];

const OF_EXECUTION: Readonly<Partial<Record<ExecutionState, Outcome>>> = {
  done: 'rolled-back',
  'restored-unhealthy': 'restored-unhealthy',
  unverified: 'rollback-failed',
  failed: 'rollback-failed',
  unknown: 'rollback-failed',
  // Left while its supervisor carried it on: nothing has proven it yet.
  executing: 'rollback-failed',
  verifying: 'rollback-failed',
};

const OF_PHASE: Readonly<Record<Phase, Outcome>> = {
  Pending: 'fine',
  Running: 'fine',
  Successful: 'fine',
  Failed: 'asked',
  Inconclusive: 'inconclusive',
  NoData: 'inconclusive',
  Error: 'inconclusive',
};

/** What an outcome is made from: the newest real execution, else the decision, else the phase. */
export interface EndState {
  readonly phase: Phase;
  readonly decision: DecisionKind | null;
  readonly execution: { readonly state: ExecutionState; readonly dryRun: boolean } | null;
}

/** The outcome of one pipeline. A dry run changed nothing, so it counts as a question that stayed open. */
export function outcomeOf(end: EndState): Outcome {
  const executed = end.execution === null || end.execution.dryRun ? undefined : OF_EXECUTION[end.execution.state];
  if (executed !== undefined) return executed;
  if (end.decision === 'refuse') return 'refused';
  if (end.decision === 'ask' || end.decision === 'rollback') return 'asked';
  return OF_PHASE[end.phase];
}

/** The most serious of several outcomes; `fine` for none. */
export function mostSerious(outcomes: readonly Outcome[]): Outcome {
  return BY_SERIOUSNESS.find((one) => outcomes.includes(one)) ?? 'fine';
}
