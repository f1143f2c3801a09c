import { mean } from 'simple-statistics';
import type { Comparison, ComparisonInput } from './comparison.ts';
import { cleaned, effectSize } from './kayenta.ts';

/**
 * The simplest judge: the higher mean is High, the lower one Low, equal ones Pass. Says nothing about chance; it is
 * there to compare against. Source: spinnaker/kayenta a69573b, MeanInequalityClassifier.scala.
 */
export function compareMeans(input: ComparisonInput): Comparison {
  const control = cleaned(input.control, input.nanStrategy);
  const experiment = cleaned(input.experiment, input.nanStrategy);
  if (control.length === 0 || experiment.length === 0) {
    const none = { deviation: 1, estimate: null, ci: null, pValue: null, critical: input.isCriticalMetric };
    return { ...none, classification: 'Nodata', reason: 'no samples' };
  }
  const estimate = mean([...experiment]) - mean([...control]);
  const classification = estimate > 0 ? 'High' : estimate < 0 ? 'Low' : 'Pass';
  const deviation = effectSize(experiment, control, input.params);
  const reason = `the means differ by ${estimate}`;
  return { classification, critical: false, deviation, estimate, ci: null, pValue: null, reason };
}
