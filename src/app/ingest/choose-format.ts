import type { Format } from '../../parsers/parser.ts';
import { type FormatName, formats } from '../../parsers/registry.ts';

/** Names of all formats, for messages. */
export const FORMAT_NAMES = Object.keys(formats) as readonly FormatName[];

/** The format of a name; null for a name that is none. */
export function formatOf(name: string): Format<unknown> | null {
  const known = FORMAT_NAMES.find((format) => format === name);
  return known === undefined ? null : formats[known];
}

/**
 * The format of a file: what its first lines look like, else what its name ends with; null when neither tells. The content is
 * the stronger sign: logs of all kinds are called `.log`, `.txt` and even `.csv`.
 */
export function chooseFormat(path: string, head: Uint8Array): Format<unknown> | null {
  const all: readonly Format<unknown>[] = Object.values(formats);
  const scored = all.map((format) => ({ format, score: format.sniff(head) }));
  const best = scored.toSorted((a, b) => b.score - a.score)[0];
  if (best !== undefined && best.score > 0) return best.format;
  const name = path.toLowerCase();
  return all.find((format) => format.extensions.some((extension) => name.endsWith(extension))) ?? null;
}
