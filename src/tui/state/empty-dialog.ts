import type { RollbackDialog } from './ui-state.ts';

/** A dialog in which nothing has been read or typed. */
export function emptyDialog(pipeline: string, atMs: number): RollbackDialog {
  return {
    kind: 'rollback',
    pipeline,
    proposalId: null,
    toVersion: null,
    requestedAtMs: atMs,
    fingerprint: null,
    shownAtMs: null,
    seenLines: 0,
    allSeenAtMs: null,
    bodyColumns: 0,
    scroll: 0,
    focus: 'cancel',
    typedName: '',
    reason: '',
    note: null,
    sentAtMs: null,
    refused: null,
  };
}
