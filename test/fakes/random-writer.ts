/** What a writer of logs does to files: implemented in memory and on disk. */
export interface World {
  writerOf(path: string): (bytes: Uint8Array) => void;
  truncate(path: string, sizeBytes: number): void;
  rename(from: string, to: string): void;
  copy(from: string, to: string): void;
  remove(path: string): void;
  has(path: string): boolean;
}

/** Random numbers that are the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const TEXTS = ['x', 'größe', '温度が高い', '🌡️🔥', 'a,b,"c"', 'plain and rather long, so that lines differ in length'];
const encoder = new TextEncoder();

/** Writes rows that are all different to one path, and knows which ones must come out, and what must be reported lost. */
export class RandomWriter {
  readonly rows: string[] = [];
  /** Bytes of unfinished lines that were emptied away after the reader had seen them. */
  lostBytes = 0;
  /** The same before any line of the file was complete: when it grows past them at once, nothing can tell. */
  maybeLostBytes = 0;
  readonly path: string;
  readonly #world: World;
  readonly #dated: boolean;
  #write: ((bytes: Uint8Array) => void) | null = null;
  #next = 0;
  #rotations = 0;
  /** Row that is being written, and how much of it (with its line end) is in the file. */
  #row = '';
  #bytes: Uint8Array = new Uint8Array(0);
  #written = 0;
  /** Where complete rows end in the file that is written to. */
  #rowEnds: number[] = [];
  #sizeBytes = 0;

  constructor(world: World, path: string, dated: boolean) {
    this.#world = world;
    this.path = path;
    this.#dated = dated;
  }

  get unfinishedBytes(): number {
    return this.#written;
  }

  /** Writes in chunks of any size, wherever they end. */
  append(random: () => number): void {
    for (let chunks = 1 + Math.floor(random() * 4); chunks > 0; chunks -= 1) {
      const budget = 1 + Math.floor(random() * (random() < 0.2 ? 900 : 60));
      const chunk: number[] = [];
      while (chunk.length < budget) {
        if (this.#written === this.#bytes.length) this.#startRow(random);
        chunk.push(this.#bytes[this.#written]!);
        this.#written += 1;
        if (this.#written === this.#bytes.length) this.#rowDone(chunk.length);
      }
      this.#put(Uint8Array.from(chunk));
    }
  }

  /** Completes the row that is being written, with or without its line end. */
  completeRow(withEnd: boolean): void {
    if (this.#written === 0) return;
    const rest = this.#bytes.subarray(this.#written, this.#bytes.length - (withEnd ? 0 : 1));
    this.#rowDone(rest.length);
    this.#put(rest);
  }

  /** Renames the file and goes on in a new one; the old one gets the rest of the row first, or no line end. */
  rotate(random: () => number): void {
    if (!this.#world.has(this.path)) return;
    const kind = random();
    if (kind < 0.3) this.completeRow(false);
    this.#rename();
    if (kind >= 0.3) this.completeRow(true);
    this.#opened();
    if (random() < 0.7) this.append(random);
  }

  /** Copies and empties. The reader has seen all there is; an unfinished row is lost and not completed. */
  copyTruncate(random: () => number): void {
    if (!this.#world.has(this.path)) return;
    if (random() < 0.5) this.#world.copy(this.path, this.#rotatedName());
    this.#world.truncate(this.path, 0);
    this.#forgetUnfinished();
    this.#rowEnds = [];
    this.#sizeBytes = 0;
    if (random() < 0.5) for (let n = Math.floor(random() * 12); n > 0; n -= 1) this.append(random);
  }

  /** Cuts the file at the end of a row that was delivered. The reader has seen all there is. */
  cut(random: () => number): void {
    const end = this.#rowEnds[Math.floor(random() * this.#rowEnds.length)];
    if (end === undefined || !this.#world.has(this.path) || this.#rowEnds.indexOf(end) < 1) return;
    this.#world.truncate(this.path, end);
    this.#forgetUnfinished();
    this.#rowEnds = this.#rowEnds.filter((at) => at <= end);
    this.#sizeBytes = end;
  }

  /** Removes the file; a row without its end is complete with it. */
  remove(random: () => number): void {
    if (!this.#world.has(this.path)) return;
    this.completeRow(random() < 0.5);
    this.#world.remove(this.path);
    this.#opened();
  }

  /** Removes what was rotated away, once its follower is there. */
  clean(): void {
    if (!this.#world.has(this.path)) return;
    for (let i = 1; i <= this.#rotations; i += 1) {
      const name = this.#dated ? this.#datedName(i) : `${this.path}.${i}`;
      if (this.#world.has(name)) this.#world.remove(name);
    }
  }

  #startRow(random: () => number): void {
    this.#row = `${this.#next},${TEXTS[Math.floor(random() * TEXTS.length)]}`;
    this.#next += 1;
    this.#bytes = encoder.encode(`${this.#row}\n`);
    this.#written = 0;
  }

  #rowDone(inChunkBytes: number): void {
    this.rows.push(this.#row);
    this.#rowEnds.push(this.#sizeBytes + inChunkBytes);
    this.#bytes = new Uint8Array(0);
    this.#written = 0;
  }

  #put(bytes: Uint8Array): void {
    this.#write ??= this.#world.writerOf(this.path);
    this.#write(bytes);
    this.#sizeBytes += bytes.length;
  }

  #forgetUnfinished(): void {
    if (this.#rowEnds.length > 0) this.lostBytes += this.#written;
    else this.maybeLostBytes += this.#written;
    this.#bytes = new Uint8Array(0);
    this.#written = 0;
  }

  #opened(): void {
    this.#write = null;
    this.#rowEnds = [];
    this.#sizeBytes = 0;
  }

  #rename(): void {
    this.#world.rename(this.path, this.#rotatedName());
  }

  #rotatedName(): string {
    this.#rotations += 1;
    if (this.#dated) return this.#datedName(this.#rotations);
    for (let i = this.#rotations; i > 1; i -= 1) {
      const from = `${this.path}.${i - 1}`;
      if (this.#world.has(from)) this.#world.rename(from, `${this.path}.${i}`);
    }
    return `${this.path}.1`;
  }

  #datedName(i: number): string {
    return `${this.path}-20260101-${String(i).padStart(5, '0')}`;
  }
}
