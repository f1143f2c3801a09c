import { csv } from './csv/index.ts';
import { jsonl } from './jsonl/index.ts';
import { logfmt } from './logfmt/index.ts';
import type { Format } from './parser.ts';
import { prometheusText } from './prometheus-text/index.ts';

/** Every format by name, which is the name of its folder. */
export const formats = {
  csv,
  jsonl,
  logfmt,
  'prometheus-text': prometheusText,
} satisfies Record<string, Format<unknown>>;

export type FormatName = keyof typeof formats;
