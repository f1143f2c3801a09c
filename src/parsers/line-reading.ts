import type { ParseIssueCode, RawBlock } from '../core/model/sample.ts';
import { IssueList } from './issues.ts';
import { lineText } from './line-text.ts';
import type { ParseOptions, ParseResult } from './parser.ts';
import { SparseRows } from './sparse-rows.ts';

/** What a line of a format without state was: rows were added, nothing to add, or bad. */
export type LineOutcome = 'data' | 'other' | Bad;

export interface Bad {
  readonly code: ParseIssueCode;
  /** One sentence that names what was expected and what was found. */
  readonly message: string;
}

/** State of the formats whose lines stand alone. */
export type NoState = Readonly<Record<string, never>>;

const NO_STATE: NoState = {};

export function noState(): NoState {
  return NO_STATE;
}

/** Any saved object will do: there is nothing in it. */
export function restoreNoState(saved: unknown): NoState | null {
  return typeof saved === 'object' && saved !== null ? NO_STATE : null;
}

/** Reads a block of lines that stand alone: blank lines are skipped, undecodable ones are issues, `read` judges the others. */
export function readLines(
  state: NoState,
  block: RawBlock,
  options: ParseOptions,
  read: (text: string, rows: SparseRows, options: ParseOptions) => LineOutcome,
): ParseResult<NoState> {
  const issues = new IssueList(block, options.maxIssues);
  const rows = new SparseRows();
  const { bytes } = block;
  let [data, other] = [0, 0];
  for (let at = 0, end = 0; at < bytes.length; at = end + 1) {
    const newline = bytes.indexOf(10, at);
    end = newline < 0 ? bytes.length : newline;
    const line = lineText(bytes.subarray(at, end));
    if ('problem' in line) {
      issues.add(at, end, line.code, line.problem);
      continue;
    }
    const outcome = line.text.trim() === '' ? 'other' : read(line.text, rows, options);
    if (outcome === 'data') data++;
    else if (outcome === 'other') other++;
    else issues.add(at, end, outcome.code, outcome.message);
  }
  const lines = { read: data + other + issues.count, data, bad: issues.count, other };
  return { state, batches: rows.batches(), issues: issues.described, lines };
}
