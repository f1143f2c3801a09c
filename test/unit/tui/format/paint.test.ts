import chalk from 'chalk';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { painted } from '../../../../src/tui/format/paint.ts';

const { level } = chalk;
beforeAll(() => (chalk.level = 2));
afterAll(() => (chalk.level = level));

it('colours what can be seen', () => {
  expect(painted([{ text: 'a', tone: 'bad', bold: true }, { text: 'b' }], false)).toMatch(/^.+a.+b$/);
  expect(painted([{ text: 'a', bold: true }, { text: 'b' }], false)).toBe('\u001B[1ma\u001B[22mb');
});

it('spends no bytes on the colour of blanks, but inverts them', () => {
  expect(painted([{ text: '  ', tone: 'bad', bold: true }], false)).toBe('  ');
  expect(painted([{ text: '  ', inverse: true }], false)).toBe('\u001B[7m  \u001B[27m');
});
