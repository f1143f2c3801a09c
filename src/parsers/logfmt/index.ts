import type { LineOutcome, NoState } from '../line-reading.ts';
import { noState, readLines, restoreNoState } from '../line-reading.ts';
import type { Format, ParseOptions } from '../parser.ts';
import { addRecord } from '../record.ts';
import type { SparseRows } from '../sparse-rows.ts';
import { readPairs } from './pairs.ts';

const lenient = new TextDecoder();
const PAIRS = /^\s*(?:[^\s="{}]+=(?:"(?:[^"\\]|\\.)*"|[^\s"]*)(?:\s+|$)){2,}/;

/** `key=value` pairs, as Heroku and many Go programs write them. */
export const logfmt: Format<NoState> = {
  name: 'logfmt',
  text: 'Lines of key=value pairs; values may stand in double quotes with backslash escapes.',
  extensions: ['.logfmt'],
  sniff: sniffLogfmt,
  init: noState,
  restore: restoreNoState,
  parse: (state, block, options) => readLines(state, block, options, readLogfmt),
};

function readLogfmt(text: string, rows: SparseRows, options: ParseOptions): LineOutcome {
  if (text.trimStart().startsWith('#')) return 'other';
  const pairs = readPairs(text);
  return 'code' in pairs ? pairs : addRecord(pairs, rows, options, true);
}

function sniffLogfmt(head: Uint8Array): number {
  const lines = lenient.decode(head.subarray(0, 8192)).split('\n').slice(0, 20);
  return lines.some((line) => PAIRS.test(line)) ? 0.8 : 0;
}
