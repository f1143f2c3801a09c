import type { LineOutcome, NoState } from '../line-reading.ts';
import { noState, readLines, restoreNoState } from '../line-reading.ts';
import type { Format, ParseOptions } from '../parser.ts';
import { addRecord } from '../record.ts';
import type { SparseRows } from '../sparse-rows.ts';
import { flatten } from './flatten.ts';

const lenient = new TextDecoder();

/** One JSON object per line. */
export const jsonl: Format<NoState> = {
  name: 'jsonl',
  text: 'One JSON object per line; nested objects are flattened with `_`.',
  extensions: ['.jsonl', '.ndjson', '.json'],
  sniff: sniffJsonl,
  init: noState,
  restore: restoreNoState,
  parse: (state, block, options) => readLines(state, block, options, readJson),
};

function readJson(text: string, rows: SparseRows, options: ParseOptions): LineOutcome {
  const parsed = parseObject(text);
  if (parsed === null) return { code: 'bad-syntax', message: 'expected one JSON object, found something else' };
  const fields = flatten(parsed);
  if (fields === null)
    return { code: 'bad-syntax', message: 'expected a JSON object at most 16 levels deep, found more' };
  return addRecord(fields, rows, options, false);
}

function sniffJsonl(head: Uint8Array): number {
  const lines = lenient.decode(head.subarray(0, 8192)).split('\n').slice(0, 20);
  const objects = lines.filter((line) => line.trim().startsWith('{'));
  if (objects.some((line) => parseObject(line) !== null)) return 0.95;
  return objects.length > 0 ? 0.2 : 0;
}

function parseObject(text: string): object | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? parsed : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
