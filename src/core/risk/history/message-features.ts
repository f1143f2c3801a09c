import type { ChangeFeature } from '../change-features.ts';
import type { Change } from './change.ts';
import { roundHalfEven } from './half-even.ts';
import {
  countBodyLines,
  isConfigPath,
  isDocPath,
  isTestPath,
  namesIssue,
  saysFix,
  saysUrgent,
} from './wording-patterns.ts';

/** Features of a change that need no history: size, kinds of files, message, clock. */
export type OwnFeatures = Partial<Record<ChangeFeature, number>>;

const DAY_S = 86_400;

/** Measures a change by itself. At least one file. */
export function ownFeatures(change: Change): OwnFeatures {
  const { files, subject, body, landedAtS, authoredAtS } = change;
  const added = files.map((file) => file.added ?? 0);
  const deleted = files.map((file) => file.deleted ?? 0);
  const paths = files.map((file) => file.newPath);
  const share = (fits: (path: string) => boolean): number => roundHalfEven(paths.filter(fits).length / files.length, 3);
  const count = (status: string): number => files.filter((file) => file.status === status).length;
  const localS = landedAtS + change.zoneOffsetS;
  return {
    la: total(added),
    ld: total(deleted),
    nf: files.length,
    nd: new Set(paths.map(folderOf)).size,
    ns: new Set(paths.map(subsystemOf)).size,
    entropy: roundHalfEven(entropy(added.map((lines, i) => lines + deleted[i]!)), 4),
    n_added: count('A'),
    n_deleted: count('D'),
    n_renamed: count('R'),
    n_binary: files.filter((file) => file.added === null).length,
    frac_test: share(isTestPath),
    frac_doc: share(isDocPath),
    frac_conf: share(isConfigPath),
    n_ext: new Set(paths.map(extensionOf)).size,
    // Characters, not UTF-16 units.
    subj_len: Array.from(subject).length,
    body_lines: countBodyLines(body),
    has_issue: Number(namesIssue(`${subject}\n${body}`)),
    is_fix: Number(saysFix(subject)),
    is_hotfix: Number(saysUrgent(subject + body)),
    self_committed: Number(change.author === change.committer),
    review_lag_h: roundHalfEven(Math.max(landedAtS - authoredAtS, 0) / 3600, 2),
    hour_utc: Math.floor(modulo(landedAtS, DAY_S) / 3600),
    hour_local: Math.floor(modulo(localS, DAY_S) / 3600),
    dow: modulo(Math.floor(localS / DAY_S) + 3, 7),
  };
}

/** First folder of a path, '' at the top. */
export function subsystemOf(path: string): string {
  const slash = path.indexOf('/');
  return slash === -1 ? '' : path.slice(0, slash);
}

function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '' : path.slice(0, slash);
}

function extensionOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot === -1 ? '' : name.slice(dot + 1);
}

/** Spread of the changed lines over the files, in bits. */
function entropy(lines: readonly number[]): number {
  const sum = total(lines);
  let bits = 0;
  for (const count of lines) {
    if (count > 0) bits -= (count / sum) * Math.log2(count / sum);
  }
  return bits;
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** Remainder that is never negative. */
function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
