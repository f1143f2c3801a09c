import type { FileSystem, OpenFile } from '../../ports/file-system.ts';
import type { Siblings } from './siblings.ts';
import type { Stretch } from './stretch.ts';

/** How often a file that is renamed again and again is looked for. */
const ATTEMPTS = 10;

/**
 * Opens files for reading and keeps the first `maxOpen` of them open.
 *
 * A held file is drained to its last byte after it was renamed, moved away or removed. The others are opened for
 * each read and found by inode after a rename within their folder. First come, first held: with files read in
 * turn, replacing the least recently used one would only mean opening each file anew every time.
 */
export class Handles {
  readonly #fs: FileSystem;
  readonly #siblings: Siblings;
  readonly #maxOpen: number;
  #held = 0;

  constructor(fs: FileSystem, siblings: Siblings, maxOpen: number) {
    this.#fs = fs;
    this.#siblings = siblings;
    this.#maxOpen = maxOpen;
  }

  get heldCount(): number {
    return this.#held;
  }

  /** Opens the file under the name it was last found. Null when another file, or none, is there. */
  open(stretch: Stretch): OpenFile | null {
    if (stretch.handle !== null) return stretch.handle;
    const file = this.#fs.open(stretch.where);
    if (file === null) return null;
    if (!stretch.isSameFile(file.stat())) {
      file.close();
      return null;
    }
    if (this.#held < this.#maxOpen) {
      stretch.handle = file;
      this.#held += 1;
    }
    return file;
  }

  /**
   * Opens the file wherever it is in its folder by now. `since` = when it was seen to be gone from its place.
   * `provable` = the caller can tell by the content that it is the right one.
   */
  openAnywhere(
    stretch: Stretch,
    since: number,
    provable: boolean = stretch.fingerprint.lengthBytes > 0,
  ): OpenFile | null {
    const file = this.open(stretch);
    if (file !== null) return file;
    let seen = since;
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const found = this.#siblings.find(stretch.path, stretch.device, stretch.inode, seen, provable);
      if (found === null) return null;
      stretch.where = found;
      const moved = this.open(stretch);
      if (moved !== null) return moved;
      // It was renamed again since the listing was taken.
      seen = this.#siblings.now();
    }
    return null;
  }

  /** Ends one use: closes the file unless it is held. */
  release(stretch: Stretch, file: OpenFile): void {
    if (stretch.handle !== file) file.close();
  }

  /** Lets a held file go. */
  drop(stretch: Stretch): void {
    if (stretch.handle === null) return;
    stretch.handle.close();
    stretch.handle = null;
    this.#held -= 1;
  }
}
