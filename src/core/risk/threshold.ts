import { ranked } from './metrics.ts';
import { RiskError } from './risk-error.ts';

/**
 * Where HIGH begins. `share`: the riskiest share of past deployments (0..1). `cost`: a missed bad deployment costs
 * `missed` times as much as a needless alarm, so HIGH from 1 / (1 + missed).
 */
export type ThresholdRule =
  { readonly kind: 'share'; readonly share: number } | { readonly kind: 'cost'; readonly missed: number };

/**
 * The probability from which a deployment is HIGH.
 *
 * @throws RiskError `bad-setting` when share is not in (0, 1) or missed is not above 0.
 */
export function thresholdProbability(rule: ThresholdRule, probabilities: Float64Array): number {
  if (rule.kind === 'cost') {
    if (!(rule.missed > 0)) throw new RiskError('bad-setting', `Cost of a miss must be above 0; found ${rule.missed}.`);
    return 1 / (1 + rule.missed);
  }
  if (!(rule.share > 0 && rule.share < 1)) {
    throw new RiskError('bad-setting', `The share of HIGH deployments must be between 0 and 1; found ${rule.share}.`);
  }
  const order = ranked(probabilities);
  return probabilities[order[Math.min(order.length - 1, Math.ceil((1 - rule.share) * order.length))]!]!;
}
