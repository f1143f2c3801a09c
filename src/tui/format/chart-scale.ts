import type { Unit } from '../../core/model/metric.ts';
import type { ChartView } from '../../core/session/snapshot.ts';
import { shortValue } from './value.ts';

const MOST_DIGITS = 4;

/** Range of the y axis, and the round values that get a label. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
}

/** A y axis around the values, ending on round numbers; null without any value. `rows` is the height of the plot. */
export function scaleOf(chart: ChartView, values: readonly (number | null)[], rows: number): Scale | null {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return null;
  let low = known.reduce((a, b) => Math.min(a, b));
  let high = known.reduce((a, b) => Math.max(a, b));
  const { limit, spec } = chart;
  // The limit belongs into the picture where the values are anywhere near it.
  if (limit !== null && spec.worse !== 'down' && high > limit * 0.4) high = Math.max(high, limit);
  if (limit !== null && spec.worse === 'down') low = Math.min(low, limit);
  if (low > 0 && low < high * 0.6) low = 0;
  // A flat line gets room on both sides, so that noise does not look like an event.
  const margin = Math.max(1e-9, Math.abs(high) * 0.1);
  if (high - low < margin) {
    low = low >= 0 ? Math.max(0, low - margin) : low - margin;
    high += margin;
  }
  const step = roundStep((high - low) / Math.max(1, Math.min(6, Math.floor(rows / 3))));
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
  return { low: first * step, high: last * step, ticks };
}

/** The labels of an axis in at most `columns`, as short as tells them apart. */
export function tickLabels({ ticks }: Scale, unit: Unit, columns: number): readonly string[] {
  const short = ticks.map((tick) => shortValue(tick, unit));
  if (new Set(short).size === short.length) return short;
  for (let digits = 0; digits <= MOST_DIGITS; digits += 1) {
    const exact = ticks.map((tick) => tick.toFixed(digits));
    if (exact.some((text) => text.length > columns)) return short;
    if (new Set(exact).size === exact.length && ticks.every((tick, i) => Math.abs(tick - Number(exact[i])) < 1e-9))
      return exact;
  }
  return short;
}

/** Row of a value, 0 at the top, `height` at the bottom; values outside the scale stand at its edge. */
export function rowOf(value: number, { low, high }: Scale, height: number): number {
  const ratio = Math.min(1, Math.max(0, (value - low) / (high - low)));
  return height - Math.round(ratio * height);
}

function roundStep(atLeast: number): number {
  const power = 10 ** Math.floor(Math.log10(atLeast));
  const factor = [1, 2, 2.5, 5, 10].find((each) => each * power >= atLeast * (1 - 1e-9)) ?? 10;
  return factor * power;
}
