import type { PipelineView } from '../../src/core/session/snapshot.ts';
import { deployment, evidence, failedPipeline, NOW_MS, pipeline, risk, verdict } from './snapshots.ts';

/** A pipeline that is well and whose memory is on its way to its limit. */
export function foreseen(view: PipelineView): PipelineView {
  const minutes = { inMs: 14 * 60_000, earliestMs: 9 * 60_000, latestMs: 22 * 60_000 };
  const parts = [
    { metric: 'memory_usage', kind: 'technical', weight: 1, value: 88 },
    { metric: 'error_rate', kind: 'technical', weight: 3, value: 100 },
    { metric: 'response_time', kind: 'technical', weight: 2, value: 100 },
    { metric: 'cpu_usage', kind: 'technical', weight: 1, value: null },
  ] as const;
  const predicted = [{ metric: 'memory_usage', unit: 'percent', limit: 90, ...minutes }] as const;
  const text = 'memory_usage reaches 90 % in 14 min (9–22)';
  const health = { value: 88, confidence: 0.9, parts };
  return { ...view, risk: risk(0.04), verdict: { ...view.verdict, text, predicted, health } };
}

/** A pipeline whose response time is higher than usual, and not yet so much that it is an anomaly. */
export function nearLimit(name = 'checkout'): PipelineView {
  const text = 'response_time 205 ms, 0.82 of what would be too high';
  const near = evidence({ observed: 205, expected: { low: 120, high: 210 }, score: 0.824, sigma: 3, inARow: 0 });
  return pipeline(name, {
    deployment: deployment(name, 'v412', 'v411', 6),
    verdict: verdict(name, { phase: 'Running', reason: 'near-limit', text, evidence: [near], sinceMs: near.sinceMs }),
  });
}

/** A pipeline that failed, and of which nothing is asked because nobody trusted the configuration. */
export function refused(name = 'checkout'): PipelineView {
  const view = failedPipeline(name);
  const decision = {
    pipeline: name,
    deploymentId: view.deployment?.id ?? null,
    atMs: NOW_MS,
    kind: 'refuse',
    reason: 'untrusted-config',
    text: 'refused: the config is not trusted: run `rollwatch config trust`',
    untilMs: null,
    policy: 'guarded',
    mode: 'ask',
    overridable: [],
  } as const;
  return { ...view, decision };
}
