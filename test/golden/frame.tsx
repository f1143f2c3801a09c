import { renderToString } from 'ink';
import type { Snapshot } from '../../src/core/session/snapshot.ts';
import { Screen } from '../../src/tui/components/Screen.tsx';
import { frameOf } from '../../src/tui/frames/index.ts';
import { Player } from '../unit/tui/state/harness.ts';

/** Number of lines of a golden frame's terminal, by its width. */
export const ROWS: Readonly<Record<number, number>> = { 40: 16, 80: 24, 120: 40, 200: 50 };

/** One view in one state. A key `@` lets a second pass. */
export interface Story {
  readonly name: string;
  readonly snapshot: Snapshot;
  readonly keys?: readonly string[];
  /** What the engine sends after the keys. */
  readonly next?: Partial<Snapshot>;
}

/** Plays the keys of a story and draws the last frame; blanks at the ends of lines are cut. */
export function drawStory(story: Story, columns: number, isAscii = false): string {
  const player = new Player(story.snapshot, columns, ROWS[columns] ?? 24);
  for (const key of story.keys ?? []) {
    if (key === '@') player.wait(1000);
    else player.press(key);
  }
  if (story.next !== undefined) player.show(story.next);
  const frame = renderToString(<Screen frame={frameOf(player.ui, player.live)} isAscii={isAscii} />, { columns });
  return `${frame
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')}\n`;
}
