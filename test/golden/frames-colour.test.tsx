import chalk from 'chalk';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { drawStory } from './frame.tsx';
import { STORIES } from './stories.ts';

const COLOURED = new Set(['fleet-failed', 'fleet-asking', 'detail-asking', 'dialog-asking', 'dialog-executing']);

// Ink colours with this; the other tests of the worker draw without.
const { level } = chalk;
beforeAll(() => void (chalk.level = 3));
afterAll(() => void (chalk.level = level));

it.each(STORIES.filter((story) => COLOURED.has(story.name)).map((story) => [story.name, story] as const))('%s', async (name, story) => {
  const frame = drawStory(story, 120).replaceAll('\u001b', '␛');
  expect(frame).toContain('␛[38;2;');
  await expect(frame).toMatchFileSnapshot(`frames/colour/${name}.txt`);
});
