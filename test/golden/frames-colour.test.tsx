import { expect, it, vi } from 'vitest';

// The colour depth is decided when Ink is loaded.
vi.hoisted(() => {
  process.env['FORCE_COLOR'] = '3';
});

const { drawStory } = await import('./frame.tsx');
const { STORIES } = await import('./stories.ts');

const COLOURED = new Set(['fleet-failed', 'fleet-asking', 'detail-asking', 'dialog-asking', 'dialog-executing']);

it.each(STORIES.filter((story) => COLOURED.has(story.name)).map((story) => [story.name, story] as const))('%s', async (name, story) => {
  const frame = drawStory(story, 120).replaceAll('\u001b', '␛');
  expect(frame).toContain('␛[38;2;');
  await expect(frame).toMatchFileSnapshot(`frames/colour/${name}.txt`);
});
