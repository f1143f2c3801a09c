import { dirname, resolve as resolvePath } from 'node:path';
import { DEFAULT_BACKFILL_MS, DEFAULT_FPS, DEFAULT_PATHS } from './defaults.ts';
import { placeText, type Parsed } from './layers.ts';
import type { Env } from './locate.ts';
import type { ConfigFlags } from './outside.ts';
import type { Effective } from './resolve.ts';

/** Metric logs to read. */
export interface SourceSettings {
  /** Absolute where a config names them, else relative to the working directory. */
  readonly paths: readonly string[];
  readonly zoneOffsetMinutes: number;
  readonly backfillMs: number;
}

/** Settings that are not of a pipeline. */
export interface GlobalSettings {
  readonly sources: Effective<readonly SourceSettings[]>;
  /** Who calls whom: caller → callees. */
  readonly calls: Effective<ReadonlyMap<string, readonly string[]>>;
  /** Pipelines that show what would be without a deployment of the one. */
  readonly peers: Effective<ReadonlyMap<string, readonly string[]>>;
  readonly stateDir: Effective<string | null>;
  readonly group: Effective<string | null>;
  readonly ascii: Effective<boolean>;
  readonly fps: Effective<number>;
  readonly screenReader: Effective<boolean>;
}

/** Flags before the process environment before the file before the defaults. */
export function globalSettings(parsed: Parsed, flags: ConfigFlags, env: Env): GlobalSettings {
  const file = parsed?.file;
  const from = <T>(value: T | undefined, key: readonly string[], fallback: T): Effective<T> =>
    value === undefined || parsed === null
      ? { value: fallback, origin: 'default' }
      : { value, origin: placeText(parsed.document, key) };
  const flagged = <T>(value: T | null, name: string, below: Effective<T>): Effective<T> =>
    value === null ? below : { value, origin: `flag ${name}` };
  const stateDir = env['ROLLWATCH_STATE_DIR']
    ? { value: env['ROLLWATCH_STATE_DIR'], origin: 'environment ROLLWATCH_STATE_DIR' }
    : from<string | null>(file?.stateDir, ['stateDir'], null);
  return {
    sources: from(file?.sources && sourcesOf(parsed), ['sources'], [sourceOf(DEFAULT_PATHS)]),
    calls: from(file?.calls && new Map(Object.entries(file.calls)), ['calls'], new Map()),
    peers: from(file?.peers && new Map(Object.entries(file.peers)), ['peers'], new Map()),
    stateDir: flagged<string | null>(flags.stateDir, '--state-dir', stateDir),
    group: from<string | null>(file?.group, ['group'], null),
    ascii: flagged(flags.ascii, '--ascii', from(file?.screen?.ascii, ['screen', 'ascii'], false)),
    screenReader: flagged(
      flags.screenReader,
      '--screen-reader',
      from(file?.screen?.screenReader, ['screen', 'screenReader'], false),
    ),
    fps: flagged(flags.fps, '--fps', from(file?.screen?.fps, ['screen', 'fps'], DEFAULT_FPS)),
  };
}

function sourcesOf(parsed: Parsed): readonly SourceSettings[] {
  // Relative to the file, so that it means the same from everywhere.
  const base = dirname(parsed?.document.path ?? '.');
  return (parsed?.file.sources ?? []).map((one) =>
    sourceOf(
      one.paths.map((path) => resolvePath(base, path)),
      one.zone,
      one.backfill,
    ),
  );
}

function sourceOf(paths: readonly string[], zoneOffsetMinutes = 0, backfillMs = DEFAULT_BACKFILL_MS): SourceSettings {
  return { paths, zoneOffsetMinutes, backfillMs };
}
