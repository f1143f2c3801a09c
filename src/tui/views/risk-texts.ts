import type { Risk } from '../../core/model/risk.ts';
import { dateTime } from '../format/time.ts';
import { percentText } from '../format/value.ts';

/** Contributions smaller than this would be written as 0. */
const TELLING = 0.005;

/** The probability with what is usual: `HIGH 78 %, usual 3 %, HIGH from 30 %`. */
export function riskHead({ label, probability, baseRate, thresholdProbability }: Risk): string {
  const [is, usual, from] = [probability, baseRate, thresholdProbability].map(percentText);
  return `${label} ${is}, usual ${usual}, HIGH from ${from}`;
}

/** The `most` features that say most, each with what it adds: `+0.80 41 files changed`. */
export function riskReasons({ reasons }: Risk, most: number): readonly string[] {
  return reasons
    .filter(({ contribution }) => Math.abs(contribution) >= TELLING)
    .slice(0, most)
    .map(({ contribution, text }) => `${signed(contribution)} ${text}`);
}

/** How the contributions sum to the score, which is the probability as log odds; the first `most` are named elsewhere. */
export function riskSum({ reasons, bias, rawScore }: Risk, most: number): string {
  const shown = reasons.filter(({ contribution }) => Math.abs(contribution) >= TELLING).slice(0, most);
  const rest = rawScore - bias - shown.reduce((sum, { contribution }) => sum + contribution, 0);
  const others = reasons.length - shown.length;
  const more = Math.abs(rest) >= TELLING ? `, ${signed(rest)} from ${others > 0 ? `${others} more` : 'the rest'}` : '';
  return `${signed(bias)} to begin with${more}: ${signed(rawScore)} log odds`;
}

/** What became of the most similar deployments: `2 of 3 went bad: api v7 bad on 2026-01-20, …`; null where none is known. */
export function similarText({ similar = [] }: Risk): string | null {
  if (similar.length === 0) return null;
  const bad = similar.filter((one) => one.bad).length;
  const each = similar.map((one) => `${one.what} ${one.bad ? 'bad' : 'good'} on ${dateTime(one.atMs).slice(0, 10)}`);
  return `${bad} of ${similar.length} went bad: ${each.join(', ')}`;
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;
}
