import type { Line } from '../format/line.ts';
import { cutLine, lineWidth, span } from '../format/line.ts';
import type { Action, Place } from '../keymap.ts';
import { KEYMAP } from '../keymap.ts';
import { NARROW_COLUMNS } from './fleet-columns.ts';
import type { Note } from '../state/ui-state.ts';

/** The keys of a place, as many as fit, help and quit always; a message stands in front of them. An empty fleet has those two only. */
export function footerLine(place: Place, message: Note | null, columns: number, isEmpty = false): Line {
  const bindings = KEYMAP.filter((binding) => binding.short !== null && binding.places.includes(place));
  const isLast = (action: string): boolean => action === 'help' || action === 'quit';
  const last = bindings.filter(({ action }) => isLast(action)).flatMap(({ label, short }) => hint(label, short));
  const start: Line = message === null ? [] : [span(` ${message.text} `, message.tone, true), span(' ')];
  const keys: Line[number][] = [...start];
  if (isEmpty) return [...keys, ...last];
  if (message === null && place !== 'detail' && columns >= 70) keys.push(...hint('j/k', 'move'));
  if (place !== 'fleet') keys.push(...hint('esc', 'back'));
  // Narrow, the act comes first: it is what the screen is for.
  const order = columns < NARROW_COLUMNS ? bindings.toSorted((a, b) => rank(a.action) - rank(b.action)) : bindings;
  for (const { label, short, action } of order) {
    if (isLast(action)) continue;
    const next = hint(label.split(' ')[0] ?? label, short);
    if (lineWidth(keys) + lineWidth(next) + lineWidth(last) > columns) break;
    keys.push(...next);
  }
  return lineWidth(keys) + lineWidth(last) <= columns ? [...keys, ...last] : cutLine(keys, columns);
}

function rank(action: Action): number {
  return action === 'rollback' ? 0 : 1;
}

/** One key and what it does, as the footer writes it. */
export function hint(label: string, short: string | null): Line {
  return [span(` ${label}`, 'plain', true), span(` ${short ?? ''} `, 'muted')];
}
