import type { Line } from '../format/line.ts';
import { cutLine, lineWidth, span } from '../format/line.ts';
import type { Place } from '../keymap.ts';
import { KEYMAP } from '../keymap.ts';
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
  for (const { label, short, action } of bindings) {
    if (isLast(action)) continue;
    const next = hint(label.split(' ')[0] ?? label, short);
    if (lineWidth(keys) + lineWidth(next) + lineWidth(last) > columns) break;
    keys.push(...next);
  }
  return lineWidth(keys) + lineWidth(last) <= columns ? [...keys, ...last] : cutLine(keys, columns);
}

/** One key and what it does, as the footer writes it. */
export function hint(label: string, short: string | null): Line {
  return [span(` ${label}`, 'plain', true), span(` ${short ?? ''} `, 'muted')];
}
