import type { SessionCommand, CommandResult } from '../../core/session/command.ts';
import type { Snapshot } from '../../core/session/snapshot.ts';
import type { Place } from '../keymap.ts';
import type { Tone } from '../theme.ts';
import type { Sort } from '../views/fleet-order.ts';
import type { Key } from './key.ts';

/** What has the focus in the rollback dialog; it starts on `cancel`. */
export type DialogFocus = 'cancel' | 'dismiss' | 'versions' | 'reason' | 'name';

/** The rollback dialog: bound to a pipeline and, once there is one, to one proposal. */
export interface RollbackDialog {
  readonly kind: 'rollback';
  readonly pipeline: string;
  /** Null while the proposal that was asked for has not come. */
  readonly proposalId: string | null;
  /** The version a person has chosen: a question about another one is not it. Null = whatever is asked. */
  readonly toVersion: string | null;
  /** Proposals that were open before this one was asked for are not it. */
  readonly requestedAtMs: number;
  /** What the proposal said when it was first shown; a proposal that says something else cannot be confirmed. */
  readonly fingerprint: string | null;
  /** When its content was first on screen (monotonic); null before. */
  readonly shownAtMs: number | null;
  /** Lines of the body that have been on screen, counted from the top without a gap. */
  readonly seenLines: number;
  readonly allSeenAtMs: number | null;
  readonly bodyColumns: number;
  readonly scroll: number;
  readonly focus: DialogFocus;
  readonly typedName: string;
  readonly reason: string;
  readonly note: Note | null;
  /** When yes was sent; a second yes is never sent. */
  readonly sentAtMs: number | null;
  /** Why there will be no proposal. */
  readonly refused: string | null;
}

/** The list of versions to go back to; choosing one asks about it and confirms nothing. */
export interface VersionsDialog {
  readonly kind: 'versions';
  readonly pipeline: string;
  /** By name: rows move, names do not. Null = where the question stands. */
  readonly selected: string | null;
  /** The dialog to return to. */
  readonly back: RollbackDialog | null;
  readonly note: Note | null;
}

/** For how long and why nothing is asked about a pipeline. */
export interface SilenceDialog {
  readonly kind: 'silence';
  readonly pipeline: string;
  /** Index of how long. */
  readonly choice: number;
  readonly reason: string;
  readonly note: Note | null;
}

/** A yes-or-no question answered by a single key. */
export interface SmallDialog {
  readonly kind: 'by-hand' | 'quit';
  readonly pipeline: string | null;
  readonly openedAtMs: number;
  readonly note: Note | null;
}

/** Something to tell the operator: in the dialog, or in the footer for some seconds. */
export interface Note {
  readonly text: string;
  readonly tone: Tone;
}

/** What the view of one pipeline remembers. */
export interface DetailState {
  readonly pipeline: string;
  readonly metric: string | null;
  readonly zoom: number | null;
  /** First line of the why text that is shown. */
  readonly top: number;
}

/** Everything the screen remembers by itself; the rest is in the snapshot. */
export interface UiState {
  readonly columns: number;
  readonly rows: number;
  readonly readOnly: boolean;
  readonly place: Place;
  /** Where the help was opened from, and where the audit was. */
  readonly backFromHelp: Place;
  readonly backFromAudit: Place;
  /** The selected pipeline, by name: rows move, names do not. */
  readonly selected: string | null;
  /** Whether a person has pressed a key: before, the selection stands on whatever is most pressing. */
  readonly isTouched: boolean;
  readonly fleetTop: number;
  readonly sort: Sort;
  readonly filter: string;
  readonly isFiltering: boolean;
  readonly detail: DetailState | null;
  readonly audit: { readonly seq: number | null; readonly top: number; readonly isOpen: boolean };
  readonly helpTop: number;
  readonly dialog: RollbackDialog | VersionsDialog | SilenceDialog | SmallDialog | null;
  readonly frozen: { readonly snapshot: Snapshot; readonly atMs: number } | null;
  readonly message: (Note & { readonly atMs: number }) | null;
  /** Monotonic now, and when the live snapshot last moved. */
  readonly atMs: number;
  readonly freshAtMs: number;
  readonly freshMark: string;
  /** When `hold` was last sent, so that a held key does not send a flood. */
  readonly heldAtMs: number;
}

/** What can happen to the screen. Times are monotonic milliseconds. */
export type UiEvent =
  | { readonly type: 'key'; readonly key: Key; readonly atMs: number }
  | { readonly type: 'paste'; readonly text: string; readonly atMs: number }
  /** A new snapshot, or just the passing of time. */
  | { readonly type: 'tick'; readonly atMs: number }
  | { readonly type: 'resize'; readonly columns: number; readonly rows: number; readonly atMs: number }
  | {
      readonly type: 'result';
      readonly command: SessionCommand;
      readonly result: CommandResult;
      readonly atMs: number;
    };

/** What the screen wants done. */
export type Effect =
  { readonly type: 'send'; readonly command: SessionCommand } | { readonly type: 'quit' } | { readonly type: 'redraw' };

/** A step of the screen: its next state and what is to be done. */
export interface Step {
  readonly ui: UiState;
  readonly effects: readonly Effect[];
}

/** Without a new snapshot for this long the screen is stale: it says so and confirms nothing. */
export const STALE_AFTER_MS = 5000;
/** Keys this soon after a dialog opened were meant for something else. */
export const GUARD_MS = 500;
/** How long a message stays in the footer. */
export const MESSAGE_MS = 6000;

/** The state a screen starts with. */
export function initialUi(columns: number, rows: number, readOnly: boolean, atMs: number): UiState {
  return {
    columns,
    rows,
    readOnly,
    place: 'fleet',
    backFromHelp: 'fleet',
    backFromAudit: 'fleet',
    selected: null,
    isTouched: false,
    fleetTop: 0,
    sort: 'attention',
    filter: '',
    isFiltering: false,
    detail: null,
    audit: { seq: null, top: 0, isOpen: false },
    helpTop: 0,
    dialog: null,
    frozen: null,
    message: null,
    atMs,
    freshAtMs: atMs,
    freshMark: '',
    heldAtMs: -Infinity,
  };
}

/** The snapshot the screen shows: the frozen one while it is frozen. */
export function shownSnapshot(ui: UiState, live: Snapshot): Snapshot {
  return ui.frozen?.snapshot ?? live;
}

/** Whether the engine has gone silent. */
export function isStale(ui: UiState): boolean {
  return ui.atMs - ui.freshAtMs > STALE_AFTER_MS;
}

/** A step that only changes the state. */
export function step(ui: UiState, ...effects: readonly Effect[]): Step {
  return { ui, effects };
}

/** The state with a message in the footer. */
export function say(ui: UiState, text: string, tone: Tone = 'plain'): UiState {
  return { ...ui, message: { text, tone, atMs: ui.atMs } };
}
