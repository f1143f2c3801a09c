import type { AnalysisSettings, PipelineSettings, Policy } from '../../src/core/model/policy.ts';
import type { Deployment } from '../../src/core/model/deployment.ts';
import { deploymentId } from '../../src/core/model/deployment.ts';
import type { MetricSpec } from '../../src/core/model/metric.ts';
import type { RowBatch } from '../../src/core/model/sample.ts';
import { specOf } from '../../src/core/series/metric-spec.ts';

/** 2026-01-05 12:00:00 UTC, a Monday: the deployment of most tests. */
export const T0 = Date.UTC(2026, 0, 5, 12);

/** The defaults of DESIGN.md, with what a test changes. */
export function analysisSettings(change: Partial<AnalysisSettings> = {}): AnalysisSettings {
  return {
    controlMs: 3_600_000,
    warmUpMs: 60_000,
    analysisMs: 7_200_000,
    minimumSamples: 10,
    persistence: 3,
    warnScore: 0.7,
    riskPrior: true,
    staleIntervals: 3,
    traffic: null,
    objectives: {},
    detectors: [
      { name: 'threshold', parameters: {} },
      { name: 'ensemble', parameters: {} },
    ],
    ...change,
  };
}

/** A policy under which nothing but the mode decides. */
export function policy(change: Partial<Policy> = {}): Policy {
  return {
    name: 'guarded',
    mode: 'ask',
    environment: 'staging',
    production: false,
    cooldownMs: 1_800_000,
    budget: { perPipeline: 2, perFleet: 5, windowMs: 3_600_000 },
    freezeWindows: [],
    proposalExpiresMs: 900_000,
    autoCountdownMs: 30_000,
    autoPersistence: 6,
    ...change,
  };
}

export function settings(
  change: {
    analysis?: Partial<AnalysisSettings>;
    policy?: Partial<Policy>;
    metrics?: (name: string) => MetricSpec;
  } = {},
  pipeline = 'checkout',
): PipelineSettings {
  return {
    pipeline,
    analysis: analysisSettings(change.analysis),
    policy: policy(change.policy),
    metrics: change.metrics ?? specOf,
  };
}

export function deployment(change: Partial<Deployment> = {}): Deployment {
  const made = {
    pipeline: 'checkout',
    environment: 'staging',
    version: 'v2',
    previous: 'v1',
    atMs: T0,
    commit: null,
    origin: 'marker',
    features: null,
    ...change,
  } as const;
  return { id: deploymentId(made.pipeline, made.version, made.atMs), ...made };
}

/** Rows every `stepMs` from `fromMs` on, one array of values per column. */
export function rows(columns: Readonly<Record<string, readonly number[]>>, fromMs: number, stepMs = 10_000): RowBatch {
  const names = Object.keys(columns);
  const rowCount = Math.max(0, ...Object.values(columns).map((values) => values.length));
  const values = new Float64Array(rowCount * names.length).fill(Number.NaN);
  for (const [column, name] of names.entries()) {
    for (const [row, value] of (columns[name] ?? []).entries()) values[row * names.length + column] = value;
  }
  return {
    labels: {},
    columns: names,
    rowCount,
    atMs: Float64Array.from({ length: rowCount }, (_, i) => fromMs + i * stepMs),
    values,
  };
}

/** The rows `from`..`to` of a batch. */
export function part(batch: RowBatch, from: number, to: number): RowBatch {
  const width = batch.columns.length;
  return {
    ...batch,
    rowCount: to - from,
    atMs: batch.atMs.slice(from, to),
    values: batch.values.slice(from * width, to * width),
  };
}

/** `count` values around `mean`, ±`spread`, the same in every run. */
export function steady(count: number, mean: number, spread = 0.02): readonly number[] {
  let state = 12_345;
  return Array.from({ length: count }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return mean * (1 + spread * (state / 1_073_741_823.5 - 1));
  });
}
