import type { Snapshot } from '../../core/session/snapshot.ts';
import { cut } from '../format/text.ts';
import { span } from '../format/line.ts';
import type { UiState } from '../state/ui-state.ts';
import { MINIMUM, fits } from '../views/layout.ts';
import { auditFrame } from './audit.ts';
import { detailFrame } from './detail.ts';
import { fleetFrame } from './fleet.ts';
import type { Frame } from './frame.ts';
import { plainFrame } from './frame.ts';
import { helpFrame } from './help.ts';
import { rollbackFrame } from './rollback.ts';
import { silenceFrame } from './silence.ts';
import { smallFrame } from './small.ts';
import { versionsFrame } from './versions.ts';

/** What the screen shows of a state and a snapshot: a pure function. */
export function frameOf(ui: UiState, live: Snapshot): Frame {
  if (!fits(ui)) return tooSmall(ui);
  if (ui.dialog?.kind === 'rollback') return rollbackFrame(ui, live, ui.dialog);
  if (ui.dialog?.kind === 'versions') return versionsFrame(ui, live, ui.dialog);
  if (ui.dialog?.kind === 'silence') return silenceFrame(ui, ui.dialog);
  if (ui.dialog !== null) return smallFrame(ui, ui.dialog);
  switch (ui.place) {
    case 'fleet':
      return fleetFrame(ui, live);
    case 'detail':
      return detailFrame(ui, live);
    case 'audit':
      return auditFrame(ui, live);
    case 'help':
      return helpFrame(ui);
  }
}

function tooSmall(ui: UiState): Frame {
  const texts = [`rollwatch needs ${MINIMUM.columns}x${MINIMUM.rows}`, `this is ${ui.columns}x${ui.rows}`];
  return plainFrame(
    ui,
    texts.slice(0, ui.rows).map((text) => [span(cut(text, ui.columns))]),
    [],
  );
}
