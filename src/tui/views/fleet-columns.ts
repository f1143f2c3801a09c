import type { MetricSpec } from '../../core/model/metric.ts';
import type { PipelineView } from '../../core/session/snapshot.ts';
import { visible, width } from '../format/text.ts';

/** Columns that every fleet has; which of them are shown depends on the terminal's width. */
export type PlainColumn = 'mark' | 'name' | 'environment' | 'version' | 'age' | 'health' | 'risk' | 'worst' | 'verdict';

/** One column of the fleet table. */
export type Column =
  | { readonly kind: PlainColumn; readonly width: number }
  | { readonly kind: 'metric'; readonly width: number; readonly spec: MetricSpec };

/** Below this width a pipeline is mark, name and verdict. */
export const NARROW_COLUMNS = 60;
/** From this width on each of the fleet's main metrics has a column of its own. */
export const WIDE_COLUMNS = 116;

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

/** Version and the one before it as the table writes them: `v412 ← 411`. */
export function versionText({ deployment }: PipelineView): { readonly version: string; readonly previous: string } {
  if (deployment === null) return { version: '–', previous: '' };
  const version = visible(deployment.version);
  if (deployment.previous === null) return { version, previous: '' };
  const arrow = deployment.origin === 'rollback' ? '⟲' : '←';
  return { version, previous: ` ${arrow} ${visible(deployment.previous).replace(/^v(?=\d)/, '')}` };
}

/**
 * Columns of the table for a terminal's width. They are as wide as the whole fleet needs, so that scrolling moves
 * nothing; with the one blank between each two they take `columns - 1`.
 */
export function fleetColumns(columns: number, pipelines: readonly PipelineView[]): readonly Column[] {
  const longest = (text: (view: PipelineView) => string): number =>
    Math.max(0, ...pipelines.map((view) => width(text(view))));
  const name = (most: number): Column => ({
    kind: 'name',
    width: clamp(
      longest((view) => visible(view.pipeline)),
      8,
      most,
    ),
  });
  const short = clamp(
    longest((view) => versionText(view).version),
    7,
    14,
  );
  const mark: Column = { kind: 'mark', width: 2 };
  if (columns < NARROW_COLUMNS) return close([mark, name(Math.floor(columns / 3))], columns);
  if (columns < WIDE_COLUMNS) {
    const isRoomy = columns >= 72;
    const version: Column = { kind: 'version', width: Math.min(short, isRoomy ? 10 : 7) };
    const risk: readonly Column[] = isRoomy ? [{ kind: 'risk', width: 9 }] : [];
    const worst: Column = { kind: 'worst', width: clamp(columns - 62, 16, 24) };
    return close([mark, name(Math.floor(columns / 5)), version, { kind: 'health', width: 6 }, ...risk, worst], columns);
  }
  const bars = clamp(Math.floor((columns - 70) / 10), 5, 16);
  const metrics = commonMetrics(pipelines, 4).map((spec) => ({ kind: 'metric', width: bars + 6, spec }) as const);
  const isWide = columns >= 150;
  const full = longest((view) => versionText(view).version + versionText(view).previous);
  return close(
    [
      mark,
      name(isWide ? 30 : 14),
      {
        kind: 'environment',
        width: clamp(
          longest((view) => visible(view.environment ?? '')),
          4,
          isWide ? 14 : 6,
        ),
      },
      { kind: 'version', width: clamp(full, 7, isWide ? 20 : 11) },
      { kind: 'age', width: 3 },
      { kind: 'health', width: 6 },
      { kind: 'risk', width: 9 },
      ...metrics,
    ],
    columns,
  );
}

function close(fixed: readonly Column[], columns: number): readonly Column[] {
  const used = fixed.reduce((sum, column) => sum + column.width + 1, 0);
  return [...fixed, { kind: 'verdict', width: Math.max(8, columns - 1 - used) }];
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), Math.max(low, high));
}
