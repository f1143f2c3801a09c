import { basename, dirname, join } from 'node:path';
import { FileSystemError } from '../../src/ports/file-system.ts';
import type { FileKind, FileStat, FileSystem, FolderEntry, OpenFile } from '../../src/ports/file-system.ts';

interface Node {
  inode: number;
  kind: FileKind;
  kindText: string;
  /** Capacity grows by doubling; only `sizeBytes` of it is the file. */
  bytes: Uint8Array;
  sizeBytes: number;
  modifiedMs: number;
  denied: boolean;
}

/**
 * A file system in memory with inodes, open files that survive renaming and removal, and links.
 *
 * `beforeCall` runs before each call of the port, so that a writer can act between any two looks of the reader.
 * The time of modification is `nowMs` and moves on by one with every change.
 */
export class MemoryFileSystem implements FileSystem {
  nowMs = 1_767_225_600_000;
  beforeCall: (() => void) | null = null;
  /** Open files that were not closed. */
  openCount = 0;
  readonly #nodes = new Map<string, Node>();
  readonly #links = new Map<string, string>();
  #freeInodes: number[] = [];
  #nextInode = 1;
  #folderModifiedMs = 0;

  /** With true, a removed file's inode goes to the next new file, as on ext4. */
  readonly #reuseInodes: boolean;

  constructor(reuseInodes = false) {
    this.#reuseInodes = reuseInodes;
  }

  stat(path: string): FileStat | null {
    this.beforeCall?.();
    const node = this.#nodes.get(this.#resolve(path));
    return node === undefined ? this.#folderStat(path) : toStat(node);
  }

  open(path: string): OpenFile | null {
    this.beforeCall?.();
    const node = this.#nodes.get(this.#resolve(path));
    if (node === undefined) return null;
    if (node.denied) throw new FileSystemError('EACCES', `EACCES: permission denied, open '${path}'`);
    this.openCount += 1;
    let open = true;
    return {
      stat: () => toStat(node),
      read: (into, at, lengthBytes, positionBytes) => {
        if (!open) throw new Error('read of a closed file');
        if (positionBytes < 0) throw new Error(`read at ${positionBytes}`);
        this.beforeCall?.();
        const part = node.bytes.subarray(positionBytes, Math.min(node.sizeBytes, positionBytes + lengthBytes));
        into.set(part, at);
        return part.length;
      },
      close: () => {
        if (!open) throw new Error('closed twice');
        open = false;
        this.openCount -= 1;
      },
    };
  }

  list(path: string): readonly FolderEntry[] | null {
    this.beforeCall?.();
    const entries = new Map<string, FolderEntry>();
    for (const [name, node] of this.#nodes) {
      if (dirname(name) === path) entries.set(name, { name: basename(name), kind: node.kind });
      else if (name.startsWith(`${path}/`)) {
        const first = name.slice(path.length + 1).split('/')[0]!;
        entries.set(join(path, first), { name: first, kind: 'directory' });
      }
    }
    for (const name of this.#links.keys()) {
      if (dirname(name) === path) entries.set(name, { name: basename(name), kind: 'link' });
    }
    return entries.size === 0 && this.#folderStat(path) === null ? null : [...entries.values()];
  }

  /** Adds at the end; creates what is missing. */
  append(path: string, data: string | Uint8Array): void {
    const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data;
    const node = this.#nodes.get(this.#resolve(path)) ?? this.#create(this.#resolve(path));
    this.#appendTo(node, bytes);
  }

  /** A writer that holds the file open and goes on writing to it after a rename. */
  writerOf(path: string): (data: string | Uint8Array) => void {
    const node = this.#nodes.get(path) ?? this.#create(path);
    return (data) => this.#appendTo(node, typeof data === 'string' ? new TextEncoder().encode(data) : data);
  }

  truncate(path: string, sizeBytes = 0): void {
    const node = this.#need(path);
    node.bytes.fill(0, sizeBytes, node.sizeBytes);
    node.sizeBytes = sizeBytes;
    node.modifiedMs = ++this.nowMs;
  }

  rename(from: string, to: string): void {
    const node = this.#need(from);
    this.#nodes.delete(from);
    this.#nodes.set(to, node);
    this.#folderModifiedMs = ++this.nowMs;
  }

  copy(from: string, to: string): void {
    const node = this.#need(from);
    this.append(to, node.bytes.slice(0, node.sizeBytes));
  }

  remove(path: string): void {
    if (this.#links.delete(path)) return;
    const node = this.#need(path);
    this.#nodes.delete(path);
    this.#folderModifiedMs = ++this.nowMs;
    // An inode that is held open stays taken; which one is held is not tracked, so only a closed system frees it.
    if (this.#reuseInodes && this.openCount === 0) this.#freeInodes.push(node.inode);
  }

  link(path: string, target: string): void {
    this.#links.set(path, target);
  }

  make(path: string, kind: FileKind, kindText: string): void {
    Object.assign(this.#create(path), { kind, kindText });
  }

  deny(path: string, denied: boolean): void {
    this.#need(path).denied = denied;
  }

  age(path: string, modifiedMs: number): void {
    this.#need(path).modifiedMs = modifiedMs;
  }

  sizeOf(path: string): number {
    return this.#need(path).sizeBytes;
  }

  has(path: string): boolean {
    return this.#nodes.has(path);
  }

  #appendTo(node: Node, bytes: Uint8Array): void {
    const size = node.sizeBytes + bytes.length;
    if (size > node.bytes.length) {
      const grown = new Uint8Array(Math.max(size, node.bytes.length * 2));
      grown.set(node.bytes.subarray(0, node.sizeBytes));
      node.bytes = grown;
    }
    node.bytes.set(bytes, node.sizeBytes);
    node.sizeBytes = size;
    node.modifiedMs = ++this.nowMs;
  }

  #create(path: string): Node {
    const inode = this.#freeInodes.pop() ?? this.#nextInode++;
    const node: Node = {
      inode,
      kind: 'file',
      kindText: 'a regular file',
      bytes: new Uint8Array(0),
      sizeBytes: 0,
      modifiedMs: ++this.nowMs,
      denied: false,
    };
    this.#nodes.set(path, node);
    this.#folderModifiedMs = ++this.nowMs;
    return node;
  }

  #resolve(path: string): string {
    return this.#links.get(path) ?? path;
  }

  #need(path: string): Node {
    const node = this.#nodes.get(this.#resolve(path));
    if (node === undefined) throw new Error(`the test expects ${path} to be there`);
    return node;
  }

  #folderStat(path: string): FileStat | null {
    for (const name of [...this.#nodes.keys(), ...this.#links.keys()]) {
      if (!name.startsWith(`${path}/`)) continue;
      const modifiedMs = this.#folderModifiedMs;
      return { kind: 'directory', kindText: 'a folder', device: 1, inode: 0, sizeBytes: 0, modifiedMs };
    }
    return null;
  }
}

function toStat(node: Node): FileStat {
  const { kind, kindText, inode, sizeBytes, modifiedMs } = node;
  return { kind, kindText, device: 1, inode, sizeBytes, modifiedMs };
}
