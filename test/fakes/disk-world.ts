import { closeSync, copyFileSync, existsSync, openSync, renameSync, rmSync, truncateSync, writeSync } from 'node:fs';
import type { World } from './random-writer.ts';

/** The random writer's files on a real disk. */
export class DiskWorld implements World {
  readonly #open: number[] = [];

  writerOf(path: string): (bytes: Uint8Array) => void {
    const descriptor = openSync(path, 'a');
    this.#open.push(descriptor);
    return (bytes) => {
      if (bytes.length > 0) writeSync(descriptor, bytes);
    };
  }

  truncate(path: string, sizeBytes: number): void {
    truncateSync(path, sizeBytes);
  }

  rename(from: string, to: string): void {
    renameSync(from, to);
  }

  copy(from: string, to: string): void {
    copyFileSync(from, to);
  }

  remove(path: string): void {
    rmSync(path);
  }

  has(path: string): boolean {
    return existsSync(path);
  }

  close(): void {
    for (const descriptor of this.#open.splice(0)) closeSync(descriptor);
  }
}
