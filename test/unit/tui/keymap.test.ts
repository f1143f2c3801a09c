import { expect, it } from 'vitest';
import { KEYMAP, bindingOf } from '../../../src/tui/keymap.ts';
import type { Place } from '../../../src/tui/keymap.ts';
import { plainText } from '../../../src/tui/format/line.ts';
import { footerLine } from '../../../src/tui/views/footer-line.ts';
import { helpLines } from '../../../src/tui/views/help-lines.ts';

const PLACES: readonly Place[] = ['fleet', 'detail', 'audit', 'help'];

it('gives no key two meanings in one place', () => {
  for (const place of PLACES) {
    const keys = KEYMAP.filter((binding) => binding.places.includes(place)).flatMap((binding) => binding.keys);
    expect(new Set(keys).size, place).toBe(keys.length);
  }
});

it('never binds the key that confirms', () => {
  for (const place of PLACES) expect(bindingOf(place, 'y')).toBeUndefined();
});

it.each([60, 80, 200])('explains every key in the help, at %i columns', (columns) => {
  const help = helpLines(columns).map(plainText).join('\n');
  for (const { label } of KEYMAP) expect(help).toContain(label);
});

it.each([40, 60, 80, 120])('always has help and quit in the footer, at %i columns', (columns) => {
  for (const place of PLACES) expect(plainText(footerLine(place, null, columns))).toMatch(/\? help {2}q quit/);
});
