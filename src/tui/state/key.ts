import { graphemes } from '../format/text.ts';

/** One input event as the terminal gave it. */
export interface Key {
  /** A single character, or `enter`, `escape`, `up`, `ctrl-c` …, or `chunk` for several characters at once. */
  readonly name: string;
  /** What was typed, for text fields; empty for keys that type nothing. */
  readonly text: string;
}

/** The part of Ink's key description that is used here. */
export interface InkKey {
  readonly upArrow: boolean;
  readonly downArrow: boolean;
  readonly leftArrow: boolean;
  readonly rightArrow: boolean;
  readonly pageDown: boolean;
  readonly pageUp: boolean;
  readonly home: boolean;
  readonly end: boolean;
  readonly return: boolean;
  readonly escape: boolean;
  readonly ctrl: boolean;
  readonly shift: boolean;
  readonly tab: boolean;
  readonly backspace: boolean;
  readonly delete: boolean;
  readonly meta: boolean;
}

const SPECIAL: readonly (readonly [keyof InkKey, string])[] = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['escape', 'escape'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
];

/** Names an input event of Ink; several characters in one event stay together as a `chunk`. */
export function toKey(input: string, key: InkKey): Key {
  for (const [flag, name] of SPECIAL) if (key[flag]) return { name, text: '' };
  if (key.tab) return { name: key.shift ? 'shift-tab' : 'tab', text: '' };
  if (key.ctrl) return { name: `ctrl-${input}`, text: '' };
  // Esc and a letter in one chunk: two keys at once, so neither counts.
  if (key.meta) return { name: 'chunk', text: '' };
  return graphemes(input).length === 1 ? { name: input, text: input } : { name: 'chunk', text: input };
}

/** What a text field takes of a piece of input: null where it holds control characters, as text that was not typed does. */
export function typedText(key: Key): string | null {
  // eslint-disable-next-line no-control-regex
  return key.text === '' || /[\u0000-\u001f\u007f-\u009f]/.test(key.text) ? null : key.text;
}
