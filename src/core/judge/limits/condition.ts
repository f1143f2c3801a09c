import { evaluate } from './expression/evaluate.ts';
import { ExpressionError, type Value } from './expression/syntax.ts';
import type { MeasuredPhase } from './measurement.ts';

/** A measurement judged by its conditions. */
export interface Judged {
  readonly phase: MeasuredPhase;
  /** Why it is an Error; empty otherwise. */
  readonly error: string;
}

/**
 * What a measured value comes to. Both conditions: the failure condition first, neither = Inconclusive. One alone
 * decides between Successful and Failed; none = Successful. A condition that cannot be worked out is an Error.
 * As Argo Rollouts 9f8d111, utils/evaluate.
 */
export function judgeMeasurement(value: Value, successCondition: string, failureCondition: string): Judged {
  try {
    const successful = holds(successCondition, value);
    const failed = holds(failureCondition, value);
    return { phase: phaseOf(successful, failed), error: '' };
  } catch (error) {
    if (error instanceof ExpressionError) return { phase: 'Error', error: error.message };
    throw error;
  }
}

/** Null for a condition that is not there. */
function holds(condition: string, value: Value): boolean | null {
  if (condition.trim() === '') return null;
  const result = evaluate(condition, value);
  if (typeof result === 'boolean') return result;
  throw new ExpressionError(`the condition "${condition.slice(0, 80)}" is neither true nor false`);
}

function phaseOf(successful: boolean | null, failed: boolean | null): MeasuredPhase {
  if (failed === true) return 'Failed';
  if (successful === null) return 'Successful';
  if (successful) return 'Successful';
  return failed === null ? 'Failed' : 'Inconclusive';
}
