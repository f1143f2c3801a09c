import type { SessionEvent } from '../../core/session/event.ts';
import type { Snapshot } from '../../core/session/snapshot.ts';
import type { Line } from '../format/line.ts';
import { span } from '../format/line.ts';
import { visible, wrap } from '../format/text.ts';
import { timeOfDay } from '../format/time.ts';
import type { RollbackDialog } from '../state/ui-state.ts';
import type { Tone } from '../theme.ts';
import { peopleNeeded, quorumText } from './quorum.ts';

/** Phases of the dialog in which there is nothing to read but where the question stands. */
export type StatusPhase = 'waiting' | 'refused' | 'gone' | 'changed' | 'sent';

/** Where a question stands that cannot be answered here and now, wrapped to `columns`. */
export function statusLines(
  phase: StatusPhase,
  dialog: RollbackDialog,
  snapshot: Snapshot,
  columns: number,
): readonly Line[] {
  const { text, tone } = statusText(phase, dialog, snapshot);
  return wrap(text, columns).map((line): Line => [span(line, tone, true)]);
}

function statusText(
  phase: StatusPhase,
  dialog: RollbackDialog,
  snapshot: Snapshot,
): { readonly text: string; readonly tone: Tone } {
  switch (phase) {
    case 'waiting':
      return { text: 'Asking the engine for a plan …', tone: 'act' };
    case 'refused':
      return { text: `No rollback: ${visible(dialog.refused ?? '')}`, tone: 'warn' };
    case 'gone':
      return {
        text: `This question is closed: ${closedBecause(dialog, snapshot)}. It cannot be confirmed.`,
        tone: 'warn',
      };
    case 'changed':
      return {
        text: 'The proposal changed while you were reading. It cannot be confirmed: close, and open it again.',
        tone: 'warn',
      };
    case 'sent':
      return { text: sentText(dialog, snapshot), tone: 'act' };
  }
}

function sentText({ proposalId }: RollbackDialog, { proposals }: Snapshot): string {
  const proposal = proposals.find(({ id }) => id === proposalId);
  if (proposal === undefined || peopleNeeded(proposal) < 2) return 'Yes was sent. Waiting for the engine …';
  return `Yes was sent. So far: ${quorumText(proposal)}. It runs once all have said yes, each by their own account.`;
}

function closedBecause(dialog: RollbackDialog, snapshot: Snapshot): string {
  const found = snapshot.recentEvents.findLast(({ event }) => isClosing(event, dialog.proposalId));
  if (found?.event.type !== 'proposal-closed') return 'the engine no longer has it';
  const { answer, by, reason } = found.event;
  const because = reason === null ? '' : ` (${visible(reason)})`;
  return `${answer} by ${visible(by.name)} at ${timeOfDay(found.atMs)}${because}`;
}

function isClosing(event: SessionEvent, proposalId: string | null): boolean {
  return event.type === 'proposal-closed' && event.proposalId === proposalId;
}
