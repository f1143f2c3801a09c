import { pipelineOfPath } from '../../core/series/identity.ts';
import type { RawBlock } from '../../core/model/sample.ts';
import type { SourceNotice } from '../../ports/metric-source.ts';
import type { Format, ParseOptions, ParseResult } from '../../parsers/parser.ts';
import { chooseFormat, formatOf } from './choose-format.ts';

/** What has been read of one file since the start. */
export interface FileProgress {
  readonly path: string;
  /** By the file's name; null for a name that is none. Labels of rows may say otherwise. */
  readonly pipeline: string | null;
  readonly format: string | null;
  readonly rows: number;
  readonly badLines: number;
  readonly bytes: number;
  /** Bytes known to be lost. */
  readonly lostBytes: number;
  /** Times that bytes were lost, their number known or not. */
  readonly losses: number;
}

type FileFound = Extract<SourceNotice, { readonly type: 'file-found' }>;

/** The reading of one metric file: its format, the state of its parser, and what came of it. */
export class FileReading {
  readonly path: string;
  readonly pipeline: string | null;
  rows = 0;
  badLines = 0;
  bytes = 0;
  lostBytes = 0;
  losses = 0;
  private format: Format<unknown> | null = null;
  private state: unknown = null;

  constructor(path: string) {
    this.path = path;
    this.pipeline = pipelineOfPath(path);
  }

  /**
   * Prepares for a file that was found, with the checkpoint kept of it or null. The state kept goes first: it knows a header that
   * changed on the way, and that of the file which a headerless one continues. Else the head tells.
   */
  begin(found: FileFound, checkpoint: string | null, options: ParseOptions): void {
    const sniffed = chooseFormat(found.path, found.head);
    const kept = checkpoint === null ? null : restoreCheckpoint(checkpoint);
    if (this.format === null && kept !== null) [this.format, this.state] = [kept.format, kept.state];
    // A file of the same format goes on with the header in force, should it bring none itself.
    const changed = sniffed !== null && sniffed !== this.format && sniffed.sniff(found.head) > 0;
    if (this.format !== null && !changed) return;
    if (sniffed === null) return;
    const before = found.head.subarray(0, found.startsAtBytes);
    this.format = sniffed;
    this.state = sniffed.parse(sniffed.init(), { path: found.path, offsetBytes: 0, bytes: before }, options).state;
  }

  /** Parses a block; null while the file has no known format. `changed` tells whether the checkpoint changed. */
  read(
    block: RawBlock,
    options: ParseOptions,
  ): { readonly result: ParseResult<unknown>; readonly changed: boolean } | null {
    this.bytes += block.bytes.length;
    if (this.format === null) {
      this.format = chooseFormat(block.path, block.bytes);
      if (this.format === null) return null;
      this.state = this.format.init();
    }
    const result = this.format.parse(this.state, block, options);
    const changed = result.state !== this.state;
    this.state = result.state;
    this.badLines += result.lines.bad;
    for (const batch of result.batches) this.rows += batch.rowCount;
    return { result, changed };
  }

  /** Format and parser state as text; null while there is no format. */
  checkpoint(): string | null {
    return this.format === null ? null : JSON.stringify({ format: this.format.name, state: this.state });
  }

  progress(): FileProgress {
    const { path, pipeline, rows, badLines, bytes, lostBytes, losses } = this;
    return { path, pipeline, format: this.format?.name ?? null, rows, badLines, bytes, lostBytes, losses };
  }
}

/** Null for a checkpoint of another version of rollwatch or that is damaged: the file then speaks for itself. */
function restoreCheckpoint(text: string): { readonly format: Format<unknown>; readonly state: unknown } | null {
  let saved: unknown;
  try {
    saved = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  if (typeof saved !== 'object' || saved === null || !('format' in saved) || !('state' in saved)) return null;
  const format = typeof saved.format === 'string' ? formatOf(saved.format) : null;
  const state = format?.restore(saved.state) ?? null;
  return format === null || state === null ? null : { format, state };
}
