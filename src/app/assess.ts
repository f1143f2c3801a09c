import { resolve } from 'node:path';
import { DEFAULT_ANALYSIS } from '../config/defaults.ts';
import type { LoadedConfig } from '../config/load.ts';
import { decide } from '../core/decide/decide.ts';
import { assessRows, type Assessment, type AssessMethod } from '../core/judge/assess.ts';
import type { Decision } from '../core/model/decision.ts';
import type { Risk } from '../core/model/risk.ts';
import type { Phase } from '../core/model/verdict.ts';
import { AssessError } from './assess/assess-error.ts';
import { decideInput, judgeLog } from './assess/judge-log.ts';
import { findLog, namedLog, type LogSearch, type MetricLog } from './assess/metric-log.ts';
import { findFeatures, riskOf, type FeatureSearch } from './assess/risk-of.ts';

/** What `rollwatch assess` is asked for. */
export interface AssessOptions {
  readonly pipeline: string;
  readonly modelPath: string;
  /** Null = `deployment_features.csv` in the working directory, if it is there. */
  readonly featuresPath: string | null;
  /** Null = the pipeline's log among the sources of the configuration. */
  readonly metricsPath: string | null;
  readonly method: AssessMethod;
  /** With the policy applied as a flag. */
  readonly config: LoadedConfig;
  readonly cwd: string;
  readonly nowMs: number;
}

/** The whole pipeline once: features to risk, metrics to anomalies, both to a decision. */
export interface AssessReport {
  readonly pipeline: string;
  readonly phase: Phase;
  readonly risk: Risk | null;
  readonly anomaly: Assessment;
  readonly decision: Decision;
  /** What was left out or is doubtful, one sentence each. */
  readonly notes: readonly string[];
}

/** The metrics every log of the seed has. */
const SEED_METRICS = ['cpu_usage', 'memory_usage', 'response_time', 'error_rate'];
const DEFAULT_Z_LIMIT = 2;

/**
 * Assesses one pipeline. Spawns and writes nothing.
 *
 * @throws AssessError or RiskError for a pipeline that is in neither file, a missing column or a model that does not fit
 */
export function assess(options: AssessOptions): AssessReport {
  const { pipeline, config, cwd, nowMs } = options;
  const featuresPath = resolve(cwd, options.featuresPath ?? 'deployment_features.csv');
  const features = findFeatures(featuresPath, pipeline, options.featuresPath !== null);
  const search = logOf(options);
  const { log } = search;
  if (features.features === null && log === null) throw new AssessError(inNeither(pipeline, features, search));
  const settings = config.settingsFor(pipeline, log?.deployments.at(-1)?.environment ?? null);
  if (log !== null && settings.policy.name === 'seed') requireSeedMetrics(log);
  const risk =
    features.features === null ? null : riskOf(options.modelPath, { ...features, features: features.features });
  const anomaly =
    log === null
      ? nothingSeen(options.method)
      : assessRows(log.batch, settings.metrics, options.method, zLimit(options));
  const judged = judgeLog(log, settings, nowMs, risk);
  const ability = config.rollbackFor(pipeline)?.ability ?? NO_ABILITY;
  const decision = decide(decideInput(judged, risk, anomaly.detected, settings, ability));
  const phase = settings.policy.name === 'seed' ? seedPhase(log, anomaly) : judged.verdict.phase;
  return { pipeline, phase, risk, anomaly, decision, notes: notesOf(pipeline, features, search) };
}

const NO_ABILITY = { configured: false, hasVersionReader: false, hasVerify: false };

function logOf({ metricsPath, config, cwd, pipeline, nowMs }: AssessOptions): LogSearch {
  const sources = config.sources.value;
  if (metricsPath === null) return findLog(sources, cwd, pipeline, nowMs);
  const path = resolve(cwd, metricsPath);
  return { log: namedLog(path, pipeline, sources[0]?.zoneOffsetMinutes ?? 0, nowMs), looked: [path], known: [] };
}

/** The configured limit of the z-score where there is one, else the seed's. */
function zLimit({ config, pipeline }: AssessOptions): number {
  const { detectors } = config.settingsFor(pipeline).analysis;
  // The default of a watch is another: there a window moves along, and persistence is asked for on top.
  if (detectors === DEFAULT_ANALYSIS.detectors) return DEFAULT_Z_LIMIT;
  const zscore = detectors.find((one) => one.name === 'zscore');
  return zscore?.parameters['limit'] ?? DEFAULT_Z_LIMIT;
}

function requireSeedMetrics({ paths, batch }: MetricLog): void {
  const missing = SEED_METRICS.filter((name) => !batch.columns.includes(name));
  if (batch.rowCount === 0 || missing.length === 0) return;
  throw new AssessError(
    `${paths.join(', ')}: expected the columns timestamp, ${SEED_METRICS.join(', ')}; ` +
      `found ${batch.columns.join(', ')}; missing ${missing.join(', ')}.`,
  );
}

function inNeither(pipeline: string, features: FeatureSearch, { looked, known }: LogSearch): string {
  const rows = features.rows === null ? 'which is not there' : `which has ${features.rows} rows of other pipelines`;
  const logs = known.length === 0 ? 'no metric logs' : `logs of ${shortened(known)}`;
  return (
    `Pipeline "${pipeline}" is known nowhere: expected a row in ${features.path}, ${rows}, ` +
    `or a log metrics_${pipeline}.csv in ${looked.join(', ')}; found ${logs}.`
  );
}

function shortened(names: readonly string[]): string {
  return names.length <= 12 ? names.join(', ') : `${names.slice(0, 12).join(', ')} and ${names.length - 12} more`;
}

/** The seed judges the log as a whole: any row counts. */
function seedPhase(log: MetricLog | null, anomaly: Assessment): Phase {
  if (log === null || log.batch.rowCount === 0) return 'NoData';
  return anomaly.detected ? 'Failed' : 'Successful';
}

function nothingSeen(method: AssessMethod): Assessment {
  return { detected: false, method, metrics: [] };
}

function notesOf(pipeline: string, features: FeatureSearch, { log }: LogSearch): readonly string[] {
  const noRow = features.rows === null ? `there is no ${features.path}` : `no row of ${pipeline} in ${features.path}`;
  return [
    ...(features.features === null ? [`${noRow}: no risk, decided on the metrics alone`] : []),
    ...(log === null ? [`no metric log of ${pipeline}: decided on the risk alone`] : []),
    ...(log !== null && log.badLines > 0 ? [`${log.badLines} lines of the log could not be read`] : []),
  ];
}
