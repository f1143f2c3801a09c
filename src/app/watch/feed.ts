import type { SourceSettings } from '../../config/global.ts';
import type { Clock } from '../../ports/clock.ts';
import type { MetricSource, SourceNotice } from '../../ports/metric-source.ts';
import type { OffsetStore } from '../../ports/store.ts';
import { sources } from '../../sources/registry.ts';
import type { EngineInput } from '../engine/types.ts';
import { createIngest, type FileProgress, type Ingest } from '../ingest.ts';
import { createBacklog } from './backlog.ts';
import { createContextReader } from './context-reader.ts';

/** What a feed is made of. */
export interface FeedOptions {
  readonly sources: readonly SourceSettings[];
  readonly clock: Clock;
  /** Read what is there and end. */
  readonly once: boolean;
  /** Where files were read up to; null = read from the beginning at every start. */
  readonly offsets: OffsetStore | null;
  /** Everything that is there counts, however old: a recording that is played. */
  readonly whole?: boolean;
  readonly take: (input: EngineInput) => void;
  /** For rollwatch's own log. */
  readonly onNotice: (text: string) => void;
}

/** Everything that is watched: from files to inputs of the engine. */
export interface Feed {
  /** Resolves when what was there at the start has been taken in. */
  start(): Promise<void>;
  /** Takes in what is there and ends. */
  stop(): Promise<void>;
  files(): readonly FileProgress[];
  /** Gives the engine the counters that moved since the last call. */
  report(): void;
}

/** Connects every source of the configuration to the engine. */
export function createFeed(options: FeedOptions): Feed {
  const parts = options.sources.map((settings) => createPart(settings, options));
  const reported = new Map<string, string>();

  function files(): readonly FileProgress[] {
    return parts.flatMap((part) => part.ingest.files());
  }

  function report(): void {
    for (const file of files()) {
      const { rows, badLines, lostBytes, bytes } = file;
      const digest = [rows, badLines, lostBytes, bytes].join();
      if (reported.get(file.path) === digest) continue;
      reported.set(file.path, digest);
      const counters = { rows, badLines, lostBytes, bytes };
      options.take({
        type: 'source',
        nowMs: options.clock.nowMs(),
        path: file.path,
        pipeline: file.pipeline,
        counters,
      });
    }
  }

  return {
    async start() {
      await Promise.all(parts.map((part) => part.source.start(part.ingest)));
      report();
      options.take({ type: 'caught-up', nowMs: options.clock.nowMs() });
    },
    async stop() {
      await Promise.all(parts.map((part) => part.source.stop()));
      for (const part of parts) part.ingest.save();
      report();
    },
    files,
    report,
  };
}

interface Part {
  readonly source: MetricSource;
  readonly ingest: Ingest;
}

function createPart(settings: SourceSettings, options: FeedOptions): Part {
  const { clock, offsets, once, take } = options;
  const nowMs = (): number => clock.nowMs();
  const base = {
    nowMs,
    defaultZoneOffsetMinutes: settings.zoneOffsetMinutes,
    onDeployment: (deployment: Extract<EngineInput, { type: 'deployment' }>['deployment']) => {
      take({ type: 'deployment', nowMs: nowMs(), deployment });
    },
  };
  const backlog = createBacklog(base);
  const context = createContextReader({
    ...base,
    onRows: (pipeline, batch, { path }) => {
      take({ type: 'rows', nowMs: nowMs(), path, pipeline, batch: backlog.within(path, batch), backfill: true });
    },
  });
  const ingest = createIngest({
    ...base,
    parserStates: offsets,
    onRows: (pipeline, read, { path, backfill }) => {
      const batch = backfill ? backlog.within(path, read) : read;
      if (batch.rowCount > 0) take({ type: 'rows', nowMs: nowMs(), path, pipeline, batch, backfill });
    },
    onIssue: (issue) =>
      options.onNotice(`${issue.path}: byte ${issue.offsetBytes}: ${issue.message}: ${issue.excerpt}`),
    onNotice: (notice) => {
      if (notice.type === 'file-found') {
        if (!options.whole) backlog.found(notice, settings.backfillMs);
        context.read(notice, backlog.oldestOf(notice.path));
      }
      const text = noticeText(notice);
      if (text === null) return;
      options.onNotice(text);
      if (notice.type === 'refused' || notice.type === 'bytes-lost') take({ type: 'hint', nowMs: nowMs(), text });
    },
  });
  return { source: sources.file.create({ paths: settings.paths, clock, once, offsets }), ingest };
}

/** The notice for people; null for what they need not know. */
function noticeText(notice: SourceNotice): string | null {
  switch (notice.type) {
    case 'file-found':
    case 'caught-up':
      return null;
    case 'file-gone':
      return `${notice.path} is gone`;
    case 'file-rotated':
      return `${notice.path} was rotated`;
    case 'bytes-lost':
      return `${notice.path}: ${notice.lostBytes ?? 'some'} bytes lost: ${notice.why}`;
    case 'watch-limited':
      return notice.why;
    case 'refused':
      return `${notice.path} is not read: ${notice.why}`;
  }
}
