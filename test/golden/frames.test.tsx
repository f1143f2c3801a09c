import { describe, expect, it } from 'vitest';
import { width } from '../../src/tui/format/text.ts';
import { drawStory, ROWS } from './frame.tsx';
import { STORIES } from './stories.ts';

const SIZES = [40, 80, 120, 200] as const;

// Without colour: what remains when NO_COLOR is set. The colours are in frames-colour.test.tsx.
describe.each(SIZES)('at %i columns', (columns) => {
  it.each(STORIES.map((story) => [story.name, story] as const))('%s', async (name, story) => {
    const frame = drawStory(story, columns);
    const lines = frame.split('\n').slice(0, -1);
    expect(lines, 'exactly as high as the terminal').toHaveLength(ROWS[columns] ?? 0);
    expect(lines[0], 'the title is never pushed out').not.toBe('');
    expect(lines.at(-1), 'the keys are never pushed out').toMatch(/quit|esc/);
    for (const line of lines) expect(width(line), line).toBeLessThanOrEqual(columns);
    await expect(frame).toMatchFileSnapshot(`frames/${columns}/${name}.txt`);
  });
});

describe('in ASCII', () => {
  it.each(STORIES.map((story) => [story.name, story] as const))('%s', async (name, story) => {
    const frame = drawStory(story, 80, true);
    expect(frame).toMatch(/^[ -~\n]*$/);
    await expect(frame).toMatchFileSnapshot(`frames/ascii/${name}.txt`);
  });
});
