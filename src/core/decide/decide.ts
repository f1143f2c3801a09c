import type { Decision, DecisionReason } from '../model/decision.ts';
import type { Prediction, Verdict } from '../model/verdict.ts';
import type { DecideInput } from './input.ts';
import type { BoundRail } from './rails.ts';
import { boundRails } from './rails.ts';
import { seedDecision } from './seed.ts';
import { askWords, autoWords, holdWords, predictedWords, refuseWords } from './words.ts';

/** A limit farther away than this is only shown. */
const PREDICTED_WITHIN_MS = 900_000;

/**
 * What to do about a verdict. Pure: the same input always gives the same decision, which a replay proves.
 *
 * `guarded` rolls back only what failed: risk alone never does; a limit that is forecast within 15 min is asked about. A rail that binds all holds or refuses; one that binds
 * only `auto` turns a rollback by itself into a question, and is listed where a named person may override it.
 */
export function decide(input: DecideInput): Decision {
  if (input.policy.name === 'seed') return seedDecision(input);
  const { verdict } = input;
  if (verdict.phase !== 'Failed') {
    return foreseen(input) ?? decision(input, 'hold', waitingReason(input), null, holdWords(input), []);
  }
  const bound = boundRails(input);
  const stops = bound.find(({ rail }) => rail.binds === 'all');
  if (stops !== undefined) {
    const words = stops.rail.outcome === 'refuse' ? refuseWords(stops) : `holds: ${stops.text}`;
    return decision(input, stops.rail.outcome, stops.rail.reason, stops.untilMs, words, overridable(bound));
  }
  const reason = failureReason(input);
  if (input.policy.mode === 'auto' && bound.length === 0) {
    return decision(input, 'rollback', reason, null, autoWords(input), []);
  }
  const held = input.policy.mode === 'auto' ? (bound[0] ?? null) : null;
  return decision(input, 'ask', reason, held?.untilMs ?? null, askWords(input, held), overridable(bound));
}

/**
 * The decision about a rollback a person asked for, of a pipeline in whatever state: a question, or a refusal by a rail
 * that nobody can override. What the person would override is listed.
 */
export function decideHumanRequest(input: DecideInput): Decision {
  const bound = boundRails(input);
  const stops = bound.find(({ rail }) => rail.binds === 'all' && !rail.overridable);
  if (stops !== undefined) {
    return decision(input, 'refuse', stops.rail.reason, stops.untilMs, refuseWords(stops), []);
  }
  const words = `asked for by a person; ${input.verdict.text}`;
  return decision(input, 'ask', 'human-asked', null, words, overridable(bound));
}

/** Rails a named person would override, each in words, in the order of the table. */
export function overrideTexts(input: DecideInput): readonly string[] {
  return boundRails(input)
    .filter(({ rail }) => rail.overridable)
    .map(({ text }) => text);
}

/** The limit that will be passed within 15 min while nothing has failed: near enough to be asked about; null without one. */
export function soonForeseen({ phase, predicted: [soonest] = [] }: Verdict): Prediction | null {
  const isSoon = phase === 'Running' && soonest !== undefined && soonest.inMs <= PREDICTED_WITHIN_MS;
  return isSoon ? soonest : null;
}

/** A person is asked ahead of a limit that will soon be passed; never more than asked. Null where there is none. */
function foreseen(input: DecideInput): Decision | null {
  const { verdict, policy, deployment } = input;
  if (soonForeseen(verdict) === null || policy.mode === 'observe' || deployment?.origin === 'inferred') return null;
  const bound = boundRails(input);
  if (bound.some(({ rail }) => rail.binds === 'all')) return null;
  return decision(input, 'ask', 'predicted', null, predictedWords(input), overridable(bound));
}

function failureReason({ verdict, risk }: DecideInput): DecisionReason {
  if (verdict.reason === 'shared-cause') return 'shared-cause';
  return risk?.label === 'HIGH' ? 'risk-high-and-anomaly' : 'anomaly';
}

/** Why nothing is to be done about a verdict that is not Failed. */
function waitingReason({ verdict, deployment }: DecideInput): DecisionReason {
  const { phase, reason, freshness } = verdict;
  if (reason === 'future-dated') return 'not-live';
  if (phase === 'NoData') return 'no-data';
  if (reason === 'bad-before' || reason === 'at-peers' || reason === 'shared-cause') return reason;
  if (phase === 'Successful') {
    if (reason === 'anomaly') return 'anomaly';
    if (deployment === null || deployment.origin === 'inferred') return 'no-deployment';
    return freshness === 'live' ? 'healthy' : 'not-live';
  }
  return reason === 'no-baseline' && deployment?.origin === 'inferred' ? 'no-deployment' : 'not-yet';
}

function overridable(bound: readonly BoundRail[]): readonly DecisionReason[] {
  return [...new Set(bound.filter(({ rail }) => rail.overridable).map(({ rail }) => rail.reason))];
}

function decision(
  input: DecideInput,
  kind: Decision['kind'],
  reason: DecisionReason,
  untilMs: number | null,
  text: string,
  overrides: readonly DecisionReason[],
): Decision {
  return {
    pipeline: input.verdict.pipeline,
    deploymentId: input.deployment?.id ?? null,
    atMs: input.nowMs,
    kind,
    reason,
    text,
    untilMs,
    policy: input.policy.name,
    mode: input.policy.mode,
    overridable: overrides,
  };
}
