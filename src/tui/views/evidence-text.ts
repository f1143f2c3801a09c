import { namedOf } from '../../core/model/evidence-groups.ts';
import type { Evidence } from '../../core/model/verdict.ts';
import { shortMetric, shortValue, valueWithUnit } from '../format/value.ts';

/** What was expected: `120–210`, `at most 600`, `at least 20`; empty where the evidence does not say. */
export function expectedText(evidence: Evidence): string {
  const { expected, limit, unit, direction } = evidence;
  if (expected !== null) return `${shortValue(expected.low, unit)}–${shortValue(expected.high, unit)}`;
  if (limit !== null) return `${direction === 'low' ? 'at least' : 'at most'} ${shortValue(limit, unit)}`;
  return '';
}

/** One piece of evidence in a few words: `rt 912 ms (expected 120–210)`. */
export function evidenceText(evidence: Evidence): string {
  const expected = expectedText(evidence);
  const seen = `${shortMetric(evidence.metric)} ${valueWithUnit(evidence.observed, evidence.unit)}`;
  return expected === '' ? seen : `${seen} (expected ${expected})`;
}

/**
 * How many in a row, or how near the score is to an anomaly where it is none: `5 in a row`, `0.82 of an anomaly`; of a
 * run that has just ended `until a moment ago`.
 */
export function runText({ inARow, score }: Evidence): string {
  if (inARow === 0 && score > 1) return 'until a moment ago';
  return inARow > 0 ? `${inARow} in a row` : `${Math.min(0.99, score).toFixed(2)} of an anomaly`;
}

/**
 * The evidence in one sentence, worst first, at most `count` metrics that stand for themselves or for others. `failing`
 * is how many fail, where there is evidence for some of them only.
 */
export function evidenceSentence(evidence: readonly Evidence[], count: number, failing?: number): string {
  const [first] = evidence;
  // One that stands for many says more than a second one.
  const { leads, more } = namedOf(evidence, first?.movesWith === undefined ? count : 1, failing);
  const shown = leads.map((each) => evidenceText(each) + (each.movesWith ? ` and ${each.movesWith} with it` : ''));
  const inARow = Math.max(0, ...evidence.map((each) => each.inARow));
  const rest = more > 0 ? ` and ${more} more` : '';
  return [shown.join(', ') + rest, ...(inARow > 0 ? [`${inARow} in a row`] : [])].join(', ');
}
