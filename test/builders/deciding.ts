import type { DecideInput } from '../../src/core/decide/input.ts';
import type { Policy } from '../../src/core/model/policy.ts';
import type { Risk } from '../../src/core/model/risk.ts';
import type { Evidence, Verdict } from '../../src/core/model/verdict.ts';
import { ABLE, history, standing } from './engine.ts';
import { deployment, policy, T0 } from './judging.ts';

export const NOW = T0 + 600_000;

export const EVIDENCE: Evidence = {
  metric: 'response_time',
  unit: 'ms',
  detector: 'threshold',
  observed: 912,
  expected: { low: 100, high: 140 },
  limit: 600,
  score: 1.52,
  sigma: 31,
  direction: 'high',
  sinceMs: T0 + 120_000,
  inARow: 10,
};

export function verdict(change: Partial<Verdict> = {}): Verdict {
  return {
    pipeline: 'checkout',
    deploymentId: deployment().id,
    atMs: NOW,
    phase: 'Failed',
    reason: 'anomaly',
    text: 'failed: response_time 912 ms (limit 600), 10 in a row since 12:02:00Z',
    confidence: 0.9,
    freshness: 'live',
    sinceMs: T0 + 120_000,
    evidence: [EVIDENCE],
    vetoed: [],
    health: { value: 21, confidence: 1, parts: [] },
    sampleCount: 50,
    ...change,
  };
}

export function risk(label: Risk['label'], probability: number): Risk {
  return {
    label,
    probability,
    baseRate: 0.03,
    thresholdProbability: 0.2,
    rawScore: 0,
    bias: 0,
    reasons: [],
    model: 'm',
  };
}

/** A failed deployment under which nothing holds `auto` back. */
export function failing(change: Partial<DecideInput> = {}, policyChange: Partial<Policy> = {}): DecideInput {
  return {
    nowMs: NOW,
    verdict: verdict(),
    anomaly: true,
    deployment: deployment(),
    lineage: { previous: 'v1', isReturn: false },
    risk: null,
    policy: policy({ mode: 'auto', ...policyChange }),
    ability: ABLE,
    history: history(),
    standing: standing(),
    plan: { possible: true, dryRun: false },
    expired: false,
    ...change,
  };
}
