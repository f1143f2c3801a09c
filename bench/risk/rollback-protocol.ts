import type { ProjectData } from '../../src/app/risk/project-data.ts';
import { CHANGE_FEATURES } from '../../src/core/risk/change-features.ts';
import type { Dataset } from '../../src/core/risk/dataset.ts';
import { countPositives, joinRows, sliceRows } from '../../src/core/risk/dataset.ts';
import { splitByTime } from '../../src/core/risk/evaluate.ts';
import { fitCalibrated } from '../../src/core/risk/fit.ts';
import { aucInterval, rocAuc } from '../../src/core/risk/metrics.ts';
import { pretrain } from '../../src/core/risk/pretrain.ts';
import { standardSettings } from '../../src/core/risk/recipe.ts';
import { ROUNDS, forecast, meanGain, meanOf, measures, ownForecast, plainLogistic } from './compare.ts';
import { runSklearn } from './sklearn.ts';

const MOST_OWN_ROWS = 30_000;

/** The features of git alone: what a baseline is given. */
function plain(data: Dataset): Dataset {
  const width = CHANGE_FEATURES.length;
  return { ...data, features: data.features.slice(0, width), columns: data.columns.slice(0, width) };
}

/**
 * Rollback protocol: the last 30 % of each project are judged, learned from is what landed 14 days or more before.
 * Zero-shot: learned from the other projects only. Own + others: the zero-shot model fine-tuned on the project's past.
 */
export function rollbackProtocol(projects: readonly ProjectData[], python: string | null) {
  const rows = projects.map(({ project, data }) => {
    const { train: past, test } = splitByTime(data, { testShare: 0.3, embargoDays: 14 });
    const train = sliceRows(past, Math.max(0, past.rowCount - MOST_OWN_ROWS), past.rowCount);
    const others = projects.filter((other) => other.project !== project).map((other) => other.data);
    const prior = pretrain(others, 1);
    const zeroShot = forecast(prior, test);
    const settings = standardSettings(train, 'histogram-forest', 1);
    const tuned = forecast(fitCalibrated(train, null, { ...settings, prior: prior.members }), test);
    const own = ownForecast(train, test, settings);
    const logisticZeroShot = plainLogistic(plain(joinRows(others)), plain(test));
    const logisticBoth = plainLogistic(plain(joinRows([...others, train])), plain(test));
    const hgb = python === null ? null : runSklearn(python, 'hgb', plain(train), plain(test), 1).scores;
    const rf = python === null ? null : runSklearn(python, 'rf', plain(train), plain(test), 1).scores;
    return {
      project,
      labels: test.labels,
      baseRate: countPositives(test) / test.rowCount,
      tuned,
      zeroShot,
      logisticZeroShot,
      logisticBoth,
      contenders: {
        'rollwatch own+others': measures(tuned, test, true),
        'rollwatch zero-shot': measures(zeroShot, test, true),
        'rollwatch own': measures(own, test, true),
        'LR own+others': measures(logisticBoth, test, false),
        'LR zero-shot': measures(logisticZeroShot, test, false),
        'LR own': measures(plainLogistic(plain(train), plain(test)), test, false),
        ...(rf === null ? {} : { 'sklearn RF own, leaf 20': measures(rf, test, true) }),
        ...(hgb === null ? {} : { 'sklearn HGB own': measures(hgb, test, true) }),
      },
    };
  });
  const mean = (pick: (row: (typeof rows)[number]) => Float64Array) =>
    meanOf(rows.map((row) => rocAuc(pick(row), row.labels)));
  const pairs = (ours: 'tuned' | 'zeroShot', theirs: 'logisticBoth' | 'logisticZeroShot') =>
    meanGain(rows.map((row) => ({ ours: row[ours], theirs: row[theirs], labels: row.labels })));
  return {
    ownPlusOthersMeanAuc: mean((row) => row.tuned),
    zeroShotMeanAuc: mean((row) => row.zeroShot),
    logisticZeroShotMeanAuc: mean((row) => row.logisticZeroShot),
    gainOverLogistic: pairs('tuned', 'logisticBoth'),
    zeroShotGainOverLogistic: pairs('zeroShot', 'logisticZeroShot'),
    byProject: Object.fromEntries(
      rows.map((row) => [
        row.project,
        {
          baseRate: row.baseRate,
          prAucOverBaseRate: row.contenders['rollwatch own+others'].prAuc / row.baseRate,
          aucInterval: aucInterval(row.tuned, row.labels, ROUNDS, 7),
          contenders: row.contenders,
        },
      ]),
    ),
  };
}
