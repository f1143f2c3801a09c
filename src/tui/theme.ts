/** What a piece of text means; the colour follows from it, never the other way round. */
export type Tone = 'plain' | 'ok' | 'watch' | 'warn' | 'bad' | 'act' | 'muted';

/**
 * Colours of the tones. Each has a contrast of at least 3:1 on black, on usual dark grounds and on white, so that one
 * palette serves light and dark terminals; `plain` is the terminal's own colour.
 */
export const TONE_COLOURS = {
  plain: undefined,
  ok: '#2f9e44',
  watch: '#0f93b5',
  warn: '#b7791f',
  bad: '#e5484d',
  act: '#b55bd0',
  muted: '#84898f',
} as const satisfies Record<Tone, string | undefined>;

/** What a pipeline looks like from afar: the shape tells the same as the colour. */
export type Look =
  'healthy' | 'watching' | 'warning' | 'anomaly' | 'failed' | 'no-data' | 'rolling-back' | 'rolled-back';

/** Shape, colour and word of each look. */
export const LOOKS = {
  healthy: { mark: '●', tone: 'ok', word: 'healthy' },
  watching: { mark: '◐', tone: 'watch', word: 'watching' },
  warning: { mark: '△', tone: 'warn', word: 'warning' },
  anomaly: { mark: '▲', tone: 'warn', word: 'anomaly' },
  failed: { mark: '✖', tone: 'bad', word: 'failed' },
  'no-data': { mark: '?', tone: 'muted', word: 'no data' },
  'rolling-back': { mark: '⟲', tone: 'act', word: 'rolling back' },
  'rolled-back': { mark: '✔', tone: 'ok', word: 'rolled back' },
} as const satisfies Record<Look, { mark: string; tone: Tone; word: string }>;

// prettier-ignore
const ASCII: Readonly<Record<string, string>> = {
  '●': 'o', '◐': '~', '▲': '!', '△': '^', '▼': 'v', '✖': 'X', '⟲': '<', '✔': '=',
  '▁': '_', '▂': '.', '▃': '-', '▄': '=', '▅': '+', '▆': '*', '▇': '#', '█': '@',
  '─': '-', '━': '=', '│': '|', '┃': '|', '┌': '+', '┐': '+', '└': '+', '┘': '+', '├': '+', '┤': '|', '┼': '+', '┬': '+', '┴': '+',
  '╭': '.', '╮': '.', '╰': "'", '╯': "'", '╶': '-', '╴': '-', '┈': '.', '╎': ':', '▏': '|', '▸': '>',
  '→': '>', '←': '<', '↑': '^', '↓': 'v', '·': '.', '…': '~', '–': '-', '—': '-', '≥': '>', '≤': '<', '≈': '~', '−': '-', 'σ': 'z', '×': 'x', '’': "'", '•': '*',
};

/** Writes a text with ASCII only, character for character, so that nothing moves; what has no likeness becomes `?`. */
export function toAscii(text: string): string {
  let result = '';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    result += code < 0x7f ? character : (ASCII[character] ?? '?');
  }
  return result;
}

/** Whether the terminal can be trusted with more than ASCII: not `dumb` or the Linux console, and a UTF-8 locale. */
export function needsAscii(environment: Readonly<Record<string, string | undefined>>): boolean {
  const terminal = environment['TERM'] ?? '';
  if (terminal === 'dumb' || terminal === 'linux') return true;
  const locale = environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'] || '';
  return locale !== '' && !/utf-?8/i.test(locale);
}
