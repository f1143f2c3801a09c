import type { Distinct } from './distinct.ts';

/** What is known of one path: how often, when and by whom it was changed, and what of it was reverted. */
export interface FileHistory {
  changes: number;
  /** Unix seconds; NaN before the first change. */
  lastAtS: number;
  lines: number;
  reverts: number;
  lastRevertAtS: number;
  readonly authors: Set<number>;
  /** Places of the latest changes, oldest first. */
  places: number[];
}

/** So many of a path's latest changes are remembered. */
const REMEMBERED = 200;

/** All paths of a repository; a rename takes its history along. */
export class FileHistories {
  readonly #byPath = new Map<string, FileHistory>();

  get(path: string): FileHistory | undefined {
    return this.#byPath.get(path);
  }

  /** Notes that a change touched a path; `oldPath` differs for a rename. */
  touch(oldPath: string, path: string, place: number, author: number, atS: number, growth: number): void {
    if (oldPath !== path) this.#carry(oldPath, path);
    const file = this.#open(path);
    file.changes++;
    file.authors.add(author);
    file.lastAtS = atS;
    file.lines += growth;
    file.places.push(place);
    // Twice the memory, so that the list is cut once in 200 changes, not at each.
    if (file.places.length > 2 * REMEMBERED) file.places = file.places.slice(-REMEMBERED);
  }

  /** Notes that a change to this path was reverted. */
  revert(path: string, atS: number): void {
    const file = this.#open(path);
    file.reverts++;
    file.lastRevertAtS = atS;
  }

  /** The latest changes to a path, at most 200, oldest first. */
  static latest(file: FileHistory): readonly number[] {
    return file.places.length > REMEMBERED ? file.places.slice(-REMEMBERED) : file.places;
  }

  /** Counts the latest changes to a path among those counted already. */
  static countLatest({ places }: FileHistory, counted: Distinct): void {
    for (let i = Math.max(0, places.length - REMEMBERED); i < places.length; i++) counted.add(places[i]!);
  }

  #open(path: string): FileHistory {
    let file = this.#byPath.get(path);
    if (file === undefined) {
      file = {
        changes: 0,
        lastAtS: NaN,
        lines: 0,
        reverts: 0,
        lastRevertAtS: NaN,
        authors: new Set(),
        places: [],
      };
      this.#byPath.set(path, file);
    }
    return file;
  }

  #carry(oldPath: string, path: string): void {
    const old = this.#byPath.get(oldPath);
    if (old === undefined) return;
    this.#byPath.delete(oldPath);
    const file = this.#open(path);
    file.changes += old.changes;
    file.lines += old.lines;
    file.reverts += old.reverts;
    if (!Number.isNaN(old.lastAtS)) file.lastAtS = old.lastAtS;
    if (!Number.isNaN(old.lastRevertAtS)) file.lastRevertAtS = old.lastRevertAtS;
    for (const author of old.authors) file.authors.add(author);
    file.places = [...FileHistories.latest(old), ...FileHistories.latest(file)];
  }
}
