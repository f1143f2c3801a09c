import { changeOf, courseOf, deviationOf, type Deviation } from './deviation.ts';
import { reachable, reversed } from './graph.ts';
import { ROLE_WEIGHT, roleOf } from './role.ts';
import type { CallGraph, RcaSeries, RcaTarget } from './series.ts';

/** A metric that changed, as evidence. */
export interface ChangedMetric {
  readonly metric: string;
  readonly caller: string | null;
  /** 0..20: mean robust deviations towards worse during the incident. */
  readonly score: number;
  readonly expected: number;
  /** The abnormal value farthest off. */
  readonly observed: number;
  readonly onsetMs: number | null;
}

/** A service that may be the root cause. */
export interface Suspect {
  readonly service: string;
  /** Orders suspects; 0 = nothing changed. */
  readonly score: number;
  /** Largest first. */
  readonly metrics: readonly ChangedMetric[];
  readonly onsetMs: number | null;
  /** It can be reached from the target through services that changed; null without a graph. */
  readonly onPath: boolean | null;
  /** Changed services whose trouble it would explain, because they call it, directly or not. */
  readonly explains: readonly string[];
  /** A changed callee that explains it in turn; null when it is the deepest. */
  readonly explainedBy: string | null;
}

/** Mean deviations from which on a service counts as changed when the graph is followed. */
const CHANGED = 1;
/** A callee at least this much as bad as its caller explains it. */
const EXPLAINS_RATIO = 0.5;
const EXPLAINED_WEIGHT = 0.5;
/** What a service is worth that the graph does not connect with the incident: graphs have holes. */
const OFF_PATH_WEIGHT = 0.3;
const COVERAGE = 0.5;

/**
 * Services ordered by how likely they are the root cause of an incident, most likely first; the target is left out.
 *
 * Change of a service = its largest weighted change of a metric (`deviation.ts`, weights in `role.ts`); with a target
 * metric only the series of that name count, where other services have it, and deviations are weighted by the course
 * of the target. Score = ln(1 + change). With a graph: · ½ for a service with a changed callee at least half as bad,
 * · (1 + ½ · number of changed services that call it, directly or not), · 0.3 for one that cannot be reached from the
 * target through changed services. Equal scores: the earlier onset, then the name. O(series + calls²).
 * Works badly when the cause has no metric of its own and no caller that measures it.
 */
export function rankCauses(
  series: readonly RcaSeries[],
  options: { readonly target: RcaTarget | null; readonly graph: CallGraph | null },
): readonly Suspect[] {
  const { target, graph } = options;
  const deviations = series.flatMap((one) => deviationOf(one) ?? []);
  const course = courseOf(targetOf(deviations, target));
  const found = new Map<string, ChangedMetric[]>();
  const change = new Map<string, number>();
  for (const one of comparable(deviations, target)) {
    const { service, metric, caller } = one.series;
    const score = changeOf(one, course);
    const weighted = score * (target?.metric === metric ? 1 : ROLE_WEIGHT[roleOf(metric, caller)]);
    const changed = { metric, caller, score, expected: one.expected, observed: farthest(one), onsetMs: one.onsetMs };
    found.set(service, [...(found.get(service) ?? []), changed]);
    change.set(service, Math.max(change.get(service) ?? 0, weighted));
  }
  const place = graph === null ? null : placing(graph, change, target);
  const suspects = [...found].flatMap(([service, metrics]) => {
    if (service === target?.service) return [];
    const placed = place?.(service) ?? { weight: 1, onPath: null, explains: [], explainedBy: null };
    const onsets = metrics.flatMap(({ onsetMs }) => onsetMs ?? []);
    return {
      service,
      score: Math.log1p(change.get(service)!) * placed.weight,
      metrics: metrics.toSorted((a, b) => b.score - a.score),
      onsetMs: onsets.length === 0 ? null : Math.min(...onsets),
      onPath: placed.onPath,
      explains: placed.explains,
      explainedBy: placed.explainedBy,
    };
  });
  return suspects.toSorted((a, b) => b.score - a.score || onsetOrder(a, b) || (a.service < b.service ? -1 : 1));
}

interface Place {
  readonly weight: number;
  readonly onPath: boolean;
  readonly explains: readonly string[];
  readonly explainedBy: string | null;
}

/** Where a service stands in the graph of those that changed. */
function placing(
  graph: CallGraph,
  change: ReadonlyMap<string, number>,
  target: RcaTarget | null,
): (service: string) => Place {
  const changed = new Set([...change].filter(([, size]) => size >= CHANGED).map(([service]) => service));
  if (target !== null) changed.add(target.service);
  // What nobody measured may have changed, too: it does not end a path.
  const unmeasured = [...graph].flatMap(([caller, callees]) => [caller, ...callees]).filter((one) => !change.has(one));
  const passable = new Set([...changed, ...unmeasured]);
  const connected = target === null ? changed : reachable(graph, target.service, passable);
  const callers = reversed(graph);
  return (service) => {
    if (!connected.has(service)) return { weight: OFF_PATH_WEIGHT, onPath: false, explains: [], explainedBy: null };
    const size = change.get(service) ?? 0;
    const callees = (graph.get(service) ?? []).filter((callee) => callee !== service && connected.has(callee));
    const explainedBy = callees.find((callee) => (change.get(callee) ?? 0) >= EXPLAINS_RATIO * size) ?? null;
    const explains = [...reachable(callers, service, passable)].filter((one) => changed.has(one)).toSorted();
    const weight = (explainedBy === null ? 1 : EXPLAINED_WEIGHT) * (1 + COVERAGE * explains.length);
    return { weight, onPath: true, explains, explainedBy };
  };
}

/** The series of the target itself, by whose course the others are weighted. */
function targetOf(deviations: readonly Deviation[], target: RcaTarget | null): Deviation | null {
  if (target === null || target.metric === null) return null;
  return deviations.find(({ series }) => series.service === target.service && series.metric === target.metric) ?? null;
}

/** With a target metric, like is compared with like where at least one other service has it. */
function comparable(deviations: readonly Deviation[], target: RcaTarget | null): readonly Deviation[] {
  if (target === null || target.metric === null) return deviations;
  const alike = deviations.filter(({ series }) => series.metric === target.metric);
  return alike.some(({ series }) => series.service !== target.service) ? alike : deviations;
}

function farthest({ series, sigma }: Deviation): number {
  let best = -1;
  for (const [i, one] of sigma.entries()) {
    const size = series.worse === 'both' ? Math.abs(one) : one;
    if (!Number.isNaN(one) && (best < 0 || size > Math.abs(sigma[best]!))) best = i;
  }
  return series.abnormal[best] ?? Number.NaN;
}

function onsetOrder(a: Suspect, b: Suspect): number {
  const [first, second] = [a.onsetMs ?? Number.MAX_VALUE, b.onsetMs ?? Number.MAX_VALUE];
  return first - second;
}
