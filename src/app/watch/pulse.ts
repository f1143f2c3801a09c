import type { ActHistory, Standing } from '../../core/model/history.ts';
import type { Clock } from '../../ports/clock.ts';
import type { EngineBeat } from '../../ports/process-mark.ts';
import type { AnswerRequest, Store } from '../../ports/store.ts';
import { liveEngines, pendingAnswers, settleRequest } from '../approvals.ts';
import type { Connection } from './drive.ts';
import type { Journey } from './journey.ts';

/** What happens once a second whether or not samples come. */
export interface PulseDeps {
  readonly journey: Journey;
  readonly store: Store;
  readonly clock: Clock;
  readonly connection: Pick<Connection, 'report'>;
  readonly standing: () => Standing;
  readonly beat: Omit<EngineBeat, 'updatedAtMs'>;
}

/** Facts, counters, answers from other shells, then the tick that makes the engine look at the time. */
export function createPulse(deps: PulseDeps): () => void {
  const { journey, store, clock } = deps;
  let known = '';

  function facts(): void {
    const history: ActHistory = store.history(clock.nowMs());
    const standing = deps.standing();
    const digest = JSON.stringify([history, standing]);
    if (digest === known) return;
    known = digest;
    journey.take({ type: 'facts', nowMs: clock.nowMs(), history, standing });
  }

  /** With several watches on one box a question is answered where its pipeline is watched. */
  function isMine({ proposalId }: AnswerRequest): boolean {
    const { proposals, pipelines } = journey.state();
    const proposal = proposals.get(proposalId);
    if (proposal !== undefined && (pipelines.get(proposal.pipeline)?.verdict ?? null) !== null) return true;
    return liveEngines(store, clock.nowMs()).length <= 1;
  }

  function answers(): void {
    for (const request of pendingAnswers(store, clock.nowMs(), isMine)) {
      const { id, proposalId, typedName, reason, by, override = false } = request;
      const command =
        request.answer === 'approved'
          ? ({ type: 'approve', proposalId, typedName, reason, override } as const)
          : ({ type: 'dismiss', proposalId, reason } as const);
      const result = journey.take({ type: 'command', nowMs: clock.nowMs(), command, by });
      settleRequest(store, id, result ?? { ok: false, text: 'the engine gave no answer' });
    }
  }

  return () => {
    store.beat({ ...deps.beat, updatedAtMs: clock.nowMs() });
    facts();
    deps.connection.report();
    answers();
    journey.followOthers();
    journey.take({ type: 'tick', nowMs: clock.nowMs() });
  };
}
