import type { Dataset } from './dataset.ts';
import type { FeatureVector } from './feature.ts';
import { RiskError } from './risk-error.ts';

/** The features of a change as git gives them, in the order in which they are written. */
export const CHANGE_FEATURES = [
  'la',
  'ld',
  'nf',
  'nd',
  'ns',
  'entropy',
  'lt',
  'n_added',
  'n_deleted',
  'n_renamed',
  'n_binary',
  'frac_test',
  'frac_doc',
  'frac_conf',
  'n_ext',
  'subj_len',
  'body_lines',
  'has_issue',
  'is_fix',
  'is_hotfix',
  'is_reland',
  'exp',
  'rexp_30d',
  'rexp_1d',
  'sexp',
  'author_idle_d',
  'author_reverts',
  'author_revert_rate',
  'self_committed',
  'review_lag_h',
  'ndev',
  'age_d',
  'nuc',
  'file_hot',
  'file_reverts',
  'file_last_revert_d',
  'dir_revert_rate',
  'repo_commits_1d',
  'repo_commits_7d',
  'repo_reverts_7d',
  'repo_reverts_30d',
  'h_since_prev',
  'h_since_revert',
  'prev_is_revert',
  'hour_utc',
  'hour_local',
  'dow',
] as const;

export type ChangeFeature = (typeof CHANGE_FEATURES)[number];

/** Prior weight, in changes, of the repository's own revert rate in every smoothed rate (as in `author_revert_rate`). */
const PRIOR_CHANGES = 20;
/** A repository with hardly any revert so far must not make every ratio infinite. */
const LOWEST_RATE = 0.002;

type Get = (name: ChangeFeature) => number;

/** Share of earlier changes of the repository that were reverted, taken back out of the smoothed author rate. */
function repositoryRate(get: Get): number {
  const smoothed = get('author_revert_rate') * (get('exp') + PRIOR_CHANGES) - get('author_reverts');
  return Math.max(smoothed / PRIOR_CHANGES, LOWEST_RATE);
}

/**
 * What makes changes of different repositories comparable: rates relative to the repository's own.
 *
 * Revert rates differ tenfold between repositories; "twice as often as usual here" means the same in all of them.
 */
const RELATIVE: Readonly<Record<string, (get: Get) => number>> = {
  repo_revert_rate: repositoryRate,
  author_relative: (get) => Math.log(Math.max(get('author_revert_rate'), 1e-4) / repositoryRate(get)),
  files_relative: (get) => {
    const rate = repositoryRate(get);
    return Math.log((get('file_reverts') + PRIOR_CHANGES * rate) / (get('nuc') + PRIOR_CHANGES) / rate);
  },
  subsystem_relative: (get) => Math.log(Math.max(get('dir_revert_rate'), 1e-4) / repositoryRate(get)),
  week_relative: (get) => {
    const rate = repositoryRate(get);
    return Math.log((get('repo_reverts_7d') + PRIOR_CHANGES * rate) / (get('repo_commits_7d') + PRIOR_CHANGES) / rate);
  },
  subsystem_experience: (get) => Math.log1p(get('sexp')) - Math.log1p(get('exp')),
  relative_churn: (get) => Math.log1p(get('la') + get('ld')) - Math.log1p(Math.max(get('lt'), 0)),
};

/** A change's features with the relative ones added; a missing input makes its ratios missing. */
export function withRelative(vector: FeatureVector): FeatureVector {
  const get: Get = (name) => {
    const value = vector[name];
    return typeof value === 'number' ? value : NaN;
  };
  const added = Object.entries(RELATIVE).map(([name, compute]) => {
    const value = compute(get);
    return [name, Number.isFinite(value) ? value : null] as const;
  });
  return { ...vector, ...Object.fromEntries(added) };
}

/** The same for a data set in columns. @throws RiskError `feature-mismatch` when a change feature is absent */
export function withRelativeColumns(data: Dataset): Dataset {
  const places = new Map(data.features.map((feature, f) => [feature.name, f]));
  for (const name of CHANGE_FEATURES) {
    if (!places.has(name)) {
      throw new RiskError(
        'feature-mismatch',
        `The change model expects the feature "${name}"; found ${[...places.keys()].join(', ')}.`,
      );
    }
  }
  const added = Object.values(RELATIVE).map((compute) =>
    Float64Array.from({ length: data.rowCount }, (_, i) => compute((name) => data.columns[places.get(name)!]![i]!)),
  );
  return {
    ...data,
    features: [...data.features, ...Object.keys(RELATIVE).map((name) => ({ name, kind: 'number' }) as const)],
    columns: [...data.columns, ...added],
  };
}
