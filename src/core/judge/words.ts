import type { RunStatus } from './limits/run-status.ts';
import type { Deployment } from '../model/deployment.ts';
import { durationText, momentText } from '../model/time.ts';
import { namedOf } from '../model/evidence-groups.ts';
import { predictionPhrase } from '../model/prediction-text.ts';
import { numberText, valueText } from '../model/value-text.ts';
import type { Evidence, Freshness, Phase, Prediction, VerdictReason } from '../model/verdict.ts';
import type { Suspect } from '../model/suspect.ts';
import { visibleText } from '../model/visible.ts';

/** All a sentence about a verdict may need. */
export interface VerdictWords {
  readonly phase: Phase;
  readonly reason: VerdictReason;
  readonly atMs: number;
  readonly freshness: Freshness;
  readonly deployment: Deployment | null;
  readonly evidence: readonly Evidence[];
  /** Limits that will be passed, soonest first. */
  readonly predicted?: readonly Prediction[];
  /** Number of metrics that fail, which may be more than there is evidence for. */
  readonly blamed: number;
  readonly persistence: number;
  /** How the risk of the deployment moved `persistence`; empty or absent: not at all. */
  readonly prior?: string;
  readonly vetoed: readonly string[];
  /** Metrics that are as bad at peers; absent or empty: none. */
  readonly common?: readonly string[];
  readonly samples: number;
  readonly minimumSamples: number;
  readonly analysisMs: number;
  readonly warmUpUntilMs: number;
  readonly lastMs: number;
  readonly intervalMs: number;
  /** How far the newest refused row is ahead of the clock. */
  readonly aheadMs: number;
  readonly traffic: { readonly metric: string; readonly perMinute: number; readonly minimumPerMinute: number } | null;
  readonly failedFromMs: number | null;
  readonly cleanSinceMs: number;
  readonly sharedWith: readonly string[];
  /** The deployment of another pipeline that is more likely to be at fault; absent or null: none. */
  readonly likelier?: Suspect | null;
  readonly error: string | null;
  /** What the measurements under `analysis.limits` come to; absent or null without them. */
  readonly limits?: RunStatus | null;
  /** How many there are, and how many are taken; absent or null where their number decides nothing. */
  readonly measurements?: { readonly done: number; readonly of: number } | null;
}

const NAMED = 2;

/** One short sentence that a tired operator understands; every reason has its own. */
export function verdictText(words: VerdictWords): string {
  const [soonest] = words.predicted ?? [];
  const sentence = SENTENCES[words.reason](words);
  const said = soonest === undefined ? sentence : withForecast(sentence, soonest, words.phase);
  // A recording may be judged, but it must never sound as if it were now.
  if (words.freshness === 'recorded' && words.phase !== 'NoData')
    return `${said} (recorded, as of ${moment(words, words.lastMs)})`;
  if (words.freshness === 'replayed' && words.phase !== 'NoData') return `${said} (replay)`;
  return said;
}

/** Argo's sentence, and what it means. */
function limitsPassed({ limits, phase }: VerdictWords): string {
  const message = visibleText(limits?.message ?? 'a limit of the measurements is passed', 200);
  return `${message}: ${phase === 'Error' ? 'it stopped reporting' : 'its measurements prove nothing'}`;
}

/** What is to come takes the place of "watching"; of a failure it says how long there is. */
function withForecast(sentence: string, soonest: Prediction, phase: Phase): string {
  return phase === 'Failed' ? `${sentence}; ${predictionPhrase(soonest)}` : predictionPhrase(soonest);
}

const SENTENCES: Readonly<Record<VerdictReason, (words: VerdictWords) => string>> = {
  'no-data': () => 'no samples yet',
  stale: (words) => `no data since ${moment(words, words.lastMs)}${usually(words)}`,
  'future-dated': (words) => `timestamps are ${durationText(words.aheadMs)} ahead of this box's clock: not judged`,
  limits: limitsPassed,
  'analysis-error': (words) => `cannot be judged: ${words.error ?? 'unknown error'}`,
  'warming-up': warmingUp,
  'too-few-samples': (words) => `watching, ${words.samples} of ${words.minimumSamples} samples${suspicion(words)}`,
  'too-little-traffic': (words) => tooLittleTraffic(words) + suspicion(words),
  'no-baseline': noBaseline,
  watching,
  healthy: (words) => `healthy, ${sinceDeployment(words)}`,
  'near-limit': nearLimit,
  'anomaly-pending': pending,
  anomaly,
  'shared-cause': (words) =>
    `shared cause: ${names(words.sharedWith)} failed at the same time; ${runWords(words)}${likelierWords(words)}`,
  recovered,
  'at-peers': ({ common = [], deployment }) =>
    `${names(common)} as bad where ${visibleText(deployment?.version ?? 'it', 40)} was not deployed: not blamed`,
  'bad-before': (words) => `${names(words.vetoed)} bad before the deployment: not blamed`,
};

/** `response_time 912 ms (limit 600)`, or with the expected range where no absolute limit is passed. */
export function evidencePhrase(evidence: Evidence): string {
  const { metric, observed, unit, limit, expected, direction } = evidence;
  const beyond = limit !== null && (direction === 'low' ? observed < limit : observed > limit);
  const scale = beyond
    ? ` (limit ${scaleText(limit, unit)})`
    : expected === null
      ? ''
      : ` (expected ${scaleText(expected.low, unit)}–${scaleText(expected.high, unit)})`;
  return `${visibleText(metric, 60)} ${valueText(observed, unit)}${scale}`;
}

/** A number in the unit of the value beside it; bytes are too long to be said without theirs. */
function scaleText(value: number, unit: Evidence['unit']): string {
  return unit === 'bytes' ? valueText(value, unit) : numberText(value);
}

function evidenceWords({ evidence, blamed }: VerdictWords): string {
  const named = namedOf(evidence, NAMED, blamed);
  return named.leads.map(leadPhrase).join(', ') + more(named.more);
}

/** A metric with how many move with it, where it stands for others. */
function leadPhrase(evidence: Evidence): string {
  const { movesWith = 0 } = evidence;
  return evidencePhrase(evidence) + (movesWith > 0 ? ` and ${movesWith} that move with it` : '');
}

function runWords(words: VerdictWords): string {
  const first = words.evidence[0];
  if (first === undefined) return 'anomaly';
  const sinceMs = words.evidence.reduce((earliest, one) => Math.min(earliest, one.sinceMs), first.sinceMs);
  return `${evidenceWords(words)}, ${first.inARow} in a row since ${moment(words, sinceMs)}`;
}

function anomaly(words: VerdictWords): string {
  if (words.phase !== 'Failed') return `${runWords(words)}, after the analysis: not blamed on the deployment`;
  const unannounced = words.deployment?.origin === 'inferred' ? '; no deployment was announced' : '';
  const limit = words.limits?.phase === 'Failed' ? `; ${visibleText(words.limits.message, 200)}` : '';
  return `failed: ${runWords(words)}${unannounced}${priorWords(words)}${limit}${likelierWords(words)}`;
}

function likelierWords({ likelier = null, atMs }: VerdictWords): string {
  if (likelier === null) return '';
  const { pipeline, version, deployedAtMs } = likelier;
  return `; more likely due to ${visibleText(pipeline, 60)} ${visibleText(version, 40)}, deployed ${momentText(deployedAtMs, atMs)}`;
}

function priorWords({ prior = '' }: VerdictWords): string {
  return prior === '' ? '' : ` (${prior})`;
}

function recovered(words: VerdictWords): string {
  const failed = words.failedFromMs === null ? '' : `, had failed since ${moment(words, words.failedFromMs)}`;
  return `recovered ${moment(words, words.cleanSinceMs)}${failed}`;
}

/** The first two names, and how many more there are. */
function names(all: readonly string[]): string {
  return (
    all
      .slice(0, NAMED)
      .map((name) => visibleText(name, 60))
      .join(', ') + more(all.length - NAMED)
  );
}

function suspicion(words: VerdictWords): string {
  const first = words.evidence[0];
  if (first === undefined) return '';
  return `; ${first.inARow === 0 ? nearPhrase(first) : `${evidencePhrase(first)}, ${first.inARow} in a row`}`;
}

function pending(words: VerdictWords): string {
  const of = words.limits ? '' : ` of ${words.persistence}`;
  return `${evidenceWords(words)}, ${words.evidence[0]?.inARow ?? 0}${of} in a row${priorWords(words)}`;
}

function nearLimit(words: VerdictWords): string {
  const first = words.evidence[0];
  if (first === undefined) return 'close to an anomaly';
  return first.inARow > 0 ? pending(words) : nearPhrase(first) + more(words.evidence.length - 1);
}

/** `response_time 512 ms, 0.8 of what would be too high`; of a run that has just ended, what it was. */
function nearPhrase(evidence: Evidence): string {
  const { metric, observed, unit, score, direction } = evidence;
  if (score > 1) return `${evidencePhrase(evidence)} until a moment ago`;
  const share = Math.min(0.99, score).toFixed(2);
  return `${visibleText(metric, 60)} ${valueText(observed, unit)}, ${share} of what would be too ${direction}`;
}

function more(count: number): string {
  return count > 0 ? ` and ${count} more` : '';
}

function usually({ intervalMs }: VerdictWords): string {
  return Number.isNaN(intervalMs) ? '' : ` (usually every ${durationText(Math.max(1000, intervalMs))})`;
}

function warmingUp({ warmUpUntilMs, atMs }: VerdictWords): string {
  return warmUpUntilMs > atMs
    ? `warming up, judged from ${durationText(warmUpUntilMs - atMs)} on`
    : 'waiting for the first sample after the deployment';
}

function tooLittleTraffic({ traffic }: VerdictWords): string {
  if (traffic === null) return 'too little traffic';
  const { metric, perMinute, minimumPerMinute } = traffic;
  if (Number.isNaN(perMinute)) return `too little traffic: no samples of ${visibleText(metric, 60)}`;
  return `too little traffic: ${visibleText(metric, 60)} ${numberText(perMinute)}/min, needs ${numberText(minimumPerMinute)}/min`;
}

function noBaseline({ deployment, freshness }: VerdictWords): string {
  const within = freshness === 'live' ? 'within its limits' : 'was within its limits';
  return deployment?.origin === 'inferred'
    ? `${within}; no deployment announced, absolute limits only`
    : `${within}; no samples from before the deployment, absolute limits only`;
}

function watching(words: VerdictWords): string {
  if (words.phase === 'Successful') return `no failure, ${sinceDeployment(words)}`;
  const { measurements = null } = words;
  if (measurements !== null) return `watching, ${measurements.done} of ${measurements.of} measurements`;
  const passedMs = Math.max(0, words.atMs - words.cleanSinceMs);
  return `watching, ${durationText(passedMs)} of ${durationText(words.analysisMs)} without failure`;
}

function sinceDeployment({ deployment, atMs }: VerdictWords): string {
  return `${durationText(atMs - (deployment?.atMs ?? atMs))} after the deployment`;
}

function moment({ atMs }: VerdictWords, otherMs: number): string {
  return momentText(otherMs, atMs);
}
