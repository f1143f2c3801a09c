import type { ParseIssue, ParseIssueCode, RawBlock } from '../core/model/sample.ts';

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

/** The beginning of a line as text of at most 120 characters; control, bidi and undecodable characters are written out. */
export function visibleExcerpt(line: Uint8Array): string {
  return visibleText(lenient.decode(line.subarray(0, EXCERPT_CHARS * 4)));
}

/** The beginning of a text, at most 120 characters, with control and direction-changing characters written as `\xNN` or `\u{…}`. */
export function visibleText(text: string): string {
  let shown = '';
  let length = 0;
  for (const char of text) {
    const piece = visibleChar(char);
    if (length + piece.length > EXCERPT_CHARS - 1) return `${shown}…`;
    shown += piece;
    length += piece.length;
  }
  return shown;
}

function visibleChar(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  if (code === 9) return '\\t';
  if (code < 32 || (code >= 127 && code < 160)) return `\\x${code.toString(16).padStart(2, '0')}`;
  // Zero-width and bidirectional controls can make a harmless-looking line of anything.
  const hidden =
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x2028 && code <= 0x202e) ||
    (code >= 0x2066 && code <= 0x2069) ||
    code === 0x61c ||
    code === 0xfeff;
  return hidden ? `\\u{${code.toString(16)}}` : char;
}
