import { sortedMedian } from '../stats/sorted-span.ts';
import type { PipelineJudge } from './pipeline-judge.ts';
import type { MetricState } from './metric-state.ts';

/** So many samples before the deployment, or all there are, say where a series was. */
const LEAST_BEFORE = 5;
/** Peers that show so much of a change show all of it: no two of them are hit alike. */
const WHOLE_SHARE = 0.75;

/** The same of a pipeline's deployment under analysis and the judges of its peers; false where there is neither. */
export function isShownByPeers(
  judge: PipelineJudge,
  peers: readonly PipelineJudge[],
  metric: MetricState,
  atMs: number,
): boolean {
  const { current } = judge.timeline;
  if (!judge.underAnalysis || current === null || peers.length === 0) return false;
  const metrics = peers.flatMap(({ board }) => board.get(metric.spec.name) ?? []);
  const fromMs = current.atMs - judge.settings.analysis.controlMs;
  return isCommon(metric, metrics, { fromMs, deployedMs: current.atMs, atMs, samples: metric.persistence });
}

/** Where a series was and is. */
interface Move {
  readonly before: number;
  readonly now: number;
}

/**
 * Difference in differences: whether a metric that is bad since a deployment is as bad at peers that were not deployed.
 *
 * before = median of the control window, now = median of the samples of the run (the newest `samples`), at the metric and
 * at each peer over the same time. What peers moved by, in units of the metric, is the smaller of now − before and of
 * the metric's before times now / before − 1, so that sides of another size count; of several peers the median. Common is
 * a change of which they show three quarters, or whose rest is no anomaly (score · rest ≤ 1); a value beyond an absolute
 * limit only where before + what peers moved by is beyond it as well. Peers without samples in both windows say nothing.
 */
export function isCommon(
  metric: MetricState,
  peers: readonly MetricState[],
  { fromMs, deployedMs, atMs, samples }: CommonSpan,
): boolean {
  const recent = metric.ring.window(deployedMs, atMs + 1).atMs;
  const sinceMs = recent[Math.max(0, recent.length - samples)];
  if (sinceMs === undefined) return false;
  const moveOf = ({ ring }: MetricState): Move | null => {
    const before = ring.window(fromMs, deployedMs).values;
    const now = ring.window(sinceMs, atMs + 1).values;
    if (before.length < LEAST_BEFORE || now.length < Math.max(1, samples - 1)) return null;
    return { before: medianOf(before), now: medianOf(now) };
  };
  const own = moveOf(metric);
  if (own === null || own.now === own.before) return false;
  const shared = peers.flatMap((peer) => {
    const move = moveOf(peer);
    return move === null ? [] : [sharedMove(own, move)];
  });
  if (shared.length === 0) return false;
  const moved = medianOf(shared);
  const share = moved / (own.now - own.before);
  const { limit, worse } = metric.spec;
  const beyond = (value: number): boolean => limit !== null && (worse === 'down' ? value < limit : value > limit);
  if (beyond(metric.odd.value) && !beyond(own.before + moved)) return false;
  return share >= WHOLE_SHARE || metric.odd.score * (1 - Math.max(0, share)) <= 1;
}

/** Control window from `fromMs` to the deployment, the moment that is judged, and how many samples of a run are looked at. */
export interface CommonSpan {
  readonly fromMs: number;
  readonly deployedMs: number;
  readonly atMs: number;
  readonly samples: number;
}

function sharedMove(own: Move, { before, now }: Move): number {
  const plain = now - before;
  if (!(own.before > 0 && before > 0)) return plain;
  const relative = own.before * (now / before - 1);
  return Math.abs(relative) < Math.abs(plain) ? relative : plain;
}

function medianOf(values: Float64Array | readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  return sortedMedian(sorted, sorted.length);
}
