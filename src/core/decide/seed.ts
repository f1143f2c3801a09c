import type { Decision, DecisionReason } from '../model/decision.ts';
import type { DecideInput } from './input.ts';
import { boundRails } from './rails.ts';
import { refuseWords, seedWords } from './words.ts';

/** What stops even the seed's proposal: nothing else is looked at, health least of all. */
const STOPPING: ReadonlySet<DecisionReason> = new Set(['halted', 'human-decided', 'act-in-flight', 'proposal-expired']);

/**
 * The seed's rule: HIGH risk or an anomaly proposes a rollback. It never executes by itself, whatever the mode: a
 * `rollback` of this policy is a proposal. Stale and future-dated data are no ground for one.
 */
export function seedDecision(input: DecideInput): Decision {
  const { verdict, deployment, policy, nowMs } = input;
  const made = (kind: Decision['kind'], reason: DecisionReason, text: string, untilMs: number | null): Decision => ({
    pipeline: verdict.pipeline,
    deploymentId: deployment?.id ?? null,
    atMs: nowMs,
    kind,
    reason,
    text,
    untilMs,
    policy: policy.name,
    mode: policy.mode,
    overridable: [],
  });
  const high = input.risk?.label === 'HIGH';
  const usable = verdict.freshness !== 'stale' && verdict.freshness !== 'future';
  const anomaly = input.anomaly && usable;
  if (!high && !anomaly) {
    const reason =
      verdict.phase === 'NoData' || !usable ? 'no-data' : verdict.freshness === 'live' ? 'healthy' : 'not-live';
    return made('hold', reason, seedWords(input, reason), null);
  }
  const stops = boundRails(input).find(({ rail }) => rail.binds === 'all' && STOPPING.has(rail.reason));
  if (stops !== undefined) {
    const { outcome, reason } = stops.rail;
    return made(outcome, reason, outcome === 'refuse' ? refuseWords(stops) : `holds: ${stops.text}`, stops.untilMs);
  }
  const reason = high && anomaly ? 'risk-high-and-anomaly' : high ? 'risk-high' : 'anomaly';
  return made('rollback', reason, seedWords(input, reason), null);
}
