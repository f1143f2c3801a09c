import { targetOf, type DecideInput, type PlanFacts } from '../../core/decide/input.ts';
import { versionSkew } from '../../core/decide/version-skew.ts';
import { visibleText } from '../../core/model/visible.ts';
import type { Plan } from '../../core/model/rollback.ts';
import { inquire } from './inquiring.ts';
import { findingsAbout, findingsDigest } from './kept-findings.ts';
import type { EngineState, PipelineEntry, PlanAnswer, Wish } from './state.ts';

/** A platform that could not make a plan is asked again after this long. */
const PLAN_RETRY_MS = 30_000;
/** Plans kept per pipeline: the question's and what a person looks at. */
const PLANS_KEPT = 8;

/** A plan with what is known around it. */
export interface WayBack {
  readonly plan: Plan | null;
  /** Null where nothing calls for a plan: no deployment, or nothing to go back to. */
  readonly facts: PlanFacts | null;
  /** What it will not undo is still being looked at: nothing may be asked yet. */
  readonly isLooking: boolean;
}

/** Nothing goes back along with it. */
export const ALONE: ReadonlySet<string> = new Set();

/**
 * The plan for going back from the current deployment, on what is known; has looked up what is not. Services that go
 * back `along` with it are not left on a newer version.
 */
export function wayBack(
  state: EngineState,
  entry: PipelineEntry,
  input: DecideInput,
  wish: Wish | null,
  always = false,
  along: ReadonlySet<string> = ALONE,
): WayBack {
  const { deployment } = input;
  const target = targetOf(input.lineage);
  if (deployment === null || deployment.origin === 'inferred') return { plan: null, facts: null, isLooking: false };
  const { findings, isLooking } = inquire(state, entry, deployment, target, always);
  if (target === null) return { plan: null, facts: null, isLooking };
  const left = [
    ...(findings?.left ?? []),
    ...versionSkew(deployment, currentElsewhere(state, entry, along), state.options.ties),
  ];
  const key = [deployment.id, target, wish?.strategy ?? '', findingsDigest(findings), ...left.map(({ text }) => text)];
  const answer = planned(state, entry, key.join('|'), () =>
    state.options.plan(
      {
        pipeline: entry.pipeline,
        environment: entry.settings.policy.environment ?? deployment.environment,
        deploymentId: deployment.id,
        fromVersion: deployment.version,
        toVersion: target,
      },
      {
        verdict: input.verdict,
        risk: input.risk,
        left,
        doubts: findings?.doubts ?? [],
        lookedAt: findings?.lookedAt ?? [],
        ...(wish === null || wish.strategy === null ? {} : { strategy: wish.strategy, chosenBy: wish.by }),
      },
    ),
  );
  if (answer.plan === null) return { plan: null, facts: { possible: false, why: answer.why }, isLooking };
  return { plan: answer.plan, facts: { ...factsOf(entry, answer.plan), looking: isLooking }, isLooking };
}

/** What a decision needs to know of a plan that was made. */
export function factsOf(entry: PipelineEntry, plan: Plan): Extract<PlanFacts, { readonly possible: true }> {
  const { dryRun, needsPerson = null, notUndone, blockedBy = [], doubts = [] } = plan;
  const external = findingsAbout(entry, plan.deploymentId, plan.toVersion)?.external ?? null;
  return {
    possible: true,
    dryRun,
    needsPerson,
    notUndone,
    blockedBy,
    doubts,
    external: external?.inProgress === true ? `${visibleText(external.by, 60)}: ${external.text}` : null,
  };
}

function planned(state: EngineState, entry: PipelineEntry, key: string, make: () => Plan): PlanAnswer {
  const kept = entry.plans.get(key);
  if (kept !== undefined && (kept.plan !== null || state.nowMs - kept.atMs < PLAN_RETRY_MS)) return kept;
  if (entry.plans.size >= PLANS_KEPT) entry.plans.clear();
  const answer = { atMs: state.nowMs, ...made(make) };
  entry.plans.set(key, answer);
  return answer;
}

function made(make: () => Plan): Pick<PlanAnswer, 'plan' | 'why'> {
  try {
    return { plan: make(), why: '' };
  } catch (error) {
    return { plan: null, why: error instanceof Error ? error.message : String(error) };
  }
}

function currentElsewhere(state: EngineState, entry: PipelineEntry, along: ReadonlySet<string>) {
  return [...state.pipelines.values()].flatMap(({ pipeline, judge: { timeline } }) =>
    pipeline === entry.pipeline || along.has(pipeline) || timeline.current === null ? [] : [timeline.current],
  );
}
