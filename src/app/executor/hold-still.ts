import type { ExecutionHold, PlanStep } from '../../core/model/rollback.ts';
import { durationText } from '../../core/model/time.ts';
import type { Act } from './act.ts';
import { dropRequest } from './act-request.ts';
import { awaitWord } from './await-word.ts';
import { nowServing } from './read-back.ts';

/** Why and where a rollback stands still. */
export interface HoldRequest {
  readonly step: PlanStep;
  readonly why: ExecutionHold['why'];
  readonly text: string;
  readonly holdMs: number;
}

/**
 * Stands still after a step until a person lets it go on (true), stops it, or the hold expires; in the latter two cases
 * the execution has ended. Nothing goes on by itself.
 */
export async function holdStill(act: Act, { step, why, text, holdMs }: HoldRequest): Promise<boolean> {
  const { clock, stateDir } = act.deps;
  const sinceMs = clock.nowMs();
  const endMs = clock.monotonicMs() + holdMs;
  const place = `held after step ${step.index + 1} of ${act.plan.steps.length} (${step.text})`;
  act.move('executing', {
    hold: { why, sinceMs, untilMs: sinceMs + holdMs },
    text: `${place}: ${text}; goes on only if a person says so within ${durationText(holdMs)}`,
  });
  const word = await awaitWord(stateDir, act.execution.id, { sinceMs, endMs }, act.deps.clock, act.times.pollMs);
  if (word.kind === 'continue') {
    act.move('executing', { hold: null, text: `${word.by.name} lets it go on` });
    return true;
  }
  const serving = await nowServing(act);
  if (word.kind === 'abort') {
    end(`aborted by ${word.by.name}${word.reason === null ? '' : ` (${word.reason})`}; ${serving}`);
    return false;
  }
  end(`nobody said within ${durationText(holdMs)} whether to go on; ${serving}; a person must decide`);
  act.deps.onHoldExpired?.(act.execution, act.plan);
  return false;

  function end(because: string): void {
    dropRequest(stateDir, act.execution.id);
    act.end('failed', `stopped, ${place}: ${text}; ${because}`, { hold: null });
  }
}
