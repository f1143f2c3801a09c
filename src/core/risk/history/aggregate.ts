import type { ChangeFeature } from '../change-features.ts';
import { CHANGE_FEATURES } from '../change-features.ts';
import type { MeasuredChange } from './change-history.ts';

type Rule = 'sum' | 'largest' | 'smallest' | 'by-files' | 'first' | 'last';

/**
 * How the changes of one deployment become one row: sizes add up, rates and counts of the past take the riskiest
 * change, experience the least experienced author, shares of files are weighted by files, the clock is the last's.
 */
const RULES: Readonly<Record<ChangeFeature, Rule>> = {
  la: 'sum',
  ld: 'sum',
  nf: 'sum',
  nd: 'largest',
  ns: 'largest',
  entropy: 'largest',
  lt: 'sum',
  n_added: 'sum',
  n_deleted: 'sum',
  n_renamed: 'sum',
  n_binary: 'sum',
  frac_test: 'by-files',
  frac_doc: 'by-files',
  frac_conf: 'by-files',
  n_ext: 'largest',
  subj_len: 'largest',
  body_lines: 'largest',
  has_issue: 'smallest',
  is_fix: 'largest',
  is_hotfix: 'largest',
  is_reland: 'largest',
  exp: 'smallest',
  rexp_30d: 'smallest',
  rexp_1d: 'smallest',
  sexp: 'smallest',
  author_idle_d: 'largest',
  author_reverts: 'largest',
  author_revert_rate: 'largest',
  self_committed: 'largest',
  review_lag_h: 'smallest',
  ndev: 'largest',
  age_d: 'largest',
  nuc: 'largest',
  file_hot: 'largest',
  file_reverts: 'largest',
  file_last_revert_d: 'smallest',
  dir_revert_rate: 'largest',
  repo_commits_1d: 'last',
  repo_commits_7d: 'last',
  repo_reverts_7d: 'last',
  repo_reverts_30d: 'last',
  h_since_prev: 'first',
  h_since_revert: 'smallest',
  prev_is_revert: 'first',
  hour_utc: 'last',
  hour_local: 'last',
  dow: 'last',
};

/** The features of a deployment of several changes, at least one, in landing order. One change stays as it is. */
export function aggregateChanges(changes: readonly MeasuredChange[]): Readonly<Record<ChangeFeature, number>> {
  const files = changes.reduce((sum, change) => sum + change.features.nf, 0);
  const entries = CHANGE_FEATURES.map((name) => {
    const values = changes.map((change) => change.features[name]);
    switch (RULES[name]) {
      case 'sum':
        return [name, values.reduce((sum, value) => sum + value, 0)] as const;
      case 'largest':
        return [name, Math.max(...values)] as const;
      case 'smallest':
        return [name, Math.min(...values)] as const;
      case 'by-files':
        return [name, values.reduce((sum, value, i) => sum + (value * changes[i]!.features.nf) / files, 0)] as const;
      case 'first':
        return [name, values[0]!] as const;
      case 'last':
        return [name, values[values.length - 1]!] as const;
    }
  });
  return Object.fromEntries(entries) as Record<ChangeFeature, number>;
}
