import type { ComparisonInput } from './comparison.ts';

/** Beyond this many samples a side is thinned evenly: the answer no longer changes, the number of pairs would. */
const MOST_SAMPLES = 600;

/**
 * Control and experiment in their order, missing samples removed or replaced by 0 (a side without any counts as all 0
 * then), thinned evenly to at most 600 each.
 */
export function samplesOf(input: ComparisonInput): readonly [readonly number[], readonly number[]] {
  const { control, experiment, nanStrategy } = input;
  if (nanStrategy === 'remove') {
    return [thinned(control.filter(Number.isFinite)), thinned(experiment.filter(Number.isFinite))];
  }
  const filled = (own: readonly number[], other: readonly number[]): readonly number[] =>
    own.length === 0 ? other.map(() => 0) : own.map((value) => (Number.isFinite(value) ? value : 0));
  return [thinned(filled(control, experiment)), thinned(filled(experiment, control))];
}

function thinned(values: readonly number[]): readonly number[] {
  if (values.length <= MOST_SAMPLES) return values;
  return Array.from({ length: MOST_SAMPLES }, (_, i) => values[Math.floor((i * values.length) / MOST_SAMPLES)]!);
}
