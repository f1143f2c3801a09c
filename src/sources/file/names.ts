import { basename } from 'node:path';

/** Endings that make a file in a folder a metric log. */
export const TAKEN_EXTENSIONS: readonly string[] = ['csv', 'jsonl', 'ndjson', 'log', 'logfmt', 'prom', 'txt'];

const COMPRESSED = /\.(?:gz|bz2|xz|zst|lz4|zip)$/i;
/** `app.log.1`, `app.log-20260101`, `app-20260101.log`, `app.log.2026-01-01`, `app.log.2026-01-01-1767225600`. */
const NUMBERED = /\.\d{1,3}$/;
const DATED_END = /[-._]\d{4}-?\d{2}-?\d{2}(?:[-_.T]?\d{1,10})?$/;
const DATED_STEM = /[-._]\d{4}-?\d{2}-?\d{2}(?:[-_.T]\d{1,10})?\.[a-z]+$/i;

/** True for the names rotation gives to what is over: not series of their own. */
export function isRotatedName(name: string): boolean {
  if (COMPRESSED.test(name)) return true;
  return NUMBERED.test(name) || DATED_END.test(name) || DATED_STEM.test(name) || /\.(?:old|bak|orig)$/i.test(name);
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
