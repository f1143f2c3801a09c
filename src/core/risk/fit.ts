import type { Calibration } from './calibration.ts';
import { fitPlatt } from './calibration.ts';
import type { Dataset } from './dataset.ts';
import { countPositives, sliceRows } from './dataset.ts';
import type { EngineName } from './engines/engine.ts';
import { riskEngine } from './engines/registry.ts';
import { fitLogistic } from './logistic.ts';
import type { Member } from './member.ts';
import { blendScores } from './member.ts';
import { rocAuc } from './metrics.ts';

/** How the members of a model are fitted. */
export interface FitSettings {
  readonly engine: EngineName;
  readonly trees: number;
  readonly minLeaf: number;
  readonly positiveWeight: number | 'balanced';
  /** Share of the logistic regression, 0..1; 0 leaves it out; `earned` = as much as helps on the calibration rows. */
  readonly logisticShare: number | 'earned';
  readonly ridge: number;
  readonly seed: number;
  /**
   * Members learned elsewhere over the same features. They take the place of the logistic regression; the own forest's
   * share grows with the own positives.
   */
  readonly prior: readonly Member[] | null;
}

/** Members with the calibration that belongs to them. */
export interface Fitted {
  readonly members: readonly Member[];
  readonly calibration: Calibration;
}

/** Share of the training rows, the latest, on which calibration and blend are settled. */
const CALIBRATION_SHARE = 0.15;
/** With so many own positives the own forest would weigh as much as the prior. */
const POSITIVES_FOR_HALF = 100;
const MOST_OWN = 0.5;
/** Shares a logistic regression can earn, and positives needed to tell them apart. */
const SHARES = [0, 0.1, 0.2, 0.3, 0.4, 0.5];
const POSITIVES_TO_CHOOSE = 30;
const SHARE_UNCHOSEN = 0.3;

/** Fits members to a data set; `weights` say how often a row counts. */
export function fitMembers(
  data: Dataset,
  weights: Float64Array | null,
  settings: FitSettings,
  logisticShare: number,
): readonly Member[] {
  const { prior } = settings;
  const positives = countPositives(data);
  const own = prior === null ? 1 : Math.min(MOST_OWN, positives / (positives + POSITIVES_FOR_HALF));
  const members: Member[] = (prior ?? []).map((member) => ({ ...member, weight: member.weight * (1 - own) }));
  const forestShare = prior === null ? 1 - logisticShare : own;
  if (forestShare > 0) {
    const forest = riskEngine(settings.engine).fit({ columns: data.columns, labels: data.labels, weights }, settings);
    members.push({ kind: 'forest', weight: forestShare, forest });
  }
  if (prior === null && logisticShare > 0) {
    const logistic = fitLogistic(data.columns, data.labels, weights, settings.ridge);
    members.push({ kind: 'logistic', weight: logisticShare, logistic });
  }
  return members;
}

/** Members fitted to all rows; blend and calibration are settled by a twin fitted to all but the latest 15 %. */
export function fitCalibrated(data: Dataset, weights: Float64Array | null, settings: FitSettings): Fitted {
  const cut = Math.floor(data.rowCount * (1 - CALIBRATION_SHARE));
  const early = sliceRows(data, 0, cut);
  const late = sliceRows(data, cut, data.rowCount);
  const earlyWeights = weights?.subarray(0, cut) ?? null;
  const earns = settings.logisticShare === 'earned' && settings.prior === null;
  const twin = fitMembers(early, earlyWeights, settings, earns ? 0.5 : fixedShare(settings));
  const share = earns ? earnedShare(twin, late) : fixedShare(settings);
  const calibration = fitPlatt(blendScores(earns ? shared(twin, share) : twin, late.columns), late.labels);
  return { members: fitMembers(data, weights, settings, share), calibration };
}

function fixedShare(settings: FitSettings): number {
  return settings.logisticShare === 'earned' ? 0 : settings.logisticShare;
}

/** The share with the best AUC on rows neither part has seen; the first of equals. */
function earnedShare(twin: readonly Member[], late: Dataset): number {
  if (countPositives(late) < POSITIVES_TO_CHOOSE) return SHARE_UNCHOSEN;
  const [forest, logistic] = twin.map((member) => blendScores([{ ...member, weight: 1 }], late.columns));
  let best = 0;
  let bestAuc = -Infinity;
  for (const share of SHARES) {
    const auc = rocAuc(
      forest!.map((score, i) => (1 - share) * score + share * logistic![i]!),
      late.labels,
    );
    if (auc > bestAuc) {
      bestAuc = auc;
      best = share;
    }
  }
  return best;
}

function shared(twin: readonly Member[], logisticShare: number): readonly Member[] {
  return twin.map((member) => ({ ...member, weight: member.kind === 'logistic' ? logisticShare : 1 - logisticShare }));
}
