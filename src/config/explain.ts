import type { MetricLimits } from '../core/model/limits.ts';
import { specOf } from '../core/series/metric-spec.ts';
import { formatDuration } from './duration.ts';
import { groupsOf } from './groups.ts';
import { placeText, type Layer, type Parsed } from './layers.ts';
import type { GlobalSettings } from './global.ts';
import { metricSpecs } from './metric-specs.ts';
import { matchesPattern } from './pattern.ts';
import { quantityText } from './quantity.ts';
import type { RollbackChoice } from './rollback.ts';
import type { Effective, Resolved } from './resolve.ts';
import type { SettingsLayer } from './schema.ts';

/** One effective setting as an operator reads it. */
export interface EffectiveValue {
  readonly key: string;
  readonly value: string;
  /** `default`, `file:line`, `flag --x`, `environment X` or `name of the metric`. */
  readonly origin: string;
}

/** The metrics that are explained even where the config does not name them. */
const SEED_METRICS = ['cpu_usage', 'memory_usage', 'response_time', 'error_rate'] as const;

/** Settings that are not of a pipeline. */
export function explainGlobal(global: GlobalSettings): readonly EffectiveValue[] {
  const paths = global.sources.value.flatMap((source) => source.paths).join(' ');
  return [
    { key: 'sources', value: paths, origin: global.sources.origin },
    line('calls', global.calls, callsText),
    line(
      'peers',
      global.peers,
      (peers) => [...peers].map(([one, all]) => `${one} ~ ${all.join(' ')}`).join(', ') || 'none',
    ),
    line('stateDir', global.stateDir, (value) => value ?? 'the usual place'),
    line('group', global.group, (value) => value ?? 'none'),
    line('screen.ascii', global.ascii, String),
    line('screen.fps', global.fps, String),
    line('screen.screenReader', global.screenReader, String),
  ];
}

/** Settings of one pipeline, in the order of the schema. */
export function explainPipeline(resolved: Resolved, layers: readonly Layer[]): readonly EffectiveValue[] {
  const { analysis, policy } = resolved;
  const duration = (key: string, one: Effective<number>): EffectiveValue => line(key, one, formatDuration);
  return [
    line('environment', policy.environment, (value) => value ?? 'none'),
    line('production', policy.production, String),
    line('policy', policy.name, String),
    line('mode', policy.mode, String),
    duration('analysis.control', analysis.controlMs),
    duration('analysis.warmUp', analysis.warmUpMs),
    duration('analysis.duration', analysis.analysisMs),
    line('analysis.minimumSamples', analysis.minimumSamples, String),
    line('analysis.persistence', analysis.persistence, String),
    line('analysis.warnScore', analysis.warnScore, String),
    line('analysis.limits', analysis.limits, limitsText),
    line('analysis.riskPrior', analysis.riskPrior, String),
    line('analysis.staleIntervals', analysis.staleIntervals, String),
    line('analysis.traffic', analysis.traffic, (one) =>
      one === null ? 'none' : `${one.metric} ≥ ${one.minimumPerMinute}/min`,
    ),
    line('analysis.objectives', analysis.objectives, objectivesText),
    line('analysis.detectors', analysis.detectors, (all) => all.map(detectorText).join(', ')),
    duration('guards.cooldown', policy.cooldownMs),
    line('guards.budget.perPipeline', policy.budget.perPipeline, String),
    line('guards.budget.perFleet', policy.budget.perFleet, String),
    duration('guards.budget.window', policy.budget.windowMs),
    duration('guards.proposalExpires', policy.proposalExpiresMs),
    duration('guards.autoCountdown', policy.autoCountdownMs),
    line('guards.autoPersistence', policy.autoPersistence, String),
    line('guards.autoScore', policy.autoScore, String),
    line('guards.approvals', policy.approvals, String),
    line('businessHours', policy.businessHours, (all) => all.map((one) => one.name).join(', ') || 'at any time'),
    line('freeze', policy.freezeWindows, (all) => all.map((one) => one.name).join(', ') || 'none'),
    ...explainMetrics(layers),
  ];
}

/** How the pipeline is rolled back. */
export function explainRollback(choice: RollbackChoice | null): EffectiveValue {
  if (choice === null) return { key: 'rollback', value: 'none: dry run only', origin: 'default' };
  const value = choice.dryRun ? `${choice.platform}, dry run` : choice.platform;
  return { key: 'rollback', value, origin: choice.origin };
}

/** The groups of services it belongs to. */
export function explainGroups(parsed: Parsed, pipeline: string | null): readonly EffectiveValue[] {
  return groupsOf(parsed?.file ?? null).flatMap((group, index) => {
    if (parsed === null || (pipeline !== null && !group.has(pipeline))) return [];
    return [{ key: 'groups', value: group.name, origin: placeText(parsed.document, ['groups', index]) }];
  });
}

function explainMetrics(layers: readonly Layer[]): readonly EffectiveValue[] {
  const named = layers.flatMap((layer) => Object.keys(layer.settings.metrics ?? {}));
  const specs = metricSpecs(layers);
  return [...new Set([...SEED_METRICS, ...named])].flatMap((name) => {
    const isPattern = /[*?]/.test(name);
    const spec = isPattern ? specOf(name) : specs(name);
    return (['unit', 'kind', 'worse', 'limit', 'weight'] as const).flatMap((field): readonly EffectiveValue[] => {
      const origin = metricOrigin(layers, name, field);
      if (isPattern && origin === null) return [];
      const own = isPattern ? lastGiven(layers, name, field) : spec[field];
      const shown = field === 'limit' && typeof own === 'number' ? quantityText(spec.unit, own) : String(own ?? 'none');
      return [{ key: `metrics.${name}.${field}`, value: shown, origin: origin ?? 'name of the metric' }];
    });
  });
}

type Field = 'unit' | 'kind' | 'worse' | 'limit' | 'weight';
type Metrics = NonNullable<SettingsLayer['metrics']>;

function lastGiven(layers: readonly Layer[], name: string, field: Field): string | number | undefined {
  return layers.findLast((layer) => layer.settings.metrics?.[name]?.[field] !== undefined)?.settings.metrics?.[name]?.[
    field
  ];
}

function metricOrigin(layers: readonly Layer[], name: string, field: Field): string | null {
  for (const layer of layers.toReversed()) {
    const metrics: Metrics = layer.settings.metrics ?? {};
    const pattern = Object.keys(metrics).findLast((key) => fits(key, name) && metrics[key]?.[field] !== undefined);
    if (pattern !== undefined) return layer.origin(['metrics', pattern, field]);
  }
  return null;
}

function fits(pattern: string, name: string): boolean {
  return pattern === name || matchesPattern(pattern, name);
}

function detectorText(one: { readonly name: string; readonly parameters: Readonly<Record<string, number>> }): string {
  const set = Object.entries(one.parameters).map(([name, value]) => `${name} ${value}`);
  return set.length === 0 ? one.name : `${one.name} (${set.join(', ')})`;
}

function line<T>(key: string, one: Effective<T>, text: (value: T) => string): EffectiveValue {
  return { key, value: text(one.value), origin: one.origin };
}

function limitsText(limits: MetricLimits | null | undefined): string {
  if (limits === null || limits === undefined) return 'none: persistence decides';
  const { count, intervalMs, failureLimit, inconclusiveLimit, consecutiveErrorLimit, consecutiveSuccessLimit } = limits;
  const each = `every ${formatDuration(intervalMs ?? 0)}${count === null ? '' : `, ${count} in all`}`;
  const successes = consecutiveSuccessLimit === 0 ? '' : `, done after ${consecutiveSuccessLimit} successes in a row`;
  return `${each}; at most ${failureLimit} failed, ${inconclusiveLimit} inconclusive, ${consecutiveErrorLimit} errors in a row${successes}`;
}

function callsText(calls: ReadonlyMap<string, readonly string[]>): string {
  return [...calls].map(([caller, callees]) => `${caller} → ${callees.join(' ')}`).join(', ') || 'not known';
}

function objectivesText(objectives: Readonly<Record<string, number>>): string {
  const each = Object.entries(objectives).map(([metric, cap]) => `${metric} caps health at ${cap}`);
  return each.length === 0 ? 'none' : each.join(', ');
}
