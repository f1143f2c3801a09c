import { describe, expect, it } from 'vitest';
import type { Evaluation } from '../../../../src/core/risk/model-file.ts';
import { reliabilityText } from '../../../../src/core/risk/reliability-text.ts';

const MEASURED: Evaluation = {
  protocol: 'last 30 % by time',
  rows: 240,
  positives: 48,
  auc: { value: 0.7206, low: 0.6311, high: 0.8078 },
  prAuc: 0.39,
  brier: 0.15,
  ece: 0.09,
};

describe('reliabilityText', () => {
  it('says how well, how sure, and on what', () => {
    expect(reliabilityText(MEASURED, 'held-back')).toBe('AUC 0.72 (0.63–0.81) on 240 held-back deployments, 48 bad');
    expect(reliabilityText(MEASURED, 'here')).toBe('AUC 0.72 (0.63–0.81) on 240 deployments here, 48 bad');
  });

  it('admits what is not known', () => {
    expect(reliabilityText(null, 'held-back')).toBe('not measured: too few deployments to hold some back');
    const chance = { ...MEASURED, auc: { value: 0.55, low: 0.48, high: 0.62 } };
    expect(reliabilityText(chance, 'held-back')).toBe(
      'AUC 0.55 (0.48–0.62) on 240 held-back deployments, 48 bad: may know nothing',
    );
  });
});
