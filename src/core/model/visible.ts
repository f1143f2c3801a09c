const CONTROL_PICTURES = 0x2400;
const DELETE_PICTURE = '\u2421';

/**
 * Code points that change how the text around them is drawn without being seen: C1 controls, direction marks,
 * zero-width characters, line and paragraph separators, tags, lone halves of a surrogate pair.
 */
const HIDDEN =
  /[\u0080-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]|\p{Cs}/gu;

/**
 * One line of foreign text as it may be printed: every control or invisible character is shown as a sign, a tab as
 * two spaces, and no more than `maxChars` characters are kept (the last is then an ellipsis).
 *
 * @example visibleText('a\u001b[31mb') // 'a␛[31mb'
 */
export function visibleText(text: string, maxChars = 1000): string {
  // Cutting first keeps a hostile megabyte from being searched; one more is kept to know that it was cut.
  const kept = text.slice(0, maxChars + 1).replaceAll('\t', '  ');
  const shown = kept
    // eslint-disable-next-line no-control-regex -- finding them is the point.
    .replace(/[\u0000-\u001f]/gu, (char) => String.fromCodePoint(CONTROL_PICTURES + char.charCodeAt(0)))
    .replaceAll('\u007f', DELETE_PICTURE)
    .replace(HIDDEN, (char) => `<${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}>`);
  if (shown.length <= maxChars) return shown;
  return `${cutWhole(shown, maxChars - 1)}…`;
}

/**
 * Foreign text of several lines: split at line ends, each line made visible and cut at `maxChars` characters.
 * A carriage return that overwrites a line (progress bars) starts a new one.
 */
export function visibleLines(text: string, maxChars = 1000): readonly string[] {
  const lines = text.split(/\r\n|\n|\r/u);
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line) => visibleText(line, maxChars));
}

/** Cuts without leaving half of a surrogate pair at the end. */
function cutWhole(text: string, length: number): string {
  const cut = text.slice(0, Math.max(0, length));
  const last = cut.charCodeAt(cut.length - 1);
  return last >= 0xd800 && last <= 0xdbff ? cut.slice(0, -1) : cut;
}
