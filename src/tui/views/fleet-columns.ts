import type { MetricSpec } from '../../core/model/metric.ts';
import type { PipelineView } from '../../core/session/snapshot.ts';

/** One column of the fleet table. */
export type Column =
  | {
      readonly kind: 'mark' | 'name' | 'environment' | 'version' | 'age' | 'health' | 'risk' | 'worst' | 'verdict';
      readonly width: number;
    }
  | { readonly kind: 'metric'; readonly width: number; readonly spec: MetricSpec };

/** Below this width a pipeline is mark, name and verdict. */
export const NARROW_COLUMNS = 60;
/** From this width on each of the fleet's main metrics has a column of its own. */
export const WIDE_COLUMNS = 110;

const USUAL = ['cpu_usage', 'memory_usage', 'response_time', 'error_rate'];

/** The metrics most pipelines show, at most `count`; the usual four in their usual order first. */
export function commonMetrics(pipelines: readonly PipelineView[], count: number): readonly MetricSpec[] {
  const seen = new Map<string, { spec: MetricSpec; times: number }>();
  for (const { spec } of pipelines.flatMap((pipeline) => pipeline.sparks)) {
    const known = seen.get(spec.name);
    if (known === undefined) seen.set(spec.name, { spec, times: 1 });
    else known.times += 1;
  }
  const rank = (name: string): number => (USUAL.includes(name) ? USUAL.indexOf(name) : USUAL.length);
  return [...seen.values()]
    .sort((a, b) => b.times - a.times || rank(a.spec.name) - rank(b.spec.name) || (a.spec.name < b.spec.name ? -1 : 1))
    .slice(0, count)
    .map((each) => each.spec)
    .sort((a, b) => rank(a.name) - rank(b.name));
}

/**
 * Columns of the table for a terminal's width; their widths and the one blank between each two sum to at most `columns`.
 * `nameWidth` is the width of the longest name.
 */
export function fleetColumns(
  columns: number,
  pipelines: readonly PipelineView[],
  nameWidth: number,
): readonly Column[] {
  const room = columns - 1;
  if (columns < NARROW_COLUMNS) {
    const name = clamp(nameWidth, 8, Math.floor(columns / 3));
    return close(
      [
        { kind: 'mark', width: 3 },
        { kind: 'name', width: name },
      ],
      room,
    );
  }
  if (columns < WIDE_COLUMNS) {
    const tight = columns < 72;
    const fixed: Column[] = [
      { kind: 'mark', width: 3 },
      { kind: 'name', width: clamp(nameWidth, 8, Math.floor(columns / 5)) },
      { kind: 'version', width: columns >= 96 ? 12 : 8 },
      { kind: 'health', width: 6 },
      ...(tight ? [] : [{ kind: 'risk', width: 10 } as const]),
      { kind: 'worst', width: columns >= 96 ? 21 : 17 },
    ];
    return close(fixed, room);
  }
  const spark = clamp(Math.floor((columns - 60) / 12), 5, 16);
  const metrics = commonMetrics(pipelines, 4).map((spec) => ({ kind: 'metric', width: spark + 7, spec }) as const);
  const wide = columns >= 150;
  const fixed: Column[] = [
    { kind: 'mark', width: 3 },
    { kind: 'name', width: clamp(nameWidth, 8, wide ? 28 : 16) },
    { kind: 'environment', width: wide ? 10 : 5 },
    { kind: 'version', width: wide ? 16 : 11 },
    { kind: 'age', width: 4 },
    { kind: 'health', width: 6 },
    { kind: 'risk', width: 10 },
    ...metrics,
  ];
  return close(fixed, room);
}

function close(fixed: readonly Column[], room: number): readonly Column[] {
  const used = fixed.reduce((sum, column) => sum + column.width + 1, 0);
  return [...fixed, { kind: 'verdict', width: Math.max(8, room - used) }];
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), Math.max(low, high));
}
