import type { Execution, Plan } from '../../core/model/rollback.ts';
import { canonicalJson } from '../../core/model/canonical-json.ts';
import { actOn, LeaseLost, type Act } from './act.ts';
import { dropRequest } from './act-request.ts';
import { outsideOf } from './outside.ts';
import { jobsOnDisk, removeOldRuns } from './runs.ts';
import { resume } from './resume.ts';
import type { ExecutorDeps } from './types.ts';

/** Settles what earlier processes left. See `Executor.reconcile`. */
export async function reconcile(deps: ExecutorDeps, inHand: Set<string>): Promise<readonly Execution[]> {
  restoreLost(deps);
  const left = deps.store.unfinishedExecutions().filter((one) => !inHand.has(one.id));
  const settled = await Promise.all(left.map((one) => takeOver(deps, inHand, one)));
  removeOldRuns(deps);
  return settled.filter((one) => one !== null);
}

/** Executions of this very process that nobody has in hand: an error ended them before anything was run. */
export async function settleOwnLeftovers(deps: ExecutorDeps, inHand: Set<string>): Promise<void> {
  const me = canonicalJson(outsideOf(deps).mark());
  for (const one of deps.store.unfinishedExecutions()) {
    const begun = one.state === 'executing' || one.state === 'verifying' || one.state === 'unknown';
    if (begun || inHand.has(one.id) || canonicalJson(deps.store.ownerOf(one.id)) !== me) continue;
    await takeOver(deps, inHand, one);
  }
}

/** Takes an execution from an owner that is proven dead; null where it is not ours to take. */
async function takeOver(deps: ExecutorDeps, inHand: Set<string>, execution: Execution): Promise<Execution | null> {
  const owner = deps.store.ownerOf(execution.id);
  const me = outsideOf(deps).mark();
  const ours = owner === null || canonicalJson(owner) === canonicalJson(me);
  if (!ours && outsideOf(deps).lifeOf(owner) !== 'dead') return null;
  const act = adopt(deps, execution);
  if (act === null) return null;
  inHand.add(execution.id);
  try {
    await resume(act);
    return act.execution;
  } catch (error) {
    if (error instanceof LeaseLost) return null;
    throw error;
  } finally {
    inHand.delete(execution.id);
    dropRequest(deps.stateDir, execution.id);
  }
}

/** Makes this process the owner, with a new fencing token; null when another one was faster or the plan is gone. */
export function adopt(deps: ExecutorDeps, execution: Execution): Act | null {
  const plan = planOf(deps, execution);
  if (plan === null) return null;
  const owner = deps.store.ownerOf(execution.id);
  const { adopted, lease } = deps.store.adoptExecution(execution.id, owner, outsideOf(deps).mark(), deps.holder);
  if (!adopted) return null;
  // What the owner wrote last, not what was read before it was proven dead.
  return actOn(deps, plan, deps.store.execution(execution.id) ?? execution, lease);
}

function planOf(deps: ExecutorDeps, execution: Execution): Plan | null {
  return deps.store.proposal(execution.proposalId)?.plan ?? deps.store.plan(execution.planId);
}

/** Runs the database does not know were begun before it was lost: their targets are locked again. */
function restoreLost(deps: ExecutorDeps): void {
  for (const { job, settled } of jobsOnDisk(deps)) {
    if (settled || deps.store.execution(job.execution.id) !== null) continue;
    deps.store.savePlan(job.plan);
    deps.store.saveExecution(job.execution);
    deps.store.acquire(job.plan.target.id, deps.holder, job.execution.id, deps.clock.nowMs());
  }
}
