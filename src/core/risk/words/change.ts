import { WEEKDAYS, clockHour, compact, counted, duration, either, percent } from './wording.ts';
import type { Wording } from './wording.ts';

/** Value that stands for "never" in features that count time since something. */
const NEVER = 9999;

/** A logarithm of a ratio as "reverted 2.1 times as often as usual here". */
function relative(what: string): Wording {
  return (value) =>
    `${what} are reverted ${compact(Math.round(Math.exp(value) * 10) / 10)} times as often as usual here`;
}

/** The change features from git in words. */
export const changeWords: Readonly<Record<string, Wording>> = {
  la: (value) => `${counted(value, 'line')} added`,
  ld: (value) => `${counted(value, 'line')} deleted`,
  nf: (value) => `touches ${counted(value, 'file')}`,
  nd: (value) => `touches ${counted(value, 'folder')}`,
  ns: (value) => `touches ${counted(value, 'subsystem')}`,
  entropy: (value) =>
    value === 0 ? 'all changed lines are in one file' : `changed lines spread over files (entropy ${compact(value)})`,
  lt: (value) => `the files touched have ${counted(value, 'line')}`,
  n_added: (value) => `${counted(value, 'file')} added`,
  n_deleted: (value) => `${counted(value, 'file')} deleted`,
  n_renamed: (value) => `${counted(value, 'file')} renamed`,
  n_binary: (value) => counted(value, 'binary file'),
  frac_test: (value) => `${percent(value)} of the files are tests`,
  frac_doc: (value) => `${percent(value)} of the files are documentation`,
  frac_conf: (value) => `${percent(value)} of the files are configuration`,
  n_ext: (value) => counted(value, 'file type'),
  subj_len: (value) => `subject line of ${counted(value, 'character')}`,
  body_lines: (value) =>
    value === 0 ? 'no description below the subject' : `${counted(value, 'line')} of description`,
  has_issue: either('names an issue', 'names no issue'),
  is_fix: either('calls itself a fix', 'not called a fix'),
  is_hotfix: either('calls itself urgent', 'not called urgent'),
  is_reland: either('brings back a change that was reverted', 'not a second attempt'),
  fix: either('calls itself a fix', 'not called a fix'),
  exp: (value) => `author has ${counted(value, 'earlier change')} here`,
  rexp: (value) => `recent experience of the author ${compact(value)}`,
  rexp_30d: (value) => `author made ${counted(value, 'change')} in 30 days`,
  rexp_1d: (value) => `author made ${counted(value, 'change')} in the last day`,
  sexp: (value) => `author has ${counted(value, 'earlier change')} in this subsystem`,
  author_idle_d: (value) =>
    value < 0 ? "author's first change here" : `author's last change was ${duration(value * 24)} before`,
  author_reverts: (value) =>
    `${counted(value, 'change')} of this author ${value === 1 ? 'was' : 'were'} reverted before`,
  author_revert_rate: (value) => `${percent(value)} of this author's changes were reverted before (smoothed)`,
  self_committed: either('merged by its author', 'merged by someone else'),
  review_lag_h: (value) => `went live ${duration(value)} after it was written`,
  ndev: (value) => `${counted(value, 'person', 'people')} changed these files before`,
  age_d: (value) => (value < 0 ? 'only new files' : `the files were last changed ${duration(value * 24)} before`),
  age: (value) => `the files were last changed ${compact(value)} days before`,
  nuc: (value) => `${counted(value, 'earlier change')} to these files`,
  file_hot: (value) => `the busiest file was changed ${counted(value, 'time')} before`,
  file_reverts: (value) =>
    value === 0 ? 'none of its files was ever reverted' : `touches files reverted ${counted(value, 'time')} before`,
  file_last_revert_d: (value) =>
    value >= NEVER ? 'no revert ever touched its files' : `a revert touched its files ${duration(value * 24)} before`,
  dir_revert_rate: (value) => `${percent(value)} of the changes to this subsystem were reverted before (smoothed)`,
  repo_commits_1d: (value) => `${counted(value, 'change')} went live in the last day`,
  repo_commits_7d: (value) => `${counted(value, 'change')} went live in 7 days`,
  repo_reverts_7d: (value) => `${counted(value, 'revert')} in 7 days`,
  repo_reverts_30d: (value) => `${counted(value, 'revert')} in 30 days`,
  h_since_prev: (value) => (value < 0 ? 'the first change' : `${duration(value)} after the change before`),
  h_since_revert: (value) => (value >= NEVER ? 'no recent revert' : `${duration(value)} after the last revert`),
  prev_is_revert: either('follows directly on a revert', 'does not follow on a revert'),
  hour_utc: (value) => `at ${clockHour(value)} UTC`,
  hour_local: (value) => `at ${clockHour(value)} where the author is`,
  dow: (value) => `on a ${WEEKDAYS[value] ?? value}`,
  repo_revert_rate: (value) => `${percent(value)} of all earlier changes here were reverted`,
  author_relative: relative("this author's changes"),
  files_relative: relative('changes to these files'),
  subsystem_relative: relative('changes to this subsystem'),
  week_relative: relative("this week's changes"),
  subsystem_experience: (value) => `${percent(Math.exp(value))} of the author's changes were in this subsystem`,
  relative_churn: (value) => `changes ${percent(Math.exp(value))} of the lines of its files`,
};
