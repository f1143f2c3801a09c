import type { HealthPart, HealthScore } from '../../core/model/verdict.ts';
import { shortMetric } from '../format/value.ts';

/** How many metrics a health is explained with. */
const MOST_PARTS = 3;

/**
 * What a health is made of: its kinds, the metrics that cost it most, the others in a number, the objective that caps
 * it. Null where the score says it all.
 */
export function healthText({ value, parts, technical, business, cappedBy }: HealthScore): string | null {
  const unknown = parts.filter((part) => part.value === null).length;
  const unjudged = parts.filter((part) => part.unjudged === true).length;
  const without = unknown - unjudged;
  if (value === null || (value >= 100 && unknown === 0 && business === undefined)) return null;
  const bad = parts.filter((part) => (part.value ?? 100) < 100);
  const named = bad.toSorted((a, b) => loss(b) - loss(a)).slice(0, MOST_PARTS);
  const well = parts.length - unknown - bad.length;
  const made = [
    ...named.map((part) => `${shortMetric(part.metric)} ${part.value}${part.weight === 1 ? '' : ` ×${part.weight}`}`),
    ...(bad.length > named.length ? [`${bad.length - named.length} more below 100`] : []),
    ...(well > 0 ? [`${bad.length === 0 ? 'all' : 'the other'}${well === 1 ? '' : ` ${well}`} at 100`] : []),
    ...(without > 0 ? [`${without} without fresh data`] : []),
    ...(unjudged > 0 ? [`${unjudged} without a limit or anything to compare with`] : []),
  ];
  const kinds =
    technical === undefined || business === undefined ? [] : [`technical ${technical}, business ${business}`];
  const cap =
    cappedBy === undefined ? [] : [`at most ${cappedBy.cap} while ${shortMetric(cappedBy.metric)} is beyond its limit`];
  const texts = [...cap, ...kinds, ...(made.length === 0 ? [] : [made.join(', ')])];
  return texts.length === 0 ? null : `${Math.round(value)} · ${texts.join(' · ')}`;
}

function loss({ value, weight }: HealthPart): number {
  return (100 - (value ?? 100)) * weight;
}
