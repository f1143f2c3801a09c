import chalk from 'chalk';
import { afterAll, expect, it, vi } from 'vitest';
import { STORIES } from './stories.ts';

const COLOURED = new Set(['fleet-failed', 'fleet-asking', 'detail-asking', 'dialog-asking', 'dialog-executing']);

// A style is made once, at the colour depth of that moment: these are made anew, and are not left to other tests.
const { level } = chalk;
chalk.level = 3;
vi.resetModules();
const { drawStory } = await import('./frame.tsx');
afterAll(() => {
  chalk.level = level;
  vi.resetModules();
});

it.each(STORIES.filter((story) => COLOURED.has(story.name)).map((story) => [story.name, story] as const))('%s', async (name, story) => {
  const frame = drawStory(story, 120).replaceAll('\u001b', '␛');
  expect(frame).toContain('␛[38;2;');
  await expect(frame).toMatchFileSnapshot(`frames/colour/${name}.txt`);
});
