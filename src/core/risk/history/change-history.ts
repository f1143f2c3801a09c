import type { ChangeFeature } from '../change-features.ts';
import { CHANGE_FEATURES } from '../change-features.ts';
import type { Change } from './change.ts';
import { Distinct } from './distinct.ts';
import { FileHistories } from './file-history.ts';
import { roundHalfEven } from './half-even.ts';
import { ownFeatures } from './message-features.ts';
import { pathFacts } from './path-facts.ts';
import { RevertLinks } from './reverts.ts';
import { Times } from './times.ts';
import { bareSubject, saysPlanned, saysReland } from './wording-patterns.ts';

/** One change with what was known when it went live. */
export interface MeasuredChange {
  /** Place in the history, 0-based, reverts included. */
  readonly place: number;
  readonly hash: string;
  readonly landedAtS: number;
  readonly subject: string;
  readonly features: Readonly<Record<ChangeFeature, number>>;
  /** Subject says an undo is part of the plan: not to be learned from. */
  readonly planned: boolean;
}

/** What the next change of a history is: measured or a revert (or without files), and what it undoes. */
export interface Step {
  readonly measured: MeasuredChange | null;
  readonly isRevert: boolean;
  /** Places of the changes this one reverts. */
  readonly undoes: readonly number[];
}

const DAY_S = 86_400;
const HOUR_S = 3600;
/** Weight, in changes, of the repository's rate in smoothed rates. */
const PRIOR = 20;
const NEVER = 9999;
const UNMEASURED = Object.fromEntries(CHANGE_FEATURES.map((name) => [name, 0])) as Record<ChangeFeature, number>;

interface Author {
  readonly number: number;
  changes: number;
  reverts: number;
  readonly times: Times;
  readonly bySubsystem: Map<string, number>;
}

/** What is kept of a past change: enough to undo it. */
interface Past {
  readonly author: Author;
  readonly bare: string;
  readonly paths: readonly string[];
}

/**
 * Measures changes in landing order; every feature uses only what landed before.
 *
 * Definitions: size and experience as in Kamei et al. (2013), "A large-scale empirical study of just-in-time quality
 * assurance"; reverts from what commits say they revert. Time per change is linear in its files; memory grows with the
 * number of paths and of (change, file) pairs, because a revert may name any earlier change.
 */
export class ChangeHistory {
  readonly #links: RevertLinks;
  readonly #files = new FileHistories();
  readonly #authors = new Map<string, Author>();
  readonly #subsystemChanges = new Map<string, number>();
  readonly #subsystemReverts = new Map<string, number>();
  readonly #landings = new Times();
  readonly #reverts = new Times();
  readonly #revertedSubjects = new Set<string>();
  readonly #past: Past[] = [];
  readonly #distinctAuthors = new Distinct();
  readonly #distinctPlaces = new Distinct();
  #revertedChanges = 0;
  #previousWasRevert = false;

  /** @param order hashes of the whole history in landing order, as the changes will come */
  constructor(order: readonly string[]) {
    this.#links = new RevertLinks(order);
  }

  /** Takes the next change: measures it, then learns from it. */
  next(change: Change): Step {
    const place = this.#past.length;
    const bare = bareSubject(change.subject);
    const { isRevert, undoes } = this.#links.read(change, bare);
    const author = this.#author(change.author);
    const measured =
      isRevert || change.files.length === 0
        ? null
        : {
            place,
            hash: change.hash,
            landedAtS: change.landedAtS,
            subject: change.subject,
            features: this.#measure(change, author, bare),
            planned: saysPlanned(change.subject),
          };
    this.#learn(change, author, bare, place);
    this.#previousWasRevert = isRevert;
    if (undoes.length > 0) this.#undo(undoes, change.landedAtS);
    return { measured, isRevert, undoes };
  }

  #measure(change: Change, author: Author, bare: string): Record<ChangeFeature, number> {
    const now = change.landedAtS;
    const rate = this.#revertedChanges / Math.max(this.#past.length, 1);
    const subsystems = subsystemsOf(change.files.map((file) => file.newPath));
    const busiest = subsystems.reduce((best, name) => (this.#changesOf(name) > this.#changesOf(best) ? name : best));
    const since = (last: number | undefined, unitS: number): number => (last === undefined ? -1 : (now - last) / unitS);
    const lastRevert = this.#reverts.last;
    // Written into one object that has all of them: put together of several, it costs as much as all measuring.
    const features = Object.assign({ ...UNMEASURED }, ownFeatures(change), this.#fileFeatures(change));
    features.is_reland = Number(this.#revertedSubjects.has(bare) || saysReland(change.subject));
    features.exp = author.changes;
    features.rexp_30d = author.times.countSince(now, 30 * DAY_S);
    features.rexp_1d = author.times.countSince(now, DAY_S);
    features.sexp = Math.max(...subsystems.map((name) => author.bySubsystem.get(name) ?? 0));
    features.author_idle_d = roundHalfEven(since(author.times.last, DAY_S), 3);
    features.author_reverts = author.reverts;
    features.author_revert_rate = roundHalfEven((author.reverts + PRIOR * rate) / (author.changes + PRIOR), 5);
    features.dir_revert_rate = roundHalfEven(
      ((this.#subsystemReverts.get(busiest) ?? 0) + PRIOR * rate) / (this.#changesOf(busiest) + PRIOR),
      5,
    );
    features.repo_commits_1d = this.#landings.countSince(now, DAY_S);
    features.repo_commits_7d = this.#landings.countSince(now, 7 * DAY_S);
    features.repo_reverts_7d = this.#reverts.countSince(now, 7 * DAY_S);
    features.repo_reverts_30d = this.#reverts.countSince(now, 30 * DAY_S);
    features.h_since_prev = roundHalfEven(since(this.#landings.last, HOUR_S), 3);
    features.h_since_revert =
      lastRevert === undefined ? NEVER : roundHalfEven(Math.min((now - lastRevert) / HOUR_S, NEVER), 2);
    features.prev_is_revert = Number(this.#previousWasRevert);
    return features;
  }

  #fileFeatures(change: Change): Partial<Record<ChangeFeature, number>> {
    const now = change.landedAtS;
    const authors = this.#distinctAuthors;
    const places = this.#distinctPlaces;
    authors.reset();
    places.reset();
    let ages = 0;
    let known = 0;
    let lines = 0;
    let reverts = 0;
    let hottest = 0;
    let sinceRevertD = Infinity;
    for (const { oldPath } of change.files) {
      const file = this.#files.get(oldPath);
      if (file === undefined) continue;
      if (!Number.isNaN(file.lastAtS)) {
        ages += (now - file.lastAtS) / DAY_S;
        known++;
      }
      if (!Number.isNaN(file.lastRevertAtS)) sinceRevertD = Math.min(sinceRevertD, (now - file.lastRevertAtS) / DAY_S);
      for (const author of file.authors) authors.add(author);
      FileHistories.countLatest(file, places);
      lines += Math.max(file.lines, 0);
      reverts += file.reverts;
      hottest = Math.max(hottest, file.changes);
    }
    return {
      lt: lines,
      ndev: authors.count,
      age_d: known === 0 ? -1 : roundHalfEven(ages / known, 3),
      nuc: places.count,
      file_hot: hottest,
      file_reverts: reverts,
      file_last_revert_d: roundHalfEven(Math.min(sinceRevertD, NEVER), 2),
    };
  }

  #learn(change: Change, author: Author, bare: string, place: number): void {
    const now = change.landedAtS;
    this.#landings.add(now);
    author.changes++;
    author.times.add(now);
    const paths = change.files.map((file) => file.newPath);
    for (const name of subsystemsOf(paths)) {
      author.bySubsystem.set(name, (author.bySubsystem.get(name) ?? 0) + 1);
      this.#subsystemChanges.set(name, this.#changesOf(name) + 1);
    }
    for (const file of change.files) {
      this.#files.touch(file.oldPath, file.newPath, place, author.number, now, (file.added ?? 0) - (file.deleted ?? 0));
    }
    this.#past.push({ author, bare, paths });
  }

  #undo(places: readonly number[], atS: number): void {
    this.#reverts.add(atS);
    this.#revertedChanges += places.length;
    for (const place of places) {
      const { author, bare, paths } = this.#past[place]!;
      author.reverts++;
      this.#revertedSubjects.add(bare);
      for (const path of paths) this.#files.revert(path, atS);
      for (const name of subsystemsOf(paths)) {
        this.#subsystemReverts.set(name, (this.#subsystemReverts.get(name) ?? 0) + 1);
      }
    }
  }

  #changesOf(subsystem: string): number {
    return this.#subsystemChanges.get(subsystem) ?? 0;
  }

  #author(address: string): Author {
    let author = this.#authors.get(address);
    if (author === undefined) {
      const number = this.#authors.size;
      author = { number, changes: 0, reverts: 0, times: new Times(), bySubsystem: new Map() };
      this.#authors.set(address, author);
    }
    return author;
  }
}

/** The different first folders of paths, in order of appearance. */
function subsystemsOf(paths: readonly string[]): readonly string[] {
  if (paths.length === 1) return [pathFacts(paths[0]!).subsystem];
  return [...new Set(paths.map((path) => pathFacts(path).subsystem))];
}
