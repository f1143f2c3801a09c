import type { MetricSpec } from '../../core/model/metric.ts';
import type { PipelineView } from '../../core/session/snapshot.ts';
import { visible, width } from '../format/text.ts';

/** Columns that every fleet has; which of them are shown depends on the terminal's width. */
export type PlainColumn = 'mark' | 'name' | 'environment' | 'version' | 'age' | 'health' | 'risk' | 'verdict';

/** One column of the fleet table. */
export type Column =
  | { readonly kind: PlainColumn; readonly width: number }
  /** The same metric for all pipelines, named in the heading. */
  | { readonly kind: 'metric'; readonly width: number; readonly spec: MetricSpec }
  /** A pipeline's own metric, named in the cell; 0 = the one to look at first. */
  | { readonly kind: 'spark'; readonly width: number; readonly index: number };

/** Below this width a pipeline is mark, name and verdict. */
export const NARROW_COLUMNS = 60;
/** From this width on there is room for several metrics. */
export const WIDE_COLUMNS = 116;

const SPARKS = 4;
/** What a verdict needs at least to be understood, and what is enough for most. */
const SHORTEST_VERDICT = 20;
const USUAL_VERDICT = 40;
const USUAL = ['cpu_usage', 'memory_usage', 'response_time', 'error_rate'];

/**
 * The metrics that all pipelines have, where they have the same few and no others: then each gets a column of its own.
 * Else null: each pipeline shows what matters for it.
 */
export function sharedMetrics(fleet: readonly PipelineView[]): readonly MetricSpec[] | null {
  // A pipeline that has not reported yet has no say.
  const pipelines = fleet.filter((view) => view.metricCount > 0);
  const rank = (name: string): number => (USUAL.includes(name) ? USUAL.indexOf(name) : USUAL.length);
  const specs = (pipelines[0]?.sparks ?? []).map((spark) => spark.spec);
  const isShared = pipelines.every(
    ({ metricCount, sparks }) =>
      metricCount <= SPARKS &&
      sparks.length === specs.length &&
      sparks.every(({ spec }) => specs.some((each) => each.name === spec.name)),
  );
  return isShared ? specs.toSorted((a, b) => rank(a.name) - rank(b.name)) : null;
}

/** Version and the one before it as the table writes them: `v412 ← 411`. */
export function versionText({ deployment }: PipelineView): { readonly version: string; readonly previous: string } {
  if (deployment === null) return { version: '–', previous: '' };
  const version = visible(deployment.version);
  if (deployment.previous === null) return { version, previous: '' };
  const arrow = deployment.origin === 'rollback' ? '⟲' : '←';
  return { version, previous: ` ${arrow} ${visible(deployment.previous).replace(/^v(?=\d)/, '')}` };
}

/** A version alone, marked where it was put back: `⟲v411`. */
export function briefVersion(view: PipelineView): string {
  return `${view.deployment?.origin === 'rollback' ? '⟲' : ''}${versionText(view).version}`;
}

function fullVersion(view: PipelineView): string {
  const { version, previous } = versionText(view);
  return version + previous;
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
  const short = clamp(longest(briefVersion), 7, 14);
  const mark: Column = { kind: 'mark', width: 2 };
  if (columns < NARROW_COLUMNS) return close([mark, name(Math.floor(columns / 3))], columns);
  if (columns < WIDE_COLUMNS) {
    const isRoomy = columns >= 72;
    const version: Column = { kind: 'version', width: Math.min(short, isRoomy ? 8 : 7) };
    const risk: readonly Column[] = isRoomy ? [{ kind: 'risk', width: 9 }] : [];
    const worst: Column = { kind: 'spark', width: clamp(Math.floor((columns - 48) / 2), 16, 24), index: 0 };
    return close([mark, name(Math.floor(columns / 5)), version, { kind: 'health', width: 6 }, ...risk, worst], columns);
  }
  const isWide = columns >= 150;
  const full = longest(isWide ? fullVersion : briefVersion);
  const environment = longest((view) => environmentText(view, isWide));
  const fixed: readonly Column[] = [
    mark,
    name(isWide ? 24 : 16),
    { kind: 'environment', width: clamp(environment, 4, isWide ? 10 : 6) },
    { kind: 'version', width: clamp(full, 7, isWide ? 16 : 9) },
    { kind: 'age', width: 4 },
    { kind: 'health', width: 6 },
    { kind: 'risk', width: 9 },
  ];
  const room = columns - 1 - taken(fixed) - SHORTEST_VERDICT;
  return close([...fixed, ...metricColumns(room, pipelines)], columns);
}

/** An environment as the table writes it, the usual long ones shortened where there is little room. */
export function environmentText({ environment }: PipelineView, isWide: boolean): string {
  if (environment === null) return '–';
  return isWide ? visible(environment) : (SHORT_ENVIRONMENTS[environment] ?? visible(environment));
}

const SHORT_ENVIRONMENTS: Readonly<Record<string, string>> = {
  production: 'prod',
  staging: 'stage',
  development: 'dev',
};

// As many as leave the verdict enough room; what is left over makes the bars longer, then the verdict.
function metricColumns(room: number, pipelines: readonly PipelineView[]): readonly Column[] {
  const shared = sharedMetrics(pipelines);
  if (shared !== null) {
    const bars = clamp(Math.floor((room * 0.8) / Math.max(1, shared.length)) - 7, 4, 16);
    return shared.map((spec) => ({ kind: 'metric', width: bars + 6, spec }));
  }
  // Each more than the one that matters most has to leave the verdict what most sentences need.
  const spare = room - (USUAL_VERDICT - SHORTEST_VERDICT);
  const count = clamp(Math.floor(spare / 21), 1, SPARKS);
  const cell = clamp(Math.floor(spare / count) - 1, 20, 26);
  return Array.from({ length: count }, (_, index) => ({ kind: 'spark', width: cell, index }));
}

function taken(columns: readonly Column[]): number {
  return columns.reduce((sum, column) => sum + column.width + 1, 0);
}

function close(fixed: readonly Column[], columns: number): readonly Column[] {
  return [...fixed, { kind: 'verdict', width: Math.max(8, columns - 1 - taken(fixed)) }];
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), Math.max(low, high));
}
