/** Where keys are pressed; each place has its own meanings. */
export type Place = 'fleet' | 'detail' | 'audit' | 'help';

/** What a key does. */
export type Action =
  | 'up'
  | 'down'
  | 'page-up'
  | 'page-down'
  | 'top'
  | 'bottom'
  | 'open'
  | 'back'
  | 'rollback'
  | 'by-hand'
  | 'versions'
  | 'silence'
  | 'next-alarm'
  | 'filter'
  | 'sort'
  | 'freeze'
  | 'next-metric'
  | 'previous-metric'
  | 'zoom-in'
  | 'zoom-out'
  | 'audit'
  | 'help'
  | 'quit'
  | 'redraw';

/** A line of the keymap: the help and the footer are made from it. */
export interface Binding {
  readonly keys: readonly string[];
  readonly action: Action;
  readonly places: readonly Place[];
  /** How the keys are written for people. */
  readonly label: string;
  /** What it does, a few words for the help. */
  readonly text: string;
  /** One word for the footer; null where it is only in the help. */
  readonly short: string | null;
  /** Harmless when several arrive at once, as they do over a slow line. */
  readonly moves?: true;
}

const EVERYWHERE: readonly Place[] = ['fleet', 'detail', 'audit', 'help'];

// prettier-ignore
/** Every key of the screen outside dialogs and text fields, in the order of the help. */
export const KEYMAP: readonly Binding[] = [
  { keys: ['j', 'down'], action: 'down', places: EVERYWHERE, label: 'j ↓', text: 'down', short: null, moves: true },
  { keys: ['k', 'up'], action: 'up', places: EVERYWHERE, label: 'k ↑', text: 'up', short: null, moves: true },
  { keys: ['g', 'home'], action: 'top', places: EVERYWHERE, label: 'g', text: 'first line', short: null, moves: true },
  { keys: ['G', 'end'], action: 'bottom', places: EVERYWHERE, label: 'G', text: 'last line', short: null, moves: true },
  { keys: ['pageup'], action: 'page-up', places: EVERYWHERE, label: 'PgUp', text: 'page up', short: null, moves: true },
  { keys: ['pagedown'], action: 'page-down', places: EVERYWHERE, label: 'PgDn', text: 'page down', short: null, moves: true },
  { keys: ['enter'], action: 'open', places: ['fleet', 'audit'], label: 'enter', text: 'open what is selected', short: 'open' },
  { keys: ['tab', ']'], action: 'next-metric', places: ['detail'], label: 'tab ]', text: 'next metric, blamed first', short: 'metric', moves: true },
  { keys: ['shift-tab', '['], action: 'previous-metric', places: ['detail'], label: '[', text: 'previous metric', short: null, moves: true },
  { keys: ['+', '='], action: 'zoom-in', places: ['detail'], label: '+', text: 'shorter span, more detail', short: 'zoom', moves: true },
  { keys: ['-'], action: 'zoom-out', places: ['detail'], label: '-', text: 'longer span', short: null, moves: true },
  { keys: ['r'], action: 'rollback', places: ['fleet', 'detail'], label: 'r', text: 'roll back: answer the question, or ask for one', short: 'roll back' },
  { keys: ['v'], action: 'versions', places: ['detail'], label: 'v', text: 'versions to go back to: age, who, what changed, health', short: 'versions' },
  { keys: ['z'], action: 'silence', places: ['fleet', 'detail'], label: 'z', text: 'silence it: ask nothing for a while, with a reason', short: null },
  { keys: ['h'], action: 'by-hand', places: ['fleet', 'detail'], label: 'h', text: 'I rolled back by hand: rollwatch stands back', short: null },
  { keys: ['n'], action: 'next-alarm', places: ['fleet', 'detail'], label: 'n', text: 'next pipeline that needs a person', short: 'next alarm', moves: true },
  { keys: ['/'], action: 'filter', places: ['fleet'], label: '/', text: 'filter by name, environment or version; esc clears', short: 'filter' },
  { keys: ['s'], action: 'sort', places: ['fleet'], label: 's', text: 'sort: attention, name, health, risk, age', short: 'sort' },
  { keys: ['f'], action: 'freeze', places: ['fleet', 'detail', 'audit'], label: 'f', text: 'freeze the screen; frozen, nothing can be confirmed', short: 'freeze' },
  { keys: ['a'], action: 'audit', places: ['fleet', 'detail'], label: 'a', text: 'audit: what happened, who said what', short: 'audit' },
  { keys: ['escape'], action: 'back', places: EVERYWHERE, label: 'esc', text: 'back; clears the filter', short: null },
  { keys: ['?'], action: 'help', places: EVERYWHERE, label: '?', text: 'this help', short: 'help' },
  { keys: ['ctrl-l'], action: 'redraw', places: EVERYWHERE, label: 'ctrl-l', text: 'draw the screen anew', short: null },
  { keys: ['q', 'ctrl-c'], action: 'quit', places: EVERYWHERE, label: 'q', text: 'quit; what runs goes on', short: 'quit' },
];

/** The binding of a key in a place; undefined where it has none. */
export function bindingOf(place: Place, key: string): Binding | undefined {
  return KEYMAP.find((binding) => binding.keys.includes(key) && binding.places.includes(place));
}
