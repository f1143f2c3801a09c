import type { Line } from '../format/line.ts';
import { span } from '../format/line.ts';
import { fit } from '../format/text.ts';
import type { Place } from '../keymap.ts';
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
  ['tab', 'Cancel, fields, Dismiss'],
  ['j k', 'scroll (arrows where a name is typed)'],
];

/** The help, made from the keymap, for a width. */
export function helpLines(columns: number): readonly Line[] {
  const lines: Line[] = [[span(' Marks', 'plain', true)], ...marks(columns), []];
  lines.push([span(' Keys', 'plain', true)]);
  for (const { label, text, places } of KEYMAP) {
    const where =
      places.length >= 3 || places.length === 2 ? '' : ` (${places.map((place) => PLACES[place]).join(', ')})`;
    lines.push([span(`   ${fit(label, 8)}`, 'watch', true), span(text), span(where, 'muted')]);
  }
  lines.push([], [span(' When it asks', 'plain', true)]);
  for (const [label, text] of DIALOG) lines.push([span(`   ${fit(label, 8)}`, 'watch', true), span(text)]);
  lines.push(
    [],
    [span('   Pasted text, several keys at once and keys of the first half second never answer a question.', 'muted')],
  );
  return lines;
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
