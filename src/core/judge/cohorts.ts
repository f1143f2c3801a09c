import type { Deployment } from '../model/deployment.ts';
import type { MetricSpec } from '../model/metric.ts';
import type { PipelineSettings } from '../model/policy.ts';
import type { RowBatch } from '../model/sample.ts';
import type { SideHealth, Verdict } from '../model/verdict.ts';
import { isTrafficMetric } from '../series/metric-spec.ts';
import type { Side } from '../series/side.ts';
import { rowsOf, type SeriesPart } from './compose-history.ts';
import { partsOf } from './history-batch.ts';
import { shownOnly } from './shown-only.ts';
import type { JudgeNews } from './news.ts';
import { NOTHING } from './news.ts';
import type { Arrival, JudgeOptions } from './judge-options.ts';
import { PipelineJudge } from './pipeline-judge.ts';
import { requestsPerMinute } from './traffic.ts';

/** Samples of one version, by metric, in order of time. */
export type SideSamples = ReadonlyMap<string, { readonly spec: MetricSpec; readonly values: Float64Array }>;

interface SideJudge {
  readonly side: Side;
  readonly judge: PipelineJudge;
}

/** A side that is silent for so long serves no more; less where its samples come faster. */
const SILENT_MS = 300_000;

/**
 * The versions of one pipeline judged apart, where the samples say whose they are (labels `version`, `cohort`, `track`).
 * The pipeline itself is judged by the side of the version that was deployed, against what served before it: a blend
 * would hide a bad version that gets little of the traffic. Metrics no side has are judged as they come.
 */
export class Cohorts {
  readonly #whole: PipelineJudge;
  readonly #settings: PipelineSettings;
  readonly #options: JudgeOptions;
  /** How much of the traffic a side gets is what it was given, not how well it does: that is counted and never judged. */
  readonly #isTraffic: (name: string) => boolean;
  readonly #ofSide: PipelineSettings;
  readonly #sides = new Map<string, SideJudge>();
  /** Key of the side the pipeline is judged by at present. */
  #feeder = '';
  /** Metrics that are known side by side: what comes of them without a side is a blend, and left out. */
  readonly #apart = new Set<string>();

  /** `whole` judges the pipeline; it is fed only through this from then on. */
  constructor(whole: PipelineJudge, settings: PipelineSettings, options: JudgeOptions) {
    this.#whole = whole;
    this.#settings = settings;
    const rule = settings.analysis.traffic;
    this.#isTraffic = (name) => name === rule?.metric || isTrafficMetric(name);
    const { metrics } = settings;
    this.#ofSide = {
      ...settings,
      metrics: (name) => (this.#isTraffic(name) ? shownOnly(metrics(name)) : metrics(name)),
    };
    this.#options = options;
    whole.otherSides = () => this.#notDeployed();
  }

  /** Takes rows; `side` says whose they are, null = of the pipeline as a whole. */
  take(batch: RowBatch, side: Side | null, nowMs: number, arrival: Arrival): readonly JudgeNews[] {
    if (side === null) return this.#whole.take(this.#withoutApart(batch), nowMs, arrival);
    const [firstMs, lastMs] = spanOf(batch);
    const isNew = !this.#sides.has(keyOf(side));
    const { judge } = this.#sideOf(side, firstMs);
    judge.take(batch, nowMs, arrival);
    for (const column of batch.columns) this.#apart.add(column);
    const current = deploymentAt(this.#whole.timeline.announced, lastMs);
    const own = isOwn(side, current);
    if (!this.#feeds(side, own, current, firstMs)) return NOTHING;
    const tookOthers =
      own === true && isNew && this.#sides.size > 1 && (current?.atMs ?? Infinity) <= this.#whole.lastMs;
    if (!tookOthers) return this.#whole.take(batch, nowMs, arrival);
    return [...this.#whole.relearn(this.#composed()), ...this.#whole.tick(nowMs)];
  }

  /** A deployment is announced. Rows that came before it may have been taken for another version's. */
  announce(deployment: Deployment): readonly JudgeNews[] {
    for (const { side, judge } of this.#sides.values()) if (concernsSide(side, deployment)) judge.announce(deployment);
    const late = [...this.#sides.values()].some(({ judge }) => judge.lastMs >= deployment.atMs);
    if (!late) return this.#whole.announce(deployment);
    const composed = this.#composed(deployment);
    return this.#whole.announce(deployment, composed);
  }

  /** Time passes. */
  tick(nowMs: number): readonly JudgeNews[] {
    for (const { judge } of this.#sides.values()) judge.tick(nowMs);
    return this.#whole.tick(nowMs);
  }

  /** What was there at the start is complete. */
  settle(nowMs: number): readonly JudgeNews[] {
    for (const { judge } of this.#sides.values()) judge.settle(nowMs);
    return this.#whole.settle(nowMs);
  }

  /** The verdict on the pipeline with what is known of its traffic and its sides. */
  verdict(nowMs: number): Verdict {
    const verdict = this.#whole.verdict(nowMs);
    const sides = this.sides(nowMs);
    const rates = sides.flatMap(({ trafficPerMinute: rate }) => (rate === null ? [] : [rate]));
    const perMinute =
      rates.length > 0
        ? rates.reduce((sum, rate) => sum + rate, 0)
        : requestsPerMinute(this.#whole.board, this.#settings.analysis.traffic, verdict.atMs);
    return { ...verdict, trafficPerMinute: perMinute, ...(sides.length === 0 ? {} : { sides }) };
  }

  /** Each version that serves now by live samples; empty where they are not told apart. */
  sides(nowMs: number): readonly SideHealth[] {
    const live = [...this.#sides.values()].filter(({ judge }) => isLive(judge, nowMs));
    const rated = live.map((one) => ({
      ...one,
      perMinute: requestsPerMinute(one.judge.board, this.#settings.analysis.traffic, nowMs),
    }));
    const total = rated.reduce((sum, { perMinute }) => sum + (perMinute ?? Number.NaN), 0);
    return rated.map(({ side, judge, perMinute }) => ({
      name: side.name,
      version: versionOf(side, this.#whole.timeline.announced, judge.lastMs),
      health: judge.verdict(nowMs).health.value,
      trafficPerMinute: perMinute,
      trafficShare: total > 0 && perMinute !== null ? perMinute / total : null,
    }));
  }

  /** Samples of a version since a time, by metric in order of time; null where it does not report itself. */
  samplesOf(version: string, sinceMs: number): SideSamples | null {
    const found = [...this.#sides.values()].filter(
      ({ side, judge }) => versionOf(side, this.#whole.timeline.announced, judge.lastMs) === version,
    );
    if (found.length === 0) return null;
    const metrics = found.flatMap(({ judge }) => judge.board.all);
    return new Map(
      metrics.map(({ spec, ring }) => [spec.name, { spec, values: ring.window(sinceMs, Infinity).values.slice() }]),
    );
  }

  #sideOf(side: Side, firstMs: number): SideJudge {
    const known = this.#sides.get(keyOf(side));
    if (known !== undefined) return known;
    if (this.#sides.size === 0) this.#whole.board.setAside(this.#isTraffic);
    const judge = new PipelineJudge(this.#ofSide, this.#options);
    for (const deployment of this.#whole.timeline.announced) {
      if (concernsSide(side, deployment)) judge.announce(deployment);
    }
    // What served before is what a new version is measured by.
    const before = rowsOf(partsOf(this.#whole.board.all, Number.NEGATIVE_INFINITY, firstMs));
    if (before.rowCount > 0) judge.relearn(before);
    const made = { side, judge };
    this.#sides.set(keyOf(side), made);
    return made;
  }

  /**
   * Whether rows of a side are what the pipeline is judged by. Until the version that was deployed reports itself, what
   * comes is taken for it, of one side at a time: two mixed would be neither.
   */
  #feeds(side: Side, own: boolean | null, current: Deployment | null, firstMs: number): boolean {
    const key = keyOf(side);
    const others = [...this.#sides]
      .filter(([one]) => one !== key)
      .map(([, { side: other, judge }]) => ({ other, judge }));
    const reported = others.some(
      ({ other, judge }) =>
        isOwn(other, current) === true && judge.lastMs >= (current?.atMs ?? Number.NEGATIVE_INFINITY),
    );
    if (own !== true && reported) return false;
    const feeding = this.#sides.get(this.#feeder);
    const isOver = feeding === undefined || firstMs - feeding.judge.lastMs > silenceOf(feeding.judge);
    if (own !== true && this.#feeder !== key && !isOver) return false;
    this.#feeder = key;
    return true;
  }

  /** Sides that serve another version than the one that was deployed. */
  #notDeployed(): readonly PipelineJudge[] {
    const { current } = this.#whole.timeline;
    return [...this.#sides.values()].flatMap(({ side, judge }) => (isOwn(side, current) === false ? judge : []));
  }

  #withoutApart(batch: RowBatch): RowBatch {
    const kept = batch.columns.flatMap((name, i) => (this.#apart.has(name) ? [] : [i]));
    if (this.#apart.size === 0 || kept.length === batch.columns.length) return batch;
    const values = new Float64Array(batch.rowCount * kept.length);
    for (let row = 0; row < batch.rowCount; row += 1) {
      for (const [to, from] of kept.entries()) {
        values[row * kept.length + to] = batch.values[row * batch.columns.length + from]!;
      }
    }
    return { ...batch, columns: kept.map((i) => batch.columns[i]!), values };
  }

  /** What the whole would have been given had all announcements been known from the beginning. */
  #composed(added: Deployment | null = null): RowBatch {
    const known = [...this.#whole.timeline.announced, ...(added === null ? [] : [added])];
    const deployments = known.toSorted((a, b) => a.atMs - b.atMs);
    const spans = [null, ...deployments].map((deployment, i) => {
      return {
        deployment,
        fromMs: deployment?.atMs ?? Number.NEGATIVE_INFINITY,
        toMs: deployments[i]?.atMs ?? Infinity,
      };
    });
    const parts = spans.flatMap(({ deployment, fromMs, toMs }): readonly SeriesPart[] => {
      const all = [...this.#sides.values()];
      const own = all.filter(({ side, judge }) => isOwn(side, deployment) === true && judge.lastMs >= fromMs);
      return (own.length > 0 ? own : all).flatMap(({ judge }) => partsOf(judge.board.all, fromMs, toMs));
    });
    const rest = partsOf(this.#whole.board.all.filter(({ spec }) => !this.#apart.has(spec.name)));
    return rowsOf([...parts.filter(({ name }) => this.#apart.has(name)), ...rest]);
  }
}

function keyOf({ kind, name }: Side): string {
  return `${kind}:${name}`;
}

function spanOf({ atMs, rowCount }: RowBatch): readonly [number, number] {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let row = 0; row < rowCount; row += 1) {
    first = Math.min(first, atMs[row]!);
    last = Math.max(last, atMs[row]!);
  }
  return [first, last];
}

function deploymentAt(announced: readonly Deployment[], atMs: number): Deployment | null {
  return announced.findLast((one) => one.atMs <= atMs) ?? null;
}

/** Whether the samples of a side are those of the version a deployment put there; null where nothing tells. */
function isOwn({ kind, name }: Side, deployment: Deployment | null): boolean | null {
  if (kind === 'version') return deployment === null ? null : name === deployment.version;
  if (kind === 'other') return null;
  const isNew = deployment !== null && deployment.origin !== 'rollback';
  return (kind === 'experiment') === isNew;
}

/** A rollback to another version says nothing of a side: measured by its own bad samples a bad version looks well. */
function concernsSide({ kind, name }: Side, { origin, version }: Deployment): boolean {
  if (origin !== 'rollback') return true;
  return kind === 'version' ? name === version : kind !== 'experiment';
}

/** The version a side runs; null where its name does not tell. */
function versionOf(side: Side, announced: readonly Deployment[], atMs: number): string | null {
  if (side.kind === 'version') return side.name;
  if (side.kind === 'other') return null;
  const last = announced.findLast((one) => one.atMs <= atMs && one.origin !== 'rollback');
  return (side.kind === 'experiment' ? last?.version : last?.previous) ?? null;
}

function isLive(judge: PipelineJudge, nowMs: number): boolean {
  return judge.freshness === 'live' && nowMs - judge.lastMs <= silenceOf(judge);
}

function silenceOf(judge: PipelineJudge): number {
  return Math.min(SILENT_MS, judge.fresh.staleAfterMs(judge.board.pace));
}
