const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
// Control characters but tab: in a metric log they are the traces of a torn or binary write.
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000a-\u001f\u007f]/;

/** Text of one line without its line end and byte order mark, or why it is no text. */
export type LineText =
  { readonly text: string } | { readonly problem: string; readonly code: 'bad-encoding' | 'line-too-long' };

/** No line of metrics is longer; a longer one is not even decoded. */
const LONGEST_LINE_BYTES = 1_048_576;

/** Decodes one line. More than 1 MiB, invalid UTF-8, NUL and other control characters make it no text. */
export function lineText(line: Uint8Array): LineText {
  if (line.length > LONGEST_LINE_BYTES) {
    return { problem: `expected at most 1 MiB in a line, found ${line.length} bytes`, code: 'line-too-long' };
  }
  const end = line.length > 0 && line[line.length - 1] === 13 ? line.length - 1 : line.length;
  const start = line[0] === 0xef && line[1] === 0xbb && line[2] === 0xbf ? 3 : 0;
  let text: string;
  try {
    text = decoder.decode(line.subarray(start, Math.max(start, end)));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { problem: 'expected text, found bytes that are not UTF-8', code: 'bad-encoding' };
  }
  const control = CONTROL.exec(text);
  if (control === null) return { text };
  const code = control[0].charCodeAt(0).toString(16).padStart(2, '0');
  const problem = `expected text, found the control character \\x${code} at character ${control.index + 1}`;
  return { problem, code: 'bad-encoding' };
}
