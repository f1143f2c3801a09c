import { basename } from 'node:path';

/** Endings that make a file in a folder a metric log. */
export const TAKEN_EXTENSIONS: readonly string[] = ['csv', 'jsonl', 'ndjson', 'log', 'logfmt', 'prom', 'txt'];

const COMPRESSED = /\.(?:gz|bz2|xz|zst|lz4|zip)$/i;
const NUMBERED = /\.\d{1,3}$/;
const DATED_END = /[-._]\d{4}-?\d{2}-?\d{2}(?:[-_.T]?\d{1,10})?$/;
const DATED_STEM = /[-._]\d{4}-?\d{2}-?\d{2}(?:[-_.T]\d{1,10})?\.[a-z]+$/i;
const PUT_ASIDE = /\.(?:old|bak|orig)$/i;
/** What rotation puts behind a name, or before its extension. */
const SUFFIX = /^[-._](?:\d[-\d._T]*|old|bak|orig)$/i;

/**
 * True for the names rotation gives to what is over: not series of their own.
 * `app.log.1`, `app.log-20260101`, `app-20260101.log`, `app.log.2026-01-01-1767225600`, `app.log.gz`, `app.log.old`.
 */
export function isRotatedName(name: string): boolean {
  return [COMPRESSED, NUMBERED, DATED_END, DATED_STEM, PUT_ASIDE].some((pattern) => pattern.test(name));
}

/**
 * The paths a file may have been rotated away from, by its path: `app.log` for `app.log.1`, `app.log-20260101` and
 * `app-20260101.log`. None for names that rotation does not give (`app-2.log` is a log of its own) and for compressed
 * files, which cannot be read on.
 */
export function rotationBases(path: string): readonly string[] {
  const name = basename(path);
  if (!isRotatedName(name) || COMPRESSED.test(name)) return [];
  const start = path.length - name.length;
  const bases: string[] = [];
  const dot = path.lastIndexOf('.');
  const stemEnd = dot > start ? dot : path.length;
  for (let at = start + 1; at < path.length; at += 1) {
    if (!'-._'.includes(path[at]!)) continue;
    if (SUFFIX.test(path.slice(at))) bases.push(path.slice(0, at));
    if (at < stemEnd && SUFFIX.test(path.slice(at, stemEnd))) bases.push(path.slice(0, at) + path.slice(stemEnd));
  }
  return bases;
}

/** True when a file of this name in a watched folder is read. Hidden and rotated names never are. */
export function isTakenName(path: string, extensions: readonly string[] = TAKEN_EXTENSIONS): boolean {
  const name = basename(path);
  if (name.startsWith('.') || isRotatedName(name)) return false;
  const dot = name.lastIndexOf('.');
  return dot > 0 && extensions.includes(name.slice(dot + 1).toLowerCase());
}

/** True for a path that holds the signs of a pattern. */
export function isPattern(path: string): boolean {
  return /[*?[{]/.test(path);
}
