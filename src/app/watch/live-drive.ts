import { resolve } from 'node:path';
import type { SourceSettings } from '../../config/global.ts';
import type { Clock } from '../../ports/clock.ts';
import type { OffsetStore } from '../../ports/store.ts';
import type { Drive } from './drive.ts';
import { createFeed } from './feed.ts';
import type { WatchOptions } from './options.ts';

/** What is read: the paths of the command line, else those of the configuration. */
export function sourcesOf(
  { paths, config }: Pick<WatchOptions, 'paths' | 'config'>,
  cwd: string,
): readonly SourceSettings[] {
  const configured = config.sources.value;
  const chosen = paths.length === 0 ? configured : [{ ...configured[0]!, paths }];
  return chosen.map((source) => ({ ...source, paths: source.paths.map((path) => resolve(cwd, path)) }));
}

/** Follows files as they grow. */
export function liveDrive(options: WatchOptions, cwd: string, clock: Clock, offsets: OffsetStore | null): Drive {
  return {
    clock,
    ends: options.once,
    connect({ take, log }) {
      const feed = createFeed({
        sources: sourcesOf(options, cwd),
        clock,
        once: options.once,
        offsets,
        take,
        onNotice: log,
      });
      return { ...feed, play: () => feed.start() };
    },
  };
}
