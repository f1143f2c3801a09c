import type { AnalysisSettings } from '../model/policy.ts';
import type { Risk } from '../model/risk.ts';

/** One anomalous sample is ordinary: however risky a deployment is, it takes two in a row to blame it. */
const FEWEST = 2;
/** A deployment with less than this share of the usual risk counts as safe. */
const SAFE_SHARE = 0.5;

/** What of the analysis settings the prior depends on. */
export type PriorSettings = Pick<AnalysisSettings, 'persistence' | 'riskPrior'>;

/**
 * Anomalous samples in a row that make a deployment Failed, given what the risk model said of it beforehand.
 *
 * HIGH: one fewer, never below 2 (nor above what is configured), because the same numbers are more likely to be real
 * where a failure was to be expected. LOW with less than half the usual probability: one more, because there they are
 * more likely to be chance. Everything in between, no risk known, or `riskPrior` off: as configured. It moves by one
 * sample and no further, so that the metrics decide; what `auto` needs (`autoPersistence`) is not touched.
 */
export function persistenceFor(risk: Risk | null, { persistence, riskPrior }: PriorSettings): number {
  if (risk === null || !riskPrior) return persistence;
  if (risk.label === 'HIGH') return Math.min(persistence, Math.max(FEWEST, persistence - 1));
  return risk.probability < risk.baseRate * SAFE_SHARE ? persistence + 1 : persistence;
}

/** What the prior changed, in words: `risk HIGH: 2 in a row suffice`; empty where it changed nothing. */
export function priorText(risk: Risk | null, settings: PriorSettings): string {
  const needed = persistenceFor(risk, settings);
  if (risk === null || needed === settings.persistence) return '';
  return needed < settings.persistence
    ? `risk ${risk.label}: ${needed} in a row suffice`
    : `risk ${risk.label}: ${needed} in a row needed`;
}
