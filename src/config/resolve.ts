import type { Mode } from '../core/model/decision.ts';
import { DEFAULT_LIMITS } from '../core/judge/limits/measurement.ts';
import type { MetricLimits } from '../core/model/limits.ts';
import type { AnalysisSettings, DetectorChoice, FreezeWindow, Policy } from '../core/model/policy.ts';
import { DEFAULT_ANALYSIS, DEFAULT_POLICY } from './defaults.ts';
import type { EnvironmentChoice, Layer, Outside } from './layers.ts';
import type { SettingsLayer } from './schema.ts';

/** A value and where it comes from. */
export interface Effective<T> {
  readonly value: T;
  readonly origin: string;
}

/** Effective settings of one pipeline, each with its origin. */
export interface Resolved {
  readonly analysis: {
    readonly [K in keyof Required<AnalysisSettings>]: Effective<Required<AnalysisSettings>[K]>;
  };
  readonly policy: { readonly [K in keyof Omit<Required<Policy>, 'budget'>]: Effective<Required<Policy>[K]> } & {
    readonly budget: { readonly [K in keyof Policy['budget']]: Effective<Policy['budget'][K]> };
  };
}

const MODES: readonly Mode[] = ['observe', 'ask', 'auto'];

/** An environment with such a name is production unless the config says otherwise. */
const PRODUCTION_NAME = /^(?:prod|production|live)(?:[-_].*)?$/i;

/** Lets the strongest layer decide each key; flags and the process environment come last and can only lower the mode. */
export function resolve(layers: readonly Layer[], environment: EnvironmentChoice, outside: Outside): Resolved {
  const analysis = resolveAnalysis(layers);
  const picked = <T>(key: readonly string[], take: (one: SettingsLayer) => T | undefined, fallback: T): Effective<T> =>
    pick(layers, key, take, fallback);
  const guard = <T>(key: string, take: (one: NonNullable<SettingsLayer['guards']>) => T | undefined, fallback: T) =>
    picked(['guards', ...key.split('.')], (one) => one.guards && take(one.guards), fallback);
  const auto = guard('autoPersistence', (one) => one.autoPersistence, DEFAULT_POLICY.autoPersistence);
  const persistence = analysis.persistence;
  return {
    analysis,
    policy: {
      approvals: guard('approvals', (one) => one.approvals, 1),
      businessHours: picked(['businessHours'], (one) => one.businessHours?.map(freezeWindow), []),
      name: outside.policy ?? picked(['policy'], (one) => one.policy, DEFAULT_POLICY.name),
      mode: lowered(
        picked(['mode'], (one) => one.mode, DEFAULT_POLICY.mode),
        environment,
        outside,
      ),
      environment: { value: environment.name, origin: environment.origin },
      production: picked(['production'], (one) => one.production, PRODUCTION_NAME.test(environment.name ?? '')),
      cooldownMs: guard('cooldown', (one) => one.cooldown, DEFAULT_POLICY.cooldownMs),
      budget: {
        perPipeline: guard('budget.perPipeline', (one) => one.budget?.perPipeline, DEFAULT_POLICY.budget.perPipeline),
        perFleet: guard('budget.perFleet', (one) => one.budget?.perFleet, DEFAULT_POLICY.budget.perFleet),
        windowMs: guard('budget.window', (one) => one.budget?.window, DEFAULT_POLICY.budget.windowMs),
      },
      freezeWindows: allFreezeWindows(layers),
      proposalExpiresMs: guard('proposalExpires', (one) => one.proposalExpires, DEFAULT_POLICY.proposalExpiresMs),
      autoCountdownMs: guard('autoCountdown', (one) => one.autoCountdown, DEFAULT_POLICY.autoCountdownMs),
      autoScore: guard('autoScore', (one) => one.autoScore, DEFAULT_POLICY.autoScore ?? 1),
      autoPersistence:
        auto.value >= persistence.value ? auto : { ...persistence, origin: `${persistence.origin} (persistence)` },
    },
  };
}

function resolveAnalysis(layers: readonly Layer[]): Resolved['analysis'] {
  type Given = NonNullable<SettingsLayer['analysis']>;
  const of = <T>(key: string, take: (one: Given) => T | undefined, fallback: T): Effective<T> =>
    pick(layers, ['analysis', key], (one) => one.analysis && take(one.analysis), fallback);
  return {
    controlMs: of('control', (one) => one.control, DEFAULT_ANALYSIS.controlMs),
    warmUpMs: of('warmUp', (one) => one.warmUp, DEFAULT_ANALYSIS.warmUpMs),
    analysisMs: of('duration', (one) => one.duration, DEFAULT_ANALYSIS.analysisMs),
    minimumSamples: of('minimumSamples', (one) => one.minimumSamples, DEFAULT_ANALYSIS.minimumSamples),
    persistence: of('persistence', (one) => one.persistence, DEFAULT_ANALYSIS.persistence),
    warnScore: of('warnScore', (one) => one.warnScore, DEFAULT_ANALYSIS.warnScore),
    limits: of<MetricLimits | null>('limits', (one) => one.limits && limitsOf(one.limits), null),
    riskPrior: of('riskPrior', (one) => one.riskPrior, DEFAULT_ANALYSIS.riskPrior),
    staleIntervals: of('staleIntervals', (one) => one.staleIntervals, DEFAULT_ANALYSIS.staleIntervals),
    traffic: of('traffic', (one) => one.traffic, DEFAULT_ANALYSIS.traffic),
    objectives: of('objectives', (one) => one.objectives, DEFAULT_ANALYSIS.objectives),
    detectors: of('detectors', (one) => one.detectors && choices(one.detectors), DEFAULT_ANALYSIS.detectors),
  };
}

function limitsOf(written: NonNullable<NonNullable<SettingsLayer['analysis']>['limits']>): MetricLimits {
  const { interval, count, ...given } = written;
  const set = Object.entries(given).filter((pair): pair is [string, number] => pair[1] !== undefined);
  return { ...DEFAULT_LIMITS, ...Object.fromEntries(set), count: count ?? null, intervalMs: interval };
}

function choices(given: NonNullable<NonNullable<SettingsLayer['analysis']>['detectors']>): readonly DetectorChoice[] {
  return Object.entries(given).map(([name, parameters]) => {
    const set = Object.entries(parameters ?? {}).filter((pair): pair is [string, number] => pair[1] !== undefined);
    return { name, parameters: Object.fromEntries(set) };
  });
}

function pick<T>(
  layers: readonly Layer[],
  key: readonly string[],
  take: (settings: SettingsLayer) => T | undefined,
  fallback: T,
): Effective<T> {
  for (const layer of layers.toReversed()) {
    const value = take(layer.settings);
    if (value !== undefined) return { value, origin: layer.origin(key) };
  }
  return { value: fallback, origin: 'default' };
}

/** `auto` needs an environment that the config names; flags can only lower. */
function lowered(mode: Effective<Mode>, environment: EnvironmentChoice, outside: Outside): Effective<Mode> {
  const cap = outside.modeCap;
  if (cap !== null && MODES.indexOf(cap.value) < MODES.indexOf(mode.value)) return cap;
  if (mode.value !== 'auto' || environment.declared) return mode;
  return { value: 'ask', origin: `${mode.origin}, lowered: the config names no environment` };
}

/** A freeze of the whole fleet is not lost because an environment adds its own. */
function allFreezeWindows(layers: readonly Layer[]): Effective<readonly FreezeWindow[]> {
  const frozen = layers.filter((layer) => layer.settings.freeze !== undefined);
  const value = frozen.flatMap((layer) => (layer.settings.freeze ?? []).map(freezeWindow));
  const origin = frozen.map((layer) => layer.origin(['freeze'])).join(', ');
  return { value, origin: origin === '' ? 'default' : origin };
}

function freezeWindow(given: NonNullable<SettingsLayer['freeze']>[number]): FreezeWindow {
  return {
    name: given.name,
    days: given.days ?? [],
    fromMinute: given.from,
    toMinute: given.to,
    timeZoneOffsetMinutes: given.zone ?? 0,
  };
}
