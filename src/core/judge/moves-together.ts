import { sampleCorrelation } from 'simple-statistics';
import type { MetricState } from './metric-state.ts';

/** Newest samples that are compared. */
const SAMPLES = 60;
const LEAST_SAMPLES = 10;
/** Metrics with this correlation, in size, move together, */
const TOGETHER = 0.8;
/** if they began within so many sampling intervals of each other. */
const BEGAN_WITHIN = 3;

/** A failing metric that stands for those that move with it. */
export interface Moving {
  readonly lead: MetricState;
  readonly others: readonly MetricState[];
}

/**
 * Metrics in groups that move together, by the order they are given in: each joins the first group whose lead began to
 * fail within three sampling intervals of it and correlates with it by 0.8 or more, either way, over the newest sixty
 * samples. O(metrics · groups · 60).
 */
export function movingTogether(metrics: readonly MetricState[]): readonly Moving[] {
  const groups: { lead: MetricState; others: MetricState[] }[] = [];
  for (const metric of metrics) {
    const group = groups.find(({ lead }) => began(lead, metric) && correlation(lead, metric) >= TOGETHER);
    if (group === undefined) groups.push({ lead: metric, others: [] });
    else group.others.push(metric);
  }
  return groups;
}

function began(a: MetricState, b: MetricState): boolean {
  return Math.abs(a.run.sinceMs - b.run.sinceMs) <= BEGAN_WITHIN * Math.max(a.gapMs || 0, b.gapMs || 0);
}

/** A correlation, and of which samples of both. */
interface Known {
  readonly revisions: readonly [number, number];
  readonly size: number;
}

const known = new WeakMap<MetricState, WeakMap<MetricState, Known>>();

/** In size; 0 where they have too few samples, NaN where one never moved. Asked again without new samples it costs nothing. */
function correlation(a: MetricState, b: MetricState): number {
  const ofLead = known.get(a) ?? new WeakMap<MetricState, Known>();
  const before = ofLead.get(b);
  if (before?.revisions[0] === a.ring.revision && before.revisions[1] === b.ring.revision) return before.size;
  const size = freshCorrelation(a, b);
  known.set(a, ofLead.set(b, { revisions: [a.ring.revision, b.ring.revision], size }));
  return size;
}

function freshCorrelation(a: MetricState, b: MetricState): number {
  const [x, y] = [a.ring.newest(SAMPLES).values, b.ring.newest(SAMPLES).values];
  const count = Math.min(x.length, y.length);
  if (count < LEAST_SAMPLES) return 0;
  return Math.abs(sampleCorrelation(Array.from(x.subarray(-count)), Array.from(y.subarray(-count))));
}
