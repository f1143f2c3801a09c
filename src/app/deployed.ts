import { closeSync, constants, fsyncSync, lstatSync, openSync, readSync, fstatSync, writeSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseTimestamp } from '../parsers/timestamp.ts';
import { MarkerError } from './marker-error.ts';

/** What `rollwatch deployed` is told; null where a flag was not given. */
export interface Announcement {
  readonly pipeline: string;
  readonly version: string;
  /** ISO 8601, UTC where it names no zone. */
  readonly at: string | null;
  readonly commit: string | null;
  readonly previous: string | null;
  readonly environment: string | null;
  readonly features: Readonly<Record<string, number>>;
  /** What is watched; the marker goes beside the first folder's logs. */
  readonly paths: readonly string[];
  readonly cwd: string;
  readonly nowMs: number;
}

/** A line of `deployments.jsonl`. */
export interface Marker {
  readonly pipeline: string;
  readonly version: string;
  readonly at: string;
  readonly commit?: string;
  readonly environment?: string;
  readonly previous?: string;
  readonly features?: Readonly<Record<string, number>>;
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
const VERSION = /^[A-Za-z0-9][A-Za-z0-9._:+@/-]{0,127}$/;
const FILE = 'deployments.jsonl';

/** Appends the marker as one whole line, durable when it returns. Throws MarkerError that says what to change. */
export function announceDeployment(announcement: Announcement): { readonly path: string; readonly marker: Marker } {
  const marker = markerOf(announcement);
  const path = join(folderOf(announcement), FILE);
  append(path, `${JSON.stringify(marker)}\n`);
  return { path, marker };
}

function markerOf(given: Announcement): Marker {
  check('--pipeline', given.pipeline, NAME);
  check('--version', given.version, VERSION);
  if (given.commit !== null) check('--commit', given.commit, VERSION);
  if (given.previous !== null) check('--previous', given.previous, VERSION);
  if (given.environment !== null) check('--environment', given.environment, NAME);
  if (given.previous === given.version) {
    throw new MarkerError(`--previous ${given.previous} is the version that was deployed: nothing changed.`);
  }
  return {
    pipeline: given.pipeline,
    version: given.version,
    at: new Date(timeOf(given)).toISOString(),
    ...(given.commit === null ? {} : { commit: given.commit }),
    ...(given.environment === null ? {} : { environment: given.environment }),
    ...(given.previous === null ? {} : { previous: given.previous }),
    ...(Object.keys(given.features).length === 0 ? {} : { features: given.features }),
  };
}

function check(flag: string, value: string, pattern: RegExp): void {
  if (pattern.test(value)) return;
  const signs = pattern === NAME ? '"." "_" "-"' : '". _ : + @ / -"';
  throw new MarkerError(
    `${flag} ${JSON.stringify(value)}: expected letters, digits and ${signs}, beginning with a letter or digit.`,
  );
}

function timeOf({ at, nowMs }: Announcement): number {
  if (at === null) return nowMs;
  const atMs = parseTimestamp(at, 0);
  if (Number.isNaN(atMs))
    throw new MarkerError(`--at ${JSON.stringify(at)}: expected a time such as 2026-03-02T09:00:00Z.`);
  // A minute of disagreement between clocks is no reason to lose an announcement.
  if (atMs > nowMs + 60_000)
    throw new MarkerError(`--at ${at} is in the future: announce a deployment when it is live.`);
  return atMs;
}

/** The first folder that is watched, or the folder of the first file. */
function folderOf({ paths, cwd }: Announcement): string {
  for (const path of paths) {
    const full = resolve(cwd, path);
    const facts = lstatSync(full, { throwIfNoEntry: false });
    if (facts?.isDirectory() === true) return full;
    if (facts !== undefined) return dirname(full);
  }
  const looked = paths.map((path) => resolve(cwd, path)).join(', ');
  throw new MarkerError(
    `There are no logs to announce it beside (looked in ${looked}): name their folder with --logs.`,
  );
}

/** One write in append mode: lines of several processes never mix. A last line left unfinished is ended first. */
function append(path: string, line: string): void {
  let descriptor: number;
  try {
    descriptor = openSync(
      path,
      constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW,
      0o644,
    );
  } catch (error) {
    throw new MarkerError(`${path} cannot be written: ${error instanceof Error ? error.message : String(error)}.`);
  }
  try {
    const facts = fstatSync(descriptor);
    if (!facts.isFile()) throw new MarkerError(`${path} is not a regular file.`);
    const last = Buffer.alloc(1);
    const unfinished = facts.size > 0 && readSync(descriptor, last, 0, 1, facts.size - 1) === 1 && last[0] !== 0x0a;
    writeSync(descriptor, unfinished ? `\n${line}` : line);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
