import type { Deployment } from '../../core/model/deployment.ts';
import type { PipelineSettings } from '../../core/model/policy.ts';
import type { RollbackAbility } from '../../core/model/history.ts';
import type { Risk } from '../../core/model/risk.ts';
import type { Verdict } from '../../core/model/verdict.ts';
import type { DecideInput } from '../../core/decide/input.ts';
import { PipelineJudge } from '../../core/judge/pipeline-judge.ts';
import type { MetricLog } from './metric-log.ts';

/** A log judged as the engine judges it, as of its last sample or now. */
export interface JudgedLog {
  readonly verdict: Verdict;
  readonly deployment: Deployment | null;
  readonly lineage: DecideInput['lineage'];
  readonly nowMs: number;
}

/**
 * Gives the whole log and its deploy markers to the judge of the engine; the risk is that of the newest deployment.
 * A log ahead of the clock is judged as of its end.
 */
export function judgeLog(
  log: MetricLog | null,
  settings: PipelineSettings,
  clockMs: number,
  risk: Risk | null,
): JudgedLog {
  const deployments = log?.deployments ?? [];
  const newestMs = deployments.reduce((latest, { atMs }) => Math.max(latest, atMs), Number.NEGATIVE_INFINITY);
  const judge = new PipelineJudge(settings, {
    replayed: false,
    historyRows: Math.max(1, log?.batch.rowCount ?? 1),
    riskOf: ({ atMs, origin }) => (atMs === newestMs && origin !== 'rollback' ? risk : null),
  });
  const lastMs = (log?.batch.atMs ?? new Float64Array()).reduce(
    (latest, at) => Math.max(latest, at),
    Number.NEGATIVE_INFINITY,
  );
  const nowMs = Math.max(clockMs, lastMs);
  for (const deployment of deployments) judge.announce(deployment);
  if (log !== null) judge.take(log.batch, nowMs, 'backfill');
  judge.settle(nowMs);
  const deployment = judge.timeline.current;
  const earlier = judge.timeline.earlierVersions;
  const lineage = {
    previous: deployment?.previous ?? earlier[0] ?? null,
    isReturn: deployment !== null && earlier.slice(1).includes(deployment.version),
  };
  return { verdict: judge.verdict(nowMs), deployment, lineage, nowMs };
}

/** The input of a decision that nobody will carry out: no earlier acts, nothing in the way but the log itself. */
export function decideInput(
  judged: JudgedLog,
  risk: Risk | null,
  anomaly: boolean,
  settings: PipelineSettings,
  ability: RollbackAbility,
): DecideInput {
  return {
    nowMs: judged.nowMs,
    verdict: judged.verdict,
    anomaly,
    deployment: judged.deployment,
    lineage: judged.lineage,
    risk,
    policy: settings.policy,
    ability,
    history: { rollbacks: [], versions: [], inFlight: null, humanDecided: [] },
    standing: { halted: null, configTrusted: false, leaseShared: false, stateIntact: true, readOnly: true },
    plan: null,
    expired: false,
  };
}
