import { decide } from '../../core/decide/decide.ts';
import type { DecideInput, PlanFacts } from '../../core/decide/input.ts';
import type { Decision } from '../../core/model/decision.ts';
import type { Plan } from '../../core/model/rollback.ts';
import { failureKey } from './failure-key.ts';
import { lineageOf } from './lineage.ts';
import { followDecision } from './proposals.ts';
import type { EngineState, PipelineEntry } from './state.ts';

/** A platform that could not make a plan is asked again after this long. */
const PLAN_RETRY_MS = 30_000;

/** Everything that is known for a decision about a pipeline, with a plan only where one was made. */
export function decideInput(state: EngineState, entry: PipelineEntry, plan: PlanFacts | null): DecideInput {
  const { judge, settings, risk } = entry;
  const verdict = judge.verdict(state.nowMs);
  const history = state.knownHistory;
  return {
    nowMs: state.nowMs,
    verdict,
    anomaly: verdict.phase === 'Failed',
    deployment: judge.timeline.current,
    lineage: lineageOf(judge, history),
    risk,
    policy: settings.policy,
    ability: state.options.ability(entry.pipeline),
    history,
    standing: state.standing,
    plan,
    expired: entry.expiredKey !== null && entry.expiredKey === failureKey(entry),
  };
}

/** Decides anew about a pipeline, says it when it changed, and opens, upgrades or closes its question. */
export function consider(state: EngineState, entry: PipelineEntry): void {
  const open = state.open.get(entry.pipeline);
  // A question that a person raised stands until it is answered, whatever the verdict does.
  if (open?.because === 'human-asked') return;
  const first = decideInput(state, entry, null);
  const wanted = decide(first);
  if (wanted.kind !== 'ask' && wanted.kind !== 'rollback') {
    say(state, entry, wanted);
    followDecision(state, entry, wanted, first, null);
    return;
  }
  const plan = open?.plan ?? planFor(state, entry, first);
  const input = { ...first, plan: planFacts(entry, plan) };
  const decision = decide(input);
  say(state, entry, decision);
  followDecision(state, entry, decision, input, plan);
}

/** The plan for going back from the current deployment; null with the reason in `entry.planned`. */
export function planFor(state: EngineState, entry: PipelineEntry, input: DecideInput): Plan | null {
  const { deployment, lineage } = input;
  if (deployment === null || lineage.previous === null || deployment.origin === 'inferred') return null;
  const key = `${deployment.id}|${lineage.previous}`;
  const kept = entry.planned;
  const usable = kept !== null && kept.key === key && (kept.plan !== null || state.nowMs - kept.atMs < PLAN_RETRY_MS);
  if (usable) return kept.plan;
  const made = { key, atMs: state.nowMs };
  try {
    const plan = state.options.plan(
      {
        pipeline: entry.pipeline,
        environment: entry.settings.policy.environment ?? deployment.environment,
        deploymentId: deployment.id,
        fromVersion: deployment.version,
        toVersion: lineage.previous,
      },
      { verdict: input.verdict, risk: input.risk },
    );
    entry.planned = { ...made, plan, why: '' };
    return plan;
  } catch (error) {
    entry.planned = { ...made, plan: null, why: error instanceof Error ? error.message : String(error) };
    return null;
  }
}

/** What a decision needs to know of a plan. */
export function planFacts(entry: PipelineEntry, plan: Plan | null): PlanFacts | null {
  if (plan !== null) {
    const { dryRun, needsPerson = null, notUndone, blockedBy = [] } = plan;
    return { possible: true, dryRun, needsPerson, notUndone, blockedBy };
  }
  return entry.planned === null ? null : { possible: false, why: entry.planned.why };
}

/** Says a decision when it differs from the last in anything but its words. */
export function say(state: EngineState, entry: PipelineEntry, decision: Decision): void {
  const said = entry.decision;
  const same =
    said !== null &&
    said.kind === decision.kind &&
    said.reason === decision.reason &&
    said.untilMs === decision.untilMs &&
    said.deploymentId === decision.deploymentId &&
    said.overridable.join() === decision.overridable.join();
  if (same) {
    // The words may have newer numbers; that is no event.
    entry.decision = { ...decision, atMs: said.atMs };
    return;
  }
  entry.decision = decision;
  state.emit({ type: 'decision-made', decision });
}
