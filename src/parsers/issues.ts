import type { ParseIssue, ParseIssueCode, RawBlock } from '../core/model/sample.ts';
import { visibleText } from '../core/model/visible.ts';

const EXCERPT_CHARS = 120;
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });

/** Counts the bad lines of a block and describes the first `max` of them. */
export class IssueList {
  readonly described: ParseIssue[] = [];
  count = 0;
  private readonly block: RawBlock;
  private readonly max: number;

  constructor(block: RawBlock, max: number) {
    this.block = block;
    this.max = max;
  }

  /** Takes the line at `start`..`end` of the block's bytes as bad. */
  add(start: number, end: number, code: ParseIssueCode, message: string): void {
    this.count++;
    if (this.described.length >= this.max) return;
    const ended = end > start && this.block.bytes[end - 1] === 13 ? end - 1 : end;
    const excerpt = visibleExcerpt(this.block.bytes.subarray(start, ended));
    this.described.push({ path: this.block.path, offsetBytes: this.block.offsetBytes + start, code, message, excerpt });
  }
}

/** The beginning of a line as text of at most 120 characters; control, bidi and undecodable characters are made visible. */
export function visibleExcerpt(line: Uint8Array): string {
  return visibleText(lenient.decode(line.subarray(0, EXCERPT_CHARS * 4)), EXCERPT_CHARS);
}

/** A foreign field or name in quotes as a message shows it: visible, at most 40 characters. */
export function shown(text: string): string {
  return `'${visibleText(text, 40)}'`;
}
