import type { AnalysisSettings, Policy } from '../core/model/policy.ts';

const MINUTE_MS = 60_000;

/** Analysis of a deployment when nothing is configured. */
export const DEFAULT_ANALYSIS: AnalysisSettings = {
  controlMs: 60 * MINUTE_MS,
  warmUpMs: MINUTE_MS,
  analysisMs: 120 * MINUTE_MS,
  minimumSamples: 10,
  persistence: 3,
  warnScore: 0.7,
  limits: null,
  riskPrior: true,
  staleIntervals: 3,
  traffic: null,
  objectives: {},
  detectors: [
    { name: 'threshold', parameters: {} },
    { name: 'ensemble', parameters: {} },
  ],
};

/** Policy of `watch` and `run` when nothing is configured: asks, never acts by itself. */
export const DEFAULT_POLICY: Policy = {
  name: 'guarded',
  mode: 'ask',
  environment: null,
  production: false,
  cooldownMs: 60 * MINUTE_MS,
  budget: { perPipeline: 1, perFleet: 3, windowMs: 24 * 60 * MINUTE_MS },
  freezeWindows: [],
  proposalExpiresMs: 15 * MINUTE_MS,
  autoCountdownMs: 30_000,
  autoPersistence: 6,
  autoScore: 1.4,
};

/** Logs that are watched when neither the command line nor a config names any. */
export const DEFAULT_PATHS: readonly string[] = ['monitor_logs'];

/** Frames per second of the screen for new data. */
export const DEFAULT_FPS = 2;

/** How much of a log is judged at the start: the week that is compared with, and a day. */
export const DEFAULT_BACKFILL_MS = 8 * 24 * 60 * MINUTE_MS;
