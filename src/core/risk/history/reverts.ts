import type { Change } from './change.ts';
import { bareSubject, quotedSubject, revertedHashes, saysRevert, saysThisReverts } from './wording-patterns.ts';

const DAY_S = 86_400;
/** A subject alone names a change only for so long. */
const SUBJECT_AGE_S = 60 * DAY_S;

/** What a change says it undoes. */
export interface RevertReading {
  readonly isRevert: boolean;
  /** Places of the changes it is the first to undo, in the order named. */
  readonly undoes: readonly number[];
}

/** Links reverts to the changes they undo, while a history is read in landing order. */
export class RevertLinks {
  /** All hashes of the history in alphabetical order, with the place of each. */
  readonly #sorted: readonly string[];
  readonly #place: ReadonlyMap<string, number>;
  readonly #lastBySubject = new Map<string, number>();
  readonly #landedAtS: number[] = [];
  readonly #undone = new Set<number>();

  /** @param order hashes of the whole history in landing order */
  constructor(order: readonly string[]) {
    this.#place = new Map(order.map((hash, place) => [hash, place]));
    this.#sorted = order.toSorted();
  }

  /** Takes the next change of the history; `subject` is its bare subject. */
  read(change: Change, bare: string): RevertReading {
    const here = this.#landedAtS.push(change.landedAtS) - 1;
    const hashes = revertedHashes(change.body);
    const bySubject = saysRevert(change.subject);
    let targets = hashes.map((hash) => this.#find(hash)).filter((place) => place !== null && place < here);
    if (targets.length === 0 && bySubject) targets = this.#bySubject(change);
    let isRevert = bySubject;
    const undoes: number[] = [];
    if (targets.length > 0 && (bySubject || hashes.length > 0)) {
      isRevert ||= saysThisReverts(change.body);
      for (const place of targets) {
        if (place === null || this.#undone.has(place)) continue;
        this.#undone.add(place);
        undoes.push(place);
      }
    }
    this.#lastBySubject.set(bare, here);
    return { isRevert, undoes };
  }

  #bySubject(change: Change): number[] {
    const quoted = quotedSubject(change.subject);
    const place = quoted === null ? undefined : this.#lastBySubject.get(bareSubject(quoted));
    if (place === undefined || change.landedAtS - this.#landedAtS[place]! > SUBJECT_AGE_S) return [];
    return [place];
  }

  /** Place of a full hash or of an abbreviation that fits one change only. */
  #find(hash: string): number | null {
    if (hash.length === 40) return this.#place.get(hash) ?? null;
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#sorted[middle]! < hash) low = middle + 1;
      else high = middle;
    }
    const found = this.#sorted[low];
    if (found === undefined || !found.startsWith(hash)) return null;
    return this.#sorted[low + 1]?.startsWith(hash) === true ? null : this.#place.get(found)!;
  }
}
