import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { canonicalJson } from '../../core/model/canonical-json.ts';
import type { Approval, Execution, ExecutionState, Proposal } from '../../core/model/rollback.ts';
import { isSettled } from '../../core/session/execution-machine.ts';
import { StoreError } from '../../store/store-error.ts';
import { actOn, LeaseLost } from './act.ts';
import { dropRequest } from './act-request.ts';
import { carryOut } from './carry-out.ts';
import { outsideOf } from './outside.ts';
import { adopt } from './reconcile.ts';
import { resume } from './resume.ts';
import type { ExecutorDeps } from './types.ts';

/** After these the target was changed by this plan already; doing it again would not be the same act. */
const TOOK_EFFECT: ReadonlySet<ExecutionState> = new Set(['done', 'restored-unhealthy', 'unverified'] as const);

const RECOVERY_TRIES = 120;
const RECOVERY_WAIT_MS = 5000;

/**
 * Carries out an approved proposal. See `Executor.execute`.
 *
 * @param inHand ids of the executions this process is busy with.
 */
export async function execute(
  deps: ExecutorDeps,
  inHand: Set<string>,
  proposal: Proposal,
  approval: Approval,
): Promise<Execution> {
  const begun = begin(deps, proposal, approval);
  if (!begun.mine) return begun.execution;
  const { id } = begun.execution;
  inHand.add(id);
  try {
    return await run(deps, proposal, begun.execution);
  } catch (error) {
    if (error instanceof LeaseLost) return deps.store.execution(id) ?? begun.execution;
    return await recover(deps, begun.execution, error);
  } finally {
    inHand.delete(id);
    dropRequest(deps.stateDir, id);
  }
}

/**
 * Something could not be written. Before the intent nothing was run and the error is the answer; after it the run is
 * followed from disk until its end can be recorded.
 */
async function recover(deps: ExecutorDeps, execution: Execution, cause: unknown): Promise<Execution> {
  for (let tries = 1; ; tries += 1) {
    try {
      const act = adopt(deps, execution);
      if (act !== null && !isSettled(act.execution.state)) await resume(act, (cause as Error).message);
      return act?.execution ?? execution;
    } catch (error) {
      const state = deps.store.execution(execution.id)?.state;
      const begun = state === 'executing' || state === 'verifying';
      if (error instanceof LeaseLost || !begun || tries >= RECOVERY_TRIES) throw cause;
      await sleep(RECOVERY_WAIT_MS);
    }
  }
}

async function run(deps: ExecutorDeps, proposal: Proposal, execution: Execution): Promise<Execution> {
  const { plan } = proposal;
  deps.onChange(execution, 'state');
  const answer = deps.store.acquire(plan.target.id, deps.holder, execution.id, deps.clock.nowMs());
  const act = actOn(deps, plan, execution, answer.granted ? answer.lease : null);
  const earlier = deps.store
    .executionsOfPlan(plan.id)
    .find((one) => !one.dryRun && one.id !== execution.id && TOOK_EFFECT.has(one.state));
  if (!answer.granted) act.end('cancelled', `nothing was run: ${answer.why}`);
  else if (earlier !== undefined && !execution.dryRun) {
    act.end(
      'cancelled',
      `nothing was run: attempt ${earlier.attempt} carried this plan out already (${earlier.state})`,
    );
  } else await carryOut(act);
  return act.execution;
}

/** First record of the attempt; whoever comes second for the same approval gets what the first began. */
function begin(
  deps: ExecutorDeps,
  proposal: Proposal,
  approval: Approval,
): { readonly mine: boolean; readonly execution: Execution } {
  const { store } = deps;
  const stored = store.proposal(proposal.id);
  const asShown = stored !== null && canonicalJson(stored.plan) === canonicalJson(proposal.plan);
  if (!asShown || approval.proposalId !== proposal.id || approval.planId !== proposal.plan.id) {
    throw new StoreError('refused', `proposal ${proposal.id} is not the one that was approved: nothing is run`);
  }
  store.savePlan(proposal.plan);
  for (;;) {
    const attempts = store.executionsOfPlan(proposal.plan.id);
    const first = attempts.find((one) => one.proposalId === proposal.id);
    if (first !== undefined) return { mine: false, execution: first };
    const execution = firstRecord(deps, proposal, approval, (attempts.at(-1)?.attempt ?? 0) + 1);
    if (store.beginExecution(execution, outsideOf(deps).mark())) return { mine: true, execution };
  }
}

function firstRecord(deps: ExecutorDeps, proposal: Proposal, approval: Approval, attempt: number): Execution {
  const { plan } = proposal;
  return {
    id: randomUUID(),
    planId: plan.id,
    proposalId: proposal.id,
    pipeline: plan.pipeline,
    attempt,
    state: 'approved',
    stepIndex: 0,
    dryRun: plan.dryRun,
    fromVersion: plan.fromVersion,
    toVersion: plan.toVersion,
    startedAtMs: deps.clock.nowMs(),
    endedAtMs: null,
    exitCode: null,
    text: `approved by ${approval.by.name}`,
    outputTail: [],
    by: approval.by,
  };
}
