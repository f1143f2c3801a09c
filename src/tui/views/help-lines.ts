import type { Line } from '../format/line.ts';
import { fitLine, span } from '../format/line.ts';
import { fit, wrap } from '../format/text.ts';
import type { Binding, Place } from '../keymap.ts';
import { KEYMAP } from '../keymap.ts';
import type { Look } from '../theme.ts';
import { LOOKS } from '../theme.ts';

const PLACES = {
  fleet: 'in the fleet',
  detail: 'in a pipeline',
  audit: 'in the audit',
  help: 'in the help',
} as const satisfies Record<Place, string>;

const DIALOG: readonly (readonly [string, string])[] = [
  ['y', 'yes, roll back: one single key, once all of it has been on screen'],
  ['esc', 'close; nothing is done, the question stays open'],
  ['enter', 'on Cancel closes; enter never rolls back'],
  ['tab', 'Cancel, fields, Dismiss, Versions'],
  ['v', 'another version (enter on Versions where a name is typed)'],
  ['j k', 'scroll (arrows where a name is typed)'],
];

/** The help, made from the keymap, for a width: in two columns where they fit. */
export function helpLines(columns: number): readonly Line[] {
  const isWide = columns >= 124;
  const half = isWide ? Math.floor(columns / 2) - 1 : columns;
  const keys = KEYMAP.flatMap((binding) => keyLines(binding.label, binding.text + whereText(binding), half));
  const dialog = DIALOG.flatMap(([label, text]) => keyLines(label, text, half));
  const rule = wrap(
    'Pasted text, several keys at once and keys of the first half second never answer a question.',
    half - 4,
  );
  const asking: readonly Line[] = [
    [span(' When it asks', 'plain', true)],
    ...dialog,
    [],
    ...rule.map((text): Line => [span(`   ${text}`, 'muted')]),
  ];
  const left: readonly Line[] = [[span(' Keys', 'plain', true)], ...keys];
  const right: readonly Line[] = [[span(' Marks', 'plain', true)], ...marks(half), [], ...asking];
  if (!isWide) return [...right.slice(0, marks(half).length + 2), ...left, [], ...asking];
  return Array.from({ length: Math.max(left.length, right.length) }, (_, row): Line => [
    ...fitLine(left[row] ?? [], half),
    ...(right[row] ?? []),
  ]);
}

function keyLines(label: string, text: string, columns: number): readonly Line[] {
  return wrap(text, columns - 12).map((line, index): Line => [
    span(`   ${fit(index === 0 ? label : '', 8)}`, 'watch', true),
    span(line),
  ]);
}

function whereText({ places }: Binding): string {
  return places.length === 1 && places[0] !== undefined ? ` (${PLACES[places[0]]})` : '';
}

function marks(columns: number): readonly Line[] {
  const perLine = Math.max(1, Math.floor((columns - 3) / 18));
  const all = (Object.keys(LOOKS) as Look[]).map((look) => LOOKS[look]);
  const lines: Line[] = [];
  for (let start = 0; start < all.length; start += perLine) {
    const parts = all.slice(start, start + perLine);
    lines.push([
      span('   '),
      ...parts.flatMap(({ mark, tone, word }) => [span(`${mark} `, tone, true), span(fit(word, 16))]),
    ]);
  }
  return lines;
}
