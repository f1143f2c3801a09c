import { parseTimestamp } from '../timestamp.ts';
import { readCarefully } from './careful.ts';

const lenient = new TextDecoder();

/** 0.9 when a header is among the first lines, 0.3 when the lines at least look like rows, 0 otherwise. */
export function sniffCsv(head: Uint8Array): number {
  const lines = lenient.decode(head.subarray(0, 8192)).split('\n').slice(0, 20);
  if (lines.some((line) => /^\s*[{[]/.test(line))) return 0;
  if (lines.some((line) => readCarefully(line, null, 0).header !== null)) return 0.9;
  return lines.some((line) => looksLikeRow(line)) ? 0.3 : 0;
}

function looksLikeRow(line: string): boolean {
  return [',', ';', '\t'].some((delimiter) => {
    const fields = line.split(delimiter);
    return fields.length > 1 && fields.some((field) => !Number.isNaN(parseTimestamp(field, 0)));
  });
}
