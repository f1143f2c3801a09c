import type { SideSamples } from '../../core/judge/cohorts.ts';
import { JUDGES } from '../../core/judge/compare/judges.ts';
import type { BadDirection, Comparison } from '../../core/judge/compare/comparison.ts';
import type { WorseDirection } from '../../core/model/metric.ts';
import { isTrafficMetric } from '../../core/series/metric-spec.ts';
import { visibleText } from '../../core/model/visible.ts';
import type { Act } from './act.ts';

/** Which of two versions that serve side by side is the worse one; `unknown` = too few samples to tell. */
export interface SideComparison {
  readonly worse: 'present' | 'earlier' | 'neither' | 'both' | 'unknown';
  readonly text: string;
}

const BAD: Readonly<Record<WorseDirection, BadDirection>> = { up: 'increase', down: 'decrease', both: 'either' };
const SHOWN = 3;

/** Compares the present version with the earlier one by the samples of both since a time (Unix ms); null where versions are not told apart. */
export function compareSides(act: Act, sinceMs: number): SideComparison | null {
  const { pipeline, fromVersion, toVersion } = act.plan;
  const present = act.deps.samplesOf?.(pipeline, fromVersion, sinceMs) ?? null;
  const earlier = act.deps.samplesOf?.(pipeline, toVersion, sinceMs) ?? null;
  if (present === null || earlier === null) return null;
  const ofPresent = compareWith(present, earlier);
  const ofEarlier = compareWith(earlier, present);
  if (ofPresent.compared === 0) return { worse: 'unknown', text: 'too few samples of both versions to compare them' };
  const [presentBad, earlierBad] = [ofPresent.bad.length > 0, ofEarlier.bad.length > 0];
  if (presentBad && earlierBad)
    return { worse: 'both', text: `each is worse in something: ${listed(ofPresent.bad)}; ${listed(ofEarlier.bad)}` };
  if (presentBad)
    return { worse: 'present', text: `${visibleText(fromVersion, 60)} is the worse one: ${listed(ofPresent.bad)}` };
  if (earlierBad)
    return { worse: 'earlier', text: `${visibleText(toVersion, 60)} is the worse one: ${listed(ofEarlier.bad)}` };
  return {
    worse: 'neither',
    text: `neither version is worse in any of ${ofPresent.compared} metrics: the version is not to blame`,
  };
}

function compareWith(
  experiment: SideSamples,
  control: SideSamples,
): { readonly compared: number; readonly bad: readonly string[] } {
  const bad: string[] = [];
  let compared = 0;
  for (const [name, { spec, values }] of experiment) {
    const other = control.get(name);
    // How much a side is asked is the traffic's to say, not its health.
    if (other === undefined || spec.weight === 0 || isTrafficMetric(name)) continue;
    const result = JUDGES.default.compare({
      control: [...other.values],
      experiment: [...values],
      params: { ...JUDGES.default.parameters, direction: BAD[spec.worse] },
      nanStrategy: 'remove',
      isCriticalMetric: false,
      isDataRequired: false,
    });
    if (result.classification !== 'Nodata') compared += 1;
    if (isBad(result)) bad.push(`${visibleText(name, 60)} ${result.reason}`);
  }
  return { compared, bad };
}

function isBad({ classification }: Comparison): boolean {
  return classification === 'High' || classification === 'Low';
}

function listed(texts: readonly string[]): string {
  const more = texts.length > SHOWN ? ` and ${texts.length - SHOWN} more` : '';
  return `${texts.slice(0, SHOWN).join(', ')}${more}`;
}
