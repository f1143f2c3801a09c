import { isConfigPath, isDocPath, isTestPath } from './wording-patterns.ts';

/** What a path alone says. */
export interface PathFacts {
  /** First folder, '' at the top. */
  readonly subsystem: string;
  readonly folder: string;
  readonly extension: string;
  readonly isTest: boolean;
  readonly isDoc: boolean;
  readonly isConfig: boolean;
}

/** Most changes touch paths that were touched before: these are remembered. */
const REMEMBERED = 100_000;
const known = new Map<string, PathFacts>();

/** What a path says by itself, found once for each path. */
export function pathFacts(path: string): PathFacts {
  let facts = known.get(path);
  if (facts === undefined) {
    facts = read(path);
    if (known.size === REMEMBERED) known.clear();
    known.set(path, facts);
  }
  return facts;
}

function read(path: string): PathFacts {
  const first = path.indexOf('/');
  const last = path.lastIndexOf('/');
  const name = path.slice(last + 1);
  const dot = name.lastIndexOf('.');
  return {
    subsystem: first === -1 ? '' : path.slice(0, first),
    folder: last === -1 ? '' : path.slice(0, last),
    extension: dot === -1 ? '' : name.slice(dot + 1),
    isTest: isTestPath(path),
    isDoc: isDocPath(path),
    isConfig: isConfigPath(path),
  };
}
