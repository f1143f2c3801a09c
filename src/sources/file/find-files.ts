import { join, matchesGlob, resolve, sep } from 'node:path';
import { FileSystemError } from '../../ports/file-system.ts';
import type { FileSystem } from '../../ports/file-system.ts';
import { isPattern, isRotatedName, isTakenName } from './names.ts';

/** A path a person gave: resolved once, looked at again on every search, because what it leads to may appear later. */
export interface WatchedPath {
  readonly path: string;
  /** A pattern is searched from `folder` down; any other path is a file or a folder. */
  readonly pattern: boolean;
  /** Where hints are asked for. */
  readonly folder: string;
  /** Levels below `folder` a match can be at; Infinity for `**`. */
  readonly depth: number;
}

/** Reads a path as given on the command line. Relative paths are relative to the working directory. */
export function toWatchedPath(given: string): WatchedPath {
  const path = resolve(given);
  if (!isPattern(given)) return { path, pattern: false, folder: path, depth: 0 };
  const parts = path.split(sep);
  const first = parts.findIndex(isPattern);
  const depth = parts.slice(first).some((part) => part.includes('**')) ? Infinity : parts.length - first - 1;
  return { path, pattern: true, folder: parts.slice(0, first).join(sep) || sep, depth };
}

/** What a search found: files to read, and what stands in the way of reading others. */
export interface Findings {
  readonly files: ReadonlySet<string>;
  readonly refused: ReadonlyMap<string, string>;
}

/** Searches all paths. A file named explicitly is taken whatever its name; in folders and patterns names decide. */
export function findFiles(fs: FileSystem, paths: readonly WatchedPath[], extensions: readonly string[]): Findings {
  const files = new Set<string>();
  const refused = new Map<string, string>();
  for (const watched of paths) {
    try {
      if (watched.pattern) searchPattern(fs, watched, watched.folder, watched.depth, files, refused);
      else searchPath(fs, watched.path, extensions, files, refused);
    } catch (error) {
      if (!(error instanceof FileSystemError)) throw error;
      refused.set(watched.path, reason(error));
    }
  }
  return { files, refused };
}

function searchPath(
  fs: FileSystem,
  path: string,
  extensions: readonly string[],
  files: Set<string>,
  refused: Map<string, string>,
): void {
  const stat = fs.stat(path);
  if (stat === null) return;
  if (stat.kind !== 'directory') {
    files.add(path);
    return;
  }
  for (const entry of fs.list(path) ?? []) {
    if (!isTakenName(entry.name, extensions)) continue;
    if (entry.kind === 'directory') refused.set(join(path, entry.name), 'a folder, not a regular file');
    else files.add(join(path, entry.name));
  }
}

function searchPattern(
  fs: FileSystem,
  watched: WatchedPath,
  folder: string,
  depth: number,
  files: Set<string>,
  refused: Map<string, string>,
): void {
  for (const entry of fs.list(folder) ?? []) {
    const path = join(folder, entry.name);
    // Links to folders are not entered: they may lead in a circle.
    if (entry.kind === 'directory' && depth > 0) {
      try {
        searchPattern(fs, watched, path, depth - 1, files, refused);
      } catch (error) {
        if (!(error instanceof FileSystemError)) throw error;
        refused.set(path, reason(error));
      }
    } else if (entry.kind !== 'directory' && !isRotatedName(entry.name) && matchesGlob(path, watched.path)) {
      files.add(path);
    }
  }
}

/** Why a path cannot be read, in words, from what the file system threw. */
export function reason(error: FileSystemError): string {
  const { code, message } = error;
  if (code === 'EACCES' || code === 'EPERM') return `permission denied (${code}); it is tried again`;
  if (code === 'ELOOP') return 'its symbolic links go in a circle (ELOOP)';
  return `${message}; it is tried again`;
}
