import type { MetricSpec } from '../core/model/metric.ts';
import type { PipelineSettings } from '../core/model/policy.ts';
import type { Resolved } from './resolve.ts';

/** Effective settings without their origins: what the core takes. */
export function settingsFrom(
  pipeline: string,
  { analysis, policy }: Resolved,
  metrics: (name: string) => MetricSpec,
): PipelineSettings {
  return {
    pipeline,
    analysis: {
      controlMs: analysis.controlMs.value,
      warmUpMs: analysis.warmUpMs.value,
      analysisMs: analysis.analysisMs.value,
      minimumSamples: analysis.minimumSamples.value,
      persistence: analysis.persistence.value,
      warnScore: analysis.warnScore.value,
      limits: analysis.limits.value,
      riskPrior: analysis.riskPrior.value,
      staleIntervals: analysis.staleIntervals.value,
      traffic: analysis.traffic.value,
      objectives: analysis.objectives.value,
      detectors: analysis.detectors.value,
    },
    policy: {
      name: policy.name.value,
      mode: policy.mode.value,
      environment: policy.environment.value,
      production: policy.production.value,
      cooldownMs: policy.cooldownMs.value,
      budget: {
        perPipeline: policy.budget.perPipeline.value,
        perFleet: policy.budget.perFleet.value,
        windowMs: policy.budget.windowMs.value,
      },
      freezeWindows: policy.freezeWindows.value,
      proposalExpiresMs: policy.proposalExpiresMs.value,
      autoCountdownMs: policy.autoCountdownMs.value,
      autoPersistence: policy.autoPersistence.value,
      autoScore: policy.autoScore.value,
      businessHours: policy.businessHours.value,
      approvals: policy.approvals.value,
    },
    metrics,
  };
}
