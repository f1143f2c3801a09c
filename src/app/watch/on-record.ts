import { pipelineOfEvent, type SessionEvent } from '../../core/session/event.ts';
import { repeats, stands } from '../../core/session/repeats.ts';
import type { AuditRecord, AuditStore } from '../../ports/store.ts';

/**
 * The newest record, where it says the same: a watch that was started again, or a second one beside it, finds what is
 * known. The audit keeps changes, and a start is none. Null for what is to be recorded.
 */
export function onRecord(event: SessionEvent, audit: Pick<AuditStore, 'list'>): AuditRecord | null {
  const pipeline = pipelineOfEvent(event);
  if (pipeline === null || !stands(event)) return null;
  const newest = audit.list({ pipeline, types: [event.type], limit: 1 }).at(-1);
  return newest !== undefined && repeats(event, newest.event) ? newest : null;
}
