import type { Evaluation } from './model-file.ts';

/** Where a model was measured: on what it was not trained with, or on the deployments of this place. */
export type MeasuredOn = 'held-back' | 'here';

/** How far a model can be believed, in one line: `AUC 0.72 (0.63–0.81) on 240 held-back deployments, 48 bad`. */
export function reliabilityText(evaluation: Evaluation | null, on: MeasuredOn): string {
  if (evaluation === null) return 'not measured: too few deployments to hold some back';
  const { auc, rows, positives } = evaluation;
  const range = `AUC ${auc.value.toFixed(2)} (${auc.low.toFixed(2)}–${auc.high.toFixed(2)})`;
  const measured = on === 'here' ? `${rows} deployments here` : `${rows} held-back deployments`;
  const doubt = auc.low <= 0.5 ? ': may know nothing' : '';
  return `${range} on ${measured}, ${positives} bad${doubt}`;
}
