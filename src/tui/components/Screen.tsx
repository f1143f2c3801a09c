import type { Snapshot } from '../../core/session/snapshot.ts';
import type { UiState } from '../state/ui-state.ts';
import { fits } from '../views/layout.ts';
import { AsciiContext } from './Lines.tsx';
import { AuditView } from './AuditView.tsx';
import { DetailView } from './DetailView.tsx';
import { FleetView } from './FleetView.tsx';
import { HelpView } from './HelpView.tsx';
import { RollbackDialogView } from './RollbackDialogView.tsx';
import { SmallDialogView } from './SmallDialogView.tsx';
import { TooSmall } from './TooSmall.tsx';

/** What the screen draws from. */
export interface ScreenProps {
  readonly ui: UiState;
  readonly live: Snapshot;
  readonly isAscii: boolean;
}

/** One frame of the screen: a pure function of its props, exactly as high as the terminal. */
export function Screen({ ui, live, isAscii }: ScreenProps) {
  return <AsciiContext value={isAscii}>{view(ui, live)}</AsciiContext>;
}

function view(ui: UiState, live: Snapshot) {
  if (!fits(ui)) return <TooSmall columns={ui.columns} rows={ui.rows} />;
  const { dialog } = ui;
  if (dialog?.kind === 'rollback') return <RollbackDialogView ui={ui} live={live} dialog={dialog} />;
  if (dialog !== null) return <SmallDialogView ui={ui} dialog={dialog} />;
  switch (ui.place) {
    case 'fleet':
      return <FleetView ui={ui} live={live} />;
    case 'detail':
      return <DetailView ui={ui} live={live} />;
    case 'audit':
      return <AuditView ui={ui} live={live} />;
    case 'help':
      return <HelpView ui={ui} />;
  }
}
