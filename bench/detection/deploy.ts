import { BASELINES, type Contender, ENSEMBLE, SEASONAL_THREE } from './contender.ts';
import { deployCases } from './deploy-cases.ts';
import { bootstrap, f1Of, type Interval, wilson } from './intervals.ts';
import { lastInARow, scoresOf } from './scores.ts';

/** `auto` rolls back from here on: the least round score no shipped normal deployment reaches. */
export const AUTO_LIMIT = 1.4;

/** What one contender says of one case. */
interface Judged {
  readonly bad: boolean;
  readonly block: string;
  /** Largest score after the change. */
  readonly most: number;
  /** Minutes to the first alarm at the contender's limit; NaN without one. */
  readonly delay: number;
}

/** A gate, measured. Shares are of all bad resp. all normal deployments. */
export interface GateRow {
  readonly name: string;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly f1Interval: Interval;
  readonly fpr: number;
  readonly fprInterval: Interval;
  readonly recall10: number;
  readonly recall30: number;
  readonly medianDelayMin: number;
  readonly auc: number;
}

/** Everything the deployment table shows. */
export interface DeployReport {
  readonly cases: number;
  readonly rows: readonly GateRow[];
  readonly gate: GateRow;
  readonly auto: {
    readonly fpr: number;
    readonly fprInterval: Interval;
    readonly recall: number;
    readonly recallInterval: Interval;
  };
  /** The limit chosen for F1 at FPR ≤ .05 on all other blocks, each block judged with it. */
  readonly crossValidated: { readonly f1: number; readonly fpr: number };
  /** F1 gained over the seasonal baseline whose limit is set to the same number of false rollbacks. */
  readonly gain: {
    readonly baselineF1: number;
    readonly baselineFpr: number;
    readonly f1: number;
    readonly interval: Interval;
  };
}

/** Judges every deployment with the ensemble and the baselines. */
export function deployProtocol(folder: string): DeployReport {
  const contenders = [...BASELINES, ENSEMBLE];
  const judged = contenders.map((): Judged[] => []);
  for (const one of deployCases(folder)) {
    for (const [i, contender] of contenders.entries()) {
      const scores = lastInARow(scoresOf(contender, one.atMs, one.values), contender.inARow);
      // A run that began before the change is complete only with samples after it.
      const post = scores.subarray(Math.min(one.end, one.change + contender.inARow - 1), one.end);
      const first = post.findIndex((score) => score > contender.limit);
      const most = post.reduce((a, b) => Math.max(a, b), 0);
      judged[i]!.push({
        bad: one.bad,
        block: one.block,
        most,
        delay: first < 0 ? Number.NaN : first + contender.inARow,
      });
    }
  }
  const gate = judged.at(-1)!;
  return {
    cases: gate.length,
    rows: contenders.map((contender, i) => rowOf(contender, judged[i]!)),
    gate: rowOf(ENSEMBLE, gate),
    auto: autoOf(gate),
    crossValidated: crossValidate(gate),
    gain: gainOver(gate, judged[contenders.indexOf(SEASONAL_THREE)]!),
  };
}

function counts(cases: readonly Judged[], limit: number): { tp: number; fp: number; bad: number; normal: number } {
  let [tp, fp, bad] = [0, 0, 0];
  for (const one of cases) {
    if (one.bad) bad += 1;
    if (one.most > limit && one.bad) tp += 1;
    if (one.most > limit && !one.bad) fp += 1;
  }
  return { tp, fp, bad, normal: cases.length - bad };
}

function f1At(cases: readonly Judged[], limit: number): number {
  const { tp, fp, bad } = counts(cases, limit);
  return f1Of(tp, fp, bad);
}

function rowOf({ name, limit }: Contender, cases: readonly Judged[]): GateRow {
  const { tp, fp, bad, normal } = counts(cases, limit);
  const delays = Float64Array.from(cases.filter((one) => one.bad && one.delay > 0).map(({ delay }) => delay)).sort();
  const within = (minutes: number): number => delays.filter((delay) => delay <= minutes).length / Math.max(1, bad);
  const pairs = pairsOf(cases);
  return {
    name,
    precision: tp / Math.max(1, tp + fp),
    recall: tp / Math.max(1, bad),
    f1: f1Of(tp, fp, bad),
    f1Interval: bootstrap(pairs.length, (drawn) => f1At(draw(pairs, drawn), limit)),
    fpr: fp / Math.max(1, normal),
    fprInterval: wilson(fp, normal),
    recall10: within(10),
    recall30: within(30),
    medianDelayMin: delays[delays.length >> 1] ?? Number.NaN,
    auc: aucOf(cases),
  };
}

/** Cases come in pairs of one KPI, which are never torn apart. */
function pairsOf(cases: readonly Judged[]): readonly (readonly Judged[])[] {
  return Array.from({ length: Math.ceil(cases.length / 2) }, (_, i) => cases.slice(2 * i, 2 * i + 2));
}

function draw(pairs: readonly (readonly Judged[])[], drawn: Int32Array): readonly Judged[] {
  return Array.from(drawn).flatMap((index) => pairs[index]!);
}

function aucOf(cases: readonly Judged[]): number {
  let [won, compared] = [0, 0];
  for (const bad of cases) {
    if (!bad.bad) continue;
    for (const normal of cases) {
      if (normal.bad) continue;
      compared += 1;
      if (bad.most > normal.most) won += 1;
      else if (bad.most === normal.most) won += 0.5;
    }
  }
  return won / Math.max(1, compared);
}

function autoOf(cases: readonly Judged[]): DeployReport['auto'] {
  const { tp, fp, bad, normal } = counts(cases, AUTO_LIMIT);
  return {
    fpr: fp / Math.max(1, normal),
    fprInterval: wilson(fp, normal),
    recall: tp / Math.max(1, bad),
    recallInterval: wilson(tp, bad),
  };
}

function crossValidate(cases: readonly Judged[]): DeployReport['crossValidated'] {
  let [tp, fp, bad, normal] = [0, 0, 0, 0];
  for (const block of new Set(cases.map((one) => one.block))) {
    const others = cases.filter((one) => one.block !== block);
    const limit = bestLimit(others, 0.05);
    const here = counts(
      cases.filter((one) => one.block === block),
      limit,
    );
    tp += here.tp;
    fp += here.fp;
    bad += here.bad;
    normal += here.normal;
  }
  return { f1: f1Of(tp, fp, bad), fpr: fp / Math.max(1, normal) };
}

function bestLimit(cases: readonly Judged[], mostFpr: number): number {
  let [best, limit] = [-1, Number.POSITIVE_INFINITY];
  for (const candidate of cases.map(({ most }) => most * (1 - 1e-9))) {
    const { tp, fp, bad, normal } = counts(cases, candidate);
    const f1 = f1Of(tp, fp, bad);
    if (fp / Math.max(1, normal) <= mostFpr && f1 > best) [best, limit] = [f1, candidate];
  }
  return limit;
}

function gainOver(gate: readonly Judged[], baseline: readonly Judged[]): DeployReport['gain'] {
  const allowed = counts(gate, ENSEMBLE.limit).fp;
  const normals = baseline.filter((one) => !one.bad).map(({ most }) => most);
  const limit = normals.sort((a, b) => b - a)[allowed] ?? 0;
  const [ours, theirs] = [pairsOf(gate), pairsOf(baseline)];
  const difference = (drawn: Int32Array): number =>
    f1At(draw(ours, drawn), ENSEMBLE.limit) - f1At(draw(theirs, drawn), limit);
  const { fp, normal } = counts(baseline, limit);
  return {
    baselineF1: f1At(baseline, limit),
    baselineFpr: fp / Math.max(1, normal),
    f1: f1At(gate, ENSEMBLE.limit) - f1At(baseline, limit),
    interval: bootstrap(ours.length, difference),
  };
}
