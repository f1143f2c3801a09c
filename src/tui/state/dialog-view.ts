import type { GroupRun } from '../../core/model/group-run.ts';
import type { Execution, Proposal } from '../../core/model/rollback.ts';
import { blocksOf, concerns, confirmName } from '../../core/model/group-proposal.ts';
import type { Snapshot } from '../../core/session/snapshot.ts';
import type { Line } from '../format/line.ts';
import { dialogBody, proposalFingerprint } from '../views/dialog-body.ts';
import { statusLines } from '../views/dialog-status.ts';
import { groupRunLines } from '../views/group-lines.ts';
import { executionLines } from '../views/execution-lines.ts';
import { isRunning } from '../views/pipeline-look.ts';
import type { RollbackDialog, UiState } from './ui-state.ts';
import { GUARD_MS, isStale, shownSnapshot } from './ui-state.ts';

/** Where a rollback dialog stands. Only `open` can be confirmed. */
export type DialogPhase =
  'waiting' | 'looking' | 'refused' | 'open' | 'sent' | 'changed' | 'gone' | 'executing' | 'ended';

/** A rollback dialog with what the snapshot says of it. */
export interface DialogView {
  readonly phase: DialogPhase;
  readonly proposal: Proposal | null;
  readonly execution: Execution | null;
  /** What is to be read, all of it; the dialog shows `viewport` lines from `scroll` on. */
  readonly body: readonly Line[];
  readonly viewport: number;
}

/** Widest that a dialog becomes: longer lines are harder to read. */
const DIALOG_COLUMNS = 110;
/** Title, two borders, the lines under the body and the footer. */
const FRAME_ROWS = 7;

/** Outer width of the dialog. */
export function dialogColumns(columns: number): number {
  return Math.min(columns, DIALOG_COLUMNS);
}

/** What a rollback dialog shows now. */
export function dialogView(dialog: RollbackDialog, ui: UiState, live: Snapshot): DialogView {
  const snapshot = shownSnapshot(ui, live);
  const draft = draftOf(dialog, snapshot);
  const proposal = snapshot.proposals.find((each) => each.id === dialog.proposalId) ?? draft;
  const execution = executionOf(dialog, snapshot);
  const phase = phaseOf(dialog, proposal, execution, draft !== null, groupOfAct(execution, snapshot));
  const inner = dialogColumns(ui.columns) - 4;
  const controls = phase === 'open' ? fieldsOf(proposal).length + (isNarrow(ui.columns) ? 1 : 0) : 0;
  const viewport = Math.max(0, ui.rows - FRAME_ROWS - controls);
  const body = bodyOf(phase, proposal, execution, dialog, snapshot, inner, viewport);
  return { phase, proposal, execution, body, viewport };
}

/** Whether the answer needs a line of its own under the buttons. */
export function isNarrow(columns: number): boolean {
  return columns < 96;
}

/** The text fields a proposal asks for. */
export function fieldsOf(proposal: Proposal | null): readonly ('reason' | 'name')[] {
  if (proposal === null) return [];
  const fields: ('reason' | 'name')[] = needsReason(proposal) ? ['reason'] : [];
  return proposal.confirmBy === 'typed-name' ? [...fields, 'name'] : fields;
}

function needsReason(proposal: Proposal): boolean {
  return proposal.overrides.length > 0 || blocksOf(proposal).length > 0;
}

/** Why `y` would not roll back at this moment; null when it would. */
export function blockedBecause(dialog: RollbackDialog, view: DialogView, ui: UiState, live: Snapshot): string | null {
  const { proposal } = view;
  if (view.phase === 'looking') return 'what it will not undo is being looked at';
  if (view.phase !== 'open' || proposal === null) return 'there is nothing to confirm';
  if (ui.readOnly) return 'this screen is read-only';
  if (ui.frozen !== null) return 'the screen is frozen (esc, then f)';
  if (isStale(ui)) return 'the screen is stale';
  if (live.nowMs >= proposal.expiresAtMs) return 'the question has expired';
  if (view.viewport < 1) return 'the terminal is too small to read it';
  const unread = view.body.length - dialog.seenLines;
  if (dialog.allSeenAtMs === null) return `scroll to read all (${unread} more ${unread === 1 ? 'line' : 'lines'})`;
  if (needsReason(proposal) && dialog.reason.trim() === '') return 'a reason is needed (tab)';
  if (proposal.confirmBy === 'typed-name' && dialog.typedName !== confirmName(proposal)) return nameWanted(proposal);
  if (ui.atMs - Math.max(dialog.allSeenAtMs, dialog.shownAtMs ?? ui.atMs) < GUARD_MS) return 'a moment, read it first';
  return null;
}

function nameWanted({ group }: Proposal): string {
  return `type the ${group === undefined ? 'pipeline' : 'group'}'s name`;
}

/** The dialog after a frame: notes what is on screen now, and when the proposal it waits for has come. */
export function settle(dialog: RollbackDialog, ui: UiState, live: Snapshot): RollbackDialog {
  const bound = bind(dialog, ui, live);
  const view = dialogView(bound, ui, live);
  const columns = dialogColumns(ui.columns);
  const scroll = Math.min(bound.scroll, Math.max(0, view.body.length - view.viewport));
  const base = { ...bound, scroll, bodyColumns: columns, refused: bound.refused ?? refusedSince(bound, ui, live) };
  // What was refused before the act began is no news beside the act.
  if (view.execution !== null && bound.note?.tone === 'warn') return { ...base, note: null };
  if (view.phase !== 'open') return base;
  // Another width wraps to other lines: what was read before is not the first n lines any more.
  const seenBefore = columns === bound.bodyColumns ? bound.seenLines : 0;
  const seenLines = scroll <= seenBefore ? Math.max(seenBefore, scroll + view.viewport) : seenBefore;
  const seen = Math.min(seenLines, view.body.length);
  const isAll = seen >= view.body.length && view.viewport > 0;
  return {
    ...base,
    shownAtMs: bound.shownAtMs ?? ui.atMs,
    seenLines: seen,
    allSeenAtMs: bound.allSeenAtMs ?? (isAll ? ui.atMs : null),
  };
}

/** Why the question that waited for the findings was not put after all. */
function refusedSince(dialog: RollbackDialog, ui: UiState, live: Snapshot): string | null {
  const view = shownSnapshot(ui, live).rollbacks?.find((each) => each.pipeline === dialog.pipeline);
  const isRefused = dialog.proposalId === null && view !== undefined && !view.isLooking && view.draft === null;
  return isRefused && view.why !== '' ? view.why : null;
}

function bodyOf(
  phase: DialogPhase,
  proposal: Proposal | null,
  execution: Execution | null,
  dialog: RollbackDialog,
  snapshot: Snapshot,
  columns: number,
  rows: number,
): readonly Line[] {
  if (execution !== null) {
    const run = groupOfAct(execution, snapshot);
    const group = run === null ? [] : groupRunLines(run, snapshot.nowMs, columns);
    return [...group, ...executionLines(execution, snapshot, columns, Math.max(1, rows - group.length))];
  }
  if ((phase === 'open' || phase === 'looking') && proposal !== null) {
    return dialogBody(proposal, snapshot, columns, phase === 'looking');
  }
  return phase === 'open' || phase === 'looking' || phase === 'executing' || phase === 'ended'
    ? []
    : statusLines(phase, dialog, snapshot, columns);
}

function bind(dialog: RollbackDialog, ui: UiState, live: Snapshot): RollbackDialog {
  const snapshot = shownSnapshot(ui, live);
  const found =
    dialog.proposalId === null
      ? snapshot.proposals.find((each) => concerns(each, dialog.pipeline) && isWanted(dialog, each))
      : snapshot.proposals.find((each) => each.id === dialog.proposalId);
  if (found === undefined || dialog.fingerprint !== null) return dialog;
  return { ...dialog, proposalId: found.id, fingerprint: proposalFingerprint(found) };
}

/** The group rollback an act is part of. */
export function groupOfAct(execution: Execution | null, { groups = [] }: Snapshot): GroupRun | null {
  return groups.find(({ id }) => execution?.proposalId.startsWith(`${id}.`) === true) ?? null;
}

/** An act that a question has led to; of a group the newest. */
function answers({ proposalId }: Execution, asked: string | null): boolean {
  return asked !== null && (proposalId === asked || proposalId.startsWith(`${asked}.`));
}

function executionOf(dialog: RollbackDialog, snapshot: Snapshot): Execution | null {
  const own = snapshot.executions.find((each) => answers(each, dialog.proposalId));
  if (own !== undefined) return own;
  if (dialog.proposalId !== null) return null;
  return snapshot.executions.find((each) => each.pipeline === dialog.pipeline && isRunning(each)) ?? null;
}

/** What the question would be while it waits for what a rollback will not undo; null where there is none. */
function draftOf(dialog: RollbackDialog, snapshot: Snapshot): Proposal | null {
  if (dialog.proposalId !== null) return null;
  const view = snapshot.rollbacks?.find((each) => each.pipeline === dialog.pipeline);
  return view?.isLooking === true && view.draft !== null && isWanted(dialog, view.draft) ? view.draft : null;
}

function isWanted({ toVersion }: RollbackDialog, { plan }: Proposal): boolean {
  return toVersion === null || plan.toVersion === toVersion;
}

function phaseOf(
  dialog: RollbackDialog,
  proposal: Proposal | null,
  execution: Execution | null,
  isDraft: boolean,
  group: GroupRun | null,
): DialogPhase {
  if (execution !== null) return isRunning(execution) || group?.endedAtMs === null ? 'executing' : 'ended';
  if (dialog.proposalId === null && dialog.refused !== null) return 'refused';
  if (dialog.proposalId === null) return isDraft ? 'looking' : 'waiting';
  if (dialog.sentAtMs !== null) return 'sent';
  if (proposal === null) return 'gone';
  return dialog.fingerprint === proposalFingerprint(proposal) ? 'open' : 'changed';
}
