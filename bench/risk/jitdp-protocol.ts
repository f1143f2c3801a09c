import { rocAuc } from '../../src/core/risk/metrics.ts';
import { standardSettings } from '../../src/core/risk/recipe.ts';
import { meanGain, meanOf, measures, ownForecast, plainLogistic } from './compare.ts';
import type { JitProject } from './jitdp.ts';
import { runSklearn } from './sklearn.ts';

/** JIT-DP protocol (ISSTA'21): learn from the paper's first 80 %, judge on the rest, each project by itself. */
export function jitProtocol(projects: readonly JitProject[], python: string | null) {
  const rows = projects.map(({ project, train, test }) => {
    const ours = ownForecast(train, test, standardSettings(train, 'histogram-forest', 1));
    const logistic = plainLogistic(train, test);
    const lines = train.features.findIndex((feature) => feature.name === 'la');
    const rf = python === null ? null : runSklearn(python, 'rf', train, test, 1).scores;
    const hgb = python === null ? null : runSklearn(python, 'hgb', train, test, 1).scores;
    return {
      project,
      labels: test.labels,
      ours,
      logistic,
      rf,
      contenders: {
        rollwatch: measures(ours, test, true),
        'lines added (LApredict)': measures(test.columns[lines]!, test, false),
        'logistic regression': measures(logistic, test, false),
        ...(rf === null ? {} : { 'sklearn RF, leaf 20': measures(rf, test, true) }),
        ...(hgb === null ? {} : { 'sklearn HGB': measures(hgb, test, true) }),
      },
    };
  });
  const versus = (pick: (row: (typeof rows)[number]) => Float64Array | null) => {
    const pairs = rows.flatMap((row) => {
      const theirs = pick(row);
      return theirs === null ? [] : [{ ours: row.ours, theirs, labels: row.labels }];
    });
    return pairs.length === 0 ? null : meanGain(pairs);
  };
  return {
    meanAuc: meanOf(rows.map((row) => rocAuc(row.ours, row.labels))),
    ece: meanOf(rows.map((row) => row.contenders.rollwatch.ece!)),
    gainOverLogistic: versus((row) => row.logistic),
    gainOverSklearnRf: versus((row) => row.rf),
    byProject: Object.fromEntries(rows.map((row) => [row.project, row.contenders])),
  };
}
