import type { ParseIssue, RawBlock } from '../core/model/sample.ts';

/** What a source tells of a file besides its bytes. */
export type SourceNotice =
  | {
      readonly type: 'file-found';
      readonly path: string;
      readonly sizeBytes: number;
      readonly modifiedMs: number;
      /** The first complete lines (at most 64 KiB), so that a reading that starts further on knows format and header. */
      readonly head: Uint8Array;
      /** Where reading starts: 0, the kept offset, or the beginning of the window a large file is read from. */
      readonly startsAtBytes: number;
    }
  | { readonly type: 'file-gone'; readonly path: string }
  /** A new file stands where the old one stood; the header may not be repeated in it. */
  | { readonly type: 'file-rotated'; readonly path: string }
  /** Bytes that were removed before they could be read. `lostBytes` null = some, not known how many. */
  | { readonly type: 'bytes-lost'; readonly path: string; readonly lostBytes: number | null; readonly why: string }
  /** The system gives no hints about changes; files are looked at in intervals instead. */
  | { readonly type: 'watch-limited'; readonly why: string }
  | { readonly type: 'refused'; readonly path: string; readonly why: string }
  /** Everything that was there at the start has been read; from now on it is live. */
  | { readonly type: 'caught-up' };

/** Where a source puts what it reads. Returning a promise holds the source back. */
export interface SourceSink {
  /** `block.bytes` is valid until this returns or its promise is settled: then the buffer is filled again. */
  block(block: RawBlock): void | Promise<void>;
  notice(notice: SourceNotice): void;
  issue(issue: ParseIssue): void;
}

/** Somewhere metrics come from. Knows nothing of formats. */
export interface MetricSource {
  /** Resolves once what was there at the start has been delivered. */
  start(sink: SourceSink): Promise<void>;
  /** Delivers what is there and stops; resolves when no more calls will come. */
  stop(): Promise<void>;
}
