import type { Snapshot } from '../../core/session/snapshot.ts';
import { span } from '../format/line.ts';
import type { UiState } from '../state/ui-state.ts';
import { spokenLines } from '../views/spoken-lines.ts';
import type { Frame } from './frame.ts';
import { plainFrame } from './frame.ts';

/** The screen as sentences, for screen readers. */
export function spokenFrame(ui: UiState, live: Snapshot): Frame {
  return plainFrame(
    ui,
    spokenLines(ui, live).map((text) => [span(text)]),
    [],
  );
}
