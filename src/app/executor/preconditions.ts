import type { PlanStep } from '../../core/model/rollback.ts';
import { visibleText } from '../../core/model/visible.ts';
import { factsFrom } from '../rollback/facts-from.ts';
import type { Act } from './act.ts';
import { readRequest, type ActRequest } from './act-request.ts';
import { outsideOf } from './outside.ts';
import { readVersion } from './read-version.ts';
import { changedBefore } from './step-kind.ts';

/**
 * Why this step must not be run now, as a clause; null when it may. The slow question (which version serves) comes
 * first, so that halt, lease and freshness are looked at in the last moment.
 */
export async function whyNot(act: Act, step: PlanStep): Promise<string | null> {
  if (act.execution.dryRun) return whyBound(act);
  return (
    (await external(act, step)) ??
    (await versionMismatch(act, step)) ??
    whyStale(act) ??
    whyUntrusted(act) ??
    whyBound(act)
  );
}

function whyBound(act: Act): string | null {
  const { halted } = act.deps.standing();
  if (halted !== null) return `rollwatch is halted: ${visibleText(halted, 200)}`;
  const request = readRequest(act.deps.stateDir, act.execution.id);
  if (request?.kind === 'abort') return `aborted by ${visibleText(request.by.name, 60)}${reasonOf(request)}`;
  if (act.lease === null || !act.deps.store.isCurrent(act.lease)) return 'the lease on the target is no longer held';
  return null;
}

/** Checked by `decide` already; here once more, since this is the last place before the act. */
function whyUntrusted(act: Act): string | null {
  const standing = act.deps.standing();
  if (standing.readOnly) return 'rollwatch was started read-only';
  if (!standing.configTrusted) return 'the config is not trusted (rollwatch config trust)';
  if (act.execution.by.kind === 'person') return null;
  if (!standing.stateIntact) return 'earlier state was lost, so nothing is done without a person';
  if (!standing.leaseShared) return 'the lease binds only this user, so nothing is done without a person';
  return null;
}

function whyStale(act: Act): string | null {
  const verdict = act.deps.verdictOf(act.plan.pipeline);
  if (verdict === null) return `there is no data of ${act.plan.pipeline}`;
  if (verdict.freshness === 'live') return null;
  return `the data of ${act.plan.pipeline} is not live but ${verdict.freshness}`;
}

/** The platform goes back by itself: that is recorded as external and left alone. */
async function external(act: Act, step: PlanStep): Promise<string | null> {
  const command = act.plan.factsCommand ?? null;
  if (command === null || changedBefore(act.plan, step) > 0) return null;
  const { stdout, fault } = await outsideOf(act.deps).runCommand(command, act.deps.env);
  const made = fault === null ? ((await factsFrom(stdout))?.external ?? null) : null;
  if (made === null || !made.inProgress) return null;
  return `external: ${visibleText(made.by, 60)} rolls it back already (${visibleText(made.text, 120)})`;
}

async function versionMismatch(act: Act, step: PlanStep): Promise<string | null> {
  const { versionCommand } = act.plan.verify;
  if (versionCommand === null) return null;
  const reading = await readVersion(versionCommand, act.deps);
  if (reading.version === null) return reading.text;
  // Between steps either version may serve; before the first change only that which was approved to be replaced.
  const either = [act.plan.fromVersion, act.plan.toVersion];
  const expected = step.expects ?? (changedBefore(act.plan, step) === 0 ? [act.plan.fromVersion] : either);
  if (expected.includes(reading.version)) return null;
  return `${reading.text}, not ${act.plan.fromVersion} as planned`;
}

function reasonOf({ reason }: ActRequest): string {
  return reason === null ? '' : ` (${visibleText(reason, 120)})`;
}
