import { valueText } from './value-text.ts';
import type { Prediction } from './verdict.ts';
import { visibleText } from './visible.ts';

/** `memory_usage reaches 90 % in 14 min (9–22)`; seconds below two minutes. */
export function predictionPhrase({ metric, unit, limit, inMs, earliestMs, latestMs }: Prediction): string {
  const [each, word] = inMs < 120_000 ? [1000, 's'] : [60_000, 'min'];
  const [at, from, to] = [inMs, earliestMs, latestMs].map((ms) => Math.round(ms / each));
  return `${visibleText(metric, 60)} reaches ${valueText(limit, unit)} in ${at} ${word} (${from}–${to})`;
}
