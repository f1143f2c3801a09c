import type { DecisionKind, DecisionReason } from '../model/decision.ts';
import { durationText, momentText } from '../model/time.ts';
import { visibleText } from '../model/visible.ts';
import { missingForAuto } from './auto-evidence.ts';
import { blameDoubt } from './blame-doubt.ts';
import { freezeAt } from './freeze.ts';
import { targetOf, type DecideInput } from './input.ts';
import { lastHealthy } from './last-healthy.ts';
import { silenceAt } from './silence.ts';
import { budgetUsed, cooldownUntil } from './limits.ts';

/** A rail that binds now: until when, where that is known, and in words. */
export interface RailHit {
  readonly untilMs: number | null;
  readonly text: string;
}

/** One reason not to act, or not to act alone. */
export interface Rail {
  readonly reason: DecisionReason;
  /** `auto`: a person is asked instead. `all`: not even asked. */
  readonly binds: 'auto' | 'all';
  /** What becomes of the decision where it binds all: waiting for something to pass, or a no. */
  readonly outcome: Extract<DecisionKind, 'hold' | 'refuse'>;
  /** A named person may act against it, with a reason. */
  readonly overridable: boolean;
  readonly test: (input: DecideInput) => RailHit | null;
}

/** A rail with what it says of one input. */
export interface BoundRail extends RailHit {
  readonly rail: Rail;
}

/** The rails that bind, in the order of the table. */
export function boundRails(input: DecideInput): readonly BoundRail[] {
  return RAILS.flatMap((rail) => {
    const hit = rail.test(input);
    return hit === null ? [] : [{ ...hit, rail }];
  });
}

/**
 * Every guard rail. The order is the order in which they are named: what binds everyone first, and of those what a
 * person can do nothing about first.
 */
export const RAILS: readonly Rail[] = [
  rail('halted', 'all', 'refuse', false, ({ standing }) =>
    standing.halted === null ? null : hit(`halted: ${visibleText(standing.halted, 120)}`),
  ),
  rail('not-live', 'all', 'hold', false, ({ verdict: { freshness }, plan }) => {
    if (freshness === 'live') return null;
    const rehearsed = freshness === 'recorded' || freshness === 'replayed';
    // Without a plan there is nothing that could be done; another rail says so.
    const acts = plan?.possible === true && !plan.dryRun;
    return rehearsed && !acts ? null : hit(`the data is ${freshness}, not live: nothing is done on it`);
  }),
  rail('act-in-flight', 'all', 'hold', false, ({ history: { inFlight }, verdict }) =>
    inFlight?.pipeline === verdict.pipeline
      ? hit(`its rollback is already under way (by ${visibleText(inFlight.holder, 60)})`)
      : null,
  ),
  rail('no-deployment', 'all', 'refuse', false, ({ deployment }) =>
    deployment === null || deployment.origin === 'inferred'
      ? hit('no deployment was announced, so there is nothing to return to')
      : null,
  ),
  rail('no-previous-version', 'all', 'refuse', false, ({ lineage }) =>
    targetOf(lineage) === null ? hit('no earlier version is known to return to') : null,
  ),
  rail('no-rollback-configured', 'all', 'refuse', false, ({ plan }) =>
    plan?.possible === false ? hit(`no plan: ${visibleText(plan.why, 240)}`) : null,
  ),
  rail('untrusted-config', 'all', 'refuse', false, ({ standing, plan }) =>
    standing.configTrusted || plan === null || isDryRun(plan)
      ? null
      : hit('the config is not trusted: run `rollwatch config trust`'),
  ),
  rail('observe-only', 'all', 'refuse', false, ({ standing, plan }) =>
    standing.readOnly && plan !== null && !isDryRun(plan) ? hit('started read-only') : null,
  ),
  rail('observe-only', 'all', 'hold', true, ({ policy }) =>
    policy.mode === 'observe' ? hit(`mode is observe${inEnvironment(policy.environment)}`) : null,
  ),
  rail('silenced', 'all', 'hold', true, ({ standing, verdict, nowMs }) => {
    const silence = silenceAt(verdict.pipeline, nowMs, standing.silences ?? []);
    if (silence === null) return null;
    const { by, reason, untilMs } = silence;
    const text = `silenced until ${momentText(untilMs, nowMs)} by ${visibleText(by, 60)}: ${visibleText(reason, 120)}`;
    return hit(text, untilMs);
  }),
  rail('human-decided', 'all', 'hold', true, ({ history, deployment }) =>
    deployment !== null && history.humanDecided.includes(deployment.id)
      ? hit('a person has decided about this deployment')
      : null,
  ),
  rail('is-a-rollback', 'all', 'refuse', true, ({ lineage }) =>
    lineage.isReturn ? hit('this version is itself a return to an earlier one') : null,
  ),
  rail('proposal-expired', 'all', 'hold', true, ({ expired }) =>
    expired ? hit('the question expired unanswered') : null,
  ),
  rail('external-rollback', 'all', 'hold', false, ({ plan }) => {
    const external = plan?.possible === true ? (plan.external ?? null) : null;
    return external === null ? null : hit(`it is being rolled back already: ${visibleText(external, 200)}`);
  }),
  rail('not-undone', 'auto', 'hold', true, ({ plan }) => {
    const blocked = plan?.possible === true ? (plan.blockedBy ?? []) : [];
    return blocked.length === 0 ? null : hit(`the policy blocks it: ${visibleText(blocked.join('; '), 240)}`);
  }),
  rail('not-undone', 'auto', 'hold', true, ({ plan }) => {
    if (plan?.possible !== true) return null;
    const left = (plan.notUndone ?? []).filter((text) => !(plan.blockedBy ?? []).includes(text));
    return left.length === 0 ? null : hit(`it will not undo: ${visibleText(left.join('; '), 240)}`);
  }),
  rail('not-looked-at', 'auto', 'hold', false, ({ plan }) =>
    plan?.possible === true && plan.looking === true ? hit('what it will not undo is not known yet') : null,
  ),
  rail('not-looked-at', 'auto', 'hold', false, ({ plan }) => {
    const doubts = plan?.possible === true ? (plan.doubts ?? []) : [];
    return doubts.length === 0 ? null : hit(visibleText(doubts.join('; '), 240));
  }),
  rail('strategy-open', 'auto', 'hold', false, ({ plan }) => {
    const why = plan?.possible === true ? (plan.needsPerson ?? null) : null;
    return why === null ? null : hit(`the way back is a person's choice: ${visibleText(why, 160)}`);
  }),
  rail('previous-was-bad', 'auto', 'hold', true, ({ lineage, history, verdict }) => {
    const target = targetOf(lineage);
    const last = history.versions.find((past) => past.pipeline === verdict.pipeline && past.version === target);
    return last?.healthy === false ? hit(`the last verdict of ${visibleText(last.version, 60)} was Failed`) : null;
  }),
  rail('previous-not-last-healthy', 'auto', 'hold', true, (input) => {
    const target = targetOf(input.lineage);
    const healthy = healthyOf(input);
    if (healthy === null || target === null || healthy === target) return null;
    return hit(`the last healthy version was ${visibleText(healthy, 60)}, not ${visibleText(target, 60)}`);
  }),
  // The best there is for a person to say yes to, and still more than one step back.
  rail('previous-not-last-healthy', 'auto', 'hold', false, (input) => {
    const { previous } = input.lineage;
    const target = targetOf(input.lineage);
    if (previous === null || target === null || previous === target || healthyOf(input) !== target) return null;
    return hit(
      `it goes back past ${visibleText(previous, 60)} to ${visibleText(target, 60)}, the last that was healthy`,
    );
  }),
  rail('cooldown', 'auto', 'hold', true, ({ verdict, nowMs, policy, history }) => {
    const untilMs = cooldownUntil(verdict.pipeline, nowMs, policy, history);
    return untilMs === null ? null : hit(`cooldown until ${momentText(untilMs, nowMs)}`, untilMs);
  }),
  rail('budget', 'auto', 'hold', true, ({ verdict, nowMs, policy, history }) => {
    const used = budgetUsed(verdict.pipeline, nowMs, policy, history);
    if (used === null) return null;
    const until = Number.isFinite(used.untilMs) ? ` until ${momentText(used.untilMs, nowMs)}` : '';
    const text = `budget of the ${used.whose} used up: ${used.limit} in ${durationText(policy.budget.windowMs)}${until}`;
    return hit(text, Number.isFinite(used.untilMs) ? used.untilMs : null);
  }),
  rail('frozen', 'auto', 'hold', true, ({ nowMs, policy }) => {
    const freeze = freezeAt(nowMs, policy.freezeWindows);
    if (freeze === null) return null;
    return hit(`frozen (${visibleText(freeze.name, 60)}) until ${momentText(freeze.untilMs, nowMs)}`, freeze.untilMs);
  }),
  rail('act-in-flight', 'auto', 'hold', true, ({ history: { inFlight }, verdict }) =>
    inFlight !== null && inFlight.pipeline !== verdict.pipeline
      ? hit(`another rollback is under way: ${visibleText(inFlight.pipeline, 60)}`)
      : null,
  ),
  rail('outside-hours', 'auto', 'hold', true, ({ policy: { businessHours = [] }, nowMs }) =>
    businessHours.length === 0 || freezeAt(nowMs, businessHours) !== null
      ? null
      : hit(`outside the hours in which it acts alone (${businessHours.map(({ name }) => name).join(', ')})`),
  ),
  rail('shared-cause', 'auto', 'hold', false, ({ verdict }) =>
    verdict.reason === 'shared-cause' ? hit('other pipelines failed at the same time: a shared cause') : null,
  ),
  rail('blame-doubtful', 'auto', 'hold', false, ({ verdict, deployment }) => {
    const doubt = deployment === null ? null : blameDoubt(verdict, deployment.atMs);
    return doubt === null ? null : hit(doubt);
  }),
  rail('not-live', 'auto', 'hold', false, ({ verdict }) =>
    verdict.freshness === 'live' ? null : hit(`the data is ${verdict.freshness}`),
  ),
  rail('no-rollback-configured', 'auto', 'hold', false, ({ ability }) =>
    ability.configured ? null : hit('no rollback is configured'),
  ),
  rail('untrusted-config', 'auto', 'hold', false, ({ standing }) =>
    standing.configTrusted ? null : hit('the config is not trusted'),
  ),
  rail('environment-undeclared', 'auto', 'hold', false, ({ policy }) =>
    policy.environment === null ? hit('its environment is not declared') : null,
  ),
  rail('no-version-reader', 'auto', 'hold', false, ({ ability }) =>
    ability.hasVersionReader ? null : hit('no version reader is configured'),
  ),
  rail('lease-not-shared', 'auto', 'hold', false, ({ standing }) =>
    standing.leaseShared ? null : hit('the lease is not machine-wide'),
  ),
  rail('state-lost', 'auto', 'hold', false, ({ standing }) =>
    standing.stateIntact ? null : hit('earlier state was lost'),
  ),
  rail('not-yet', 'auto', 'hold', false, ({ verdict, policy }) => {
    const missing = missingForAuto(verdict.evidence, policy);
    return missing === null ? null : hit(missing);
  }),
];

function healthyOf({ history, verdict, deployment }: DecideInput): string | null {
  return lastHealthy(history.versions, verdict.pipeline, deployment?.version ?? null);
}

function rail(
  reason: DecisionReason,
  binds: Rail['binds'],
  outcome: Rail['outcome'],
  overridable: boolean,
  test: Rail['test'],
): Rail {
  return { reason, binds, outcome, overridable, test };
}

function hit(text: string, untilMs: number | null = null): RailHit {
  return { untilMs, text };
}

function isDryRun(plan: NonNullable<DecideInput['plan']>): boolean {
  return plan.possible && plan.dryRun;
}

function inEnvironment(environment: string | null): string {
  return environment === null ? '' : ` in ${visibleText(environment, 60)}`;
}
