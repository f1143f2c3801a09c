import type { ChangeFeature } from '../change-features.ts';
import type { Change } from './change.ts';
import { roundHalfEven } from './half-even.ts';
import type { PathFacts } from './path-facts.ts';
import { pathFacts } from './path-facts.ts';
import { countBodyLines, namesIssue, saysFix, saysUrgent } from './wording-patterns.ts';

/** Features of a change that need no history: size, kinds of files, message, clock. */
export type OwnFeatures = Partial<Record<ChangeFeature, number>>;

const DAY_S = 86_400;

/** Measures a change by itself. At least one file. */
export function ownFeatures(change: Change): OwnFeatures {
  const { files, subject, body, landedAtS, authoredAtS } = change;
  const facts = files.map((file) => pathFacts(file.newPath));
  const share = (fits: (path: PathFacts) => boolean): number =>
    roundHalfEven(facts.filter(fits).length / files.length, 3);
  const count = (status: string): number => files.filter((file) => file.status === status).length;
  const different = (of: (path: PathFacts) => string): number => (facts.length === 1 ? 1 : new Set(facts.map(of)).size);
  const localS = landedAtS + change.zoneOffsetS;
  return {
    la: total(files.map((file) => file.added ?? 0)),
    ld: total(files.map((file) => file.deleted ?? 0)),
    nf: files.length,
    nd: different((path) => path.folder),
    ns: different((path) => path.subsystem),
    entropy: roundHalfEven(entropy(files.map((file) => (file.added ?? 0) + (file.deleted ?? 0))), 4),
    n_added: count('A'),
    n_deleted: count('D'),
    n_renamed: count('R'),
    n_binary: files.filter((file) => file.added === null).length,
    frac_test: share((path) => path.isTest),
    frac_doc: share((path) => path.isDoc),
    frac_conf: share((path) => path.isConfig),
    n_ext: different((path) => path.extension),
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
