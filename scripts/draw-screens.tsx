/** Draws docs/screens/*.svg from the real components: the pictures of the README and the manual. */
import { mkdirSync, writeFileSync } from 'node:fs';
import type { Snapshot } from '../src/core/session/snapshot.ts';
import type { UiEvent } from '../src/tui/state/ui-state.ts';
import * as fake from '../test/fakes/snapshots.ts';
import { svgPicture } from './screens/svg.ts';
import { terminalCells } from './screens/terminal-cells.ts';

// The colour depth is decided when Ink is loaded: hence the imports below, after this line.
process.env['FORCE_COLOR'] = '3';
process.env['TZ'] = 'UTC';

interface Picture {
  readonly name: string;
  readonly title: string;
  readonly columns: number;
  readonly rows: number;
  readonly snapshot: Snapshot;
  readonly keys: readonly string[];
}

const asking = fake.snapshot({ proposals: [fake.proposal()], detail: fake.detail() });
const PICTURES: readonly Picture[] = [
  { name: 'fleet', title: 'The fleet: checkout failed and asks', columns: 120, rows: 16, snapshot: asking, keys: [] },
  {
    name: 'pipeline',
    title: 'One pipeline: chart, why, metrics',
    columns: 120,
    rows: 30,
    snapshot: asking,
    keys: ['enter'],
  },
  { name: 'rollback', title: 'The rollback dialog', columns: 90, rows: 24, snapshot: asking, keys: ['r'] },
];

const { renderToString } = await import('ink');
const { Screen } = await import('../src/tui/components/Screen.tsx');
const { frameOf } = await import('../src/tui/frames/index.ts');
const { reduce } = await import('../src/tui/state.ts');
const { initialUi } = await import('../src/tui/state/ui-state.ts');

const folder = new URL('../docs/screens/', import.meta.url).pathname;
mkdirSync(folder, { recursive: true });
for (const picture of PICTURES) {
  const { columns, rows, snapshot } = picture;
  const events: readonly UiEvent[] = [
    { type: 'tick', atMs: 0 },
    ...picture.keys.map((name): UiEvent => ({
      type: 'key',
      key: { name, text: name.length === 1 ? name : '' },
      atMs: 0,
    })),
    { type: 'tick', atMs: 2000 },
  ];
  const first = initialUi(columns, rows, false, 0);
  // Time passes for the dialog's guard, but the snapshot is fresh all the same.
  const ui = events.reduce((state, event) => reduce({ ...state, freshMark: '' }, event, snapshot).ui, first);
  const frame = renderToString(<Screen frame={frameOf(ui, snapshot)} isAscii={false} />, { columns });
  const runs = await terminalCells(frame, columns, rows);
  writeFileSync(`${folder}${picture.name}.svg`, svgPicture(runs, columns, rows, picture.title));
  console.log(`docs/screens/${picture.name}.svg ${columns}x${rows}`);
}
