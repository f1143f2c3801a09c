import { pipelineOfEvent, type SessionEvent } from '../../core/session/event.ts';
import { repeats, stands } from '../../core/session/repeats.ts';
import type { AuditStore } from '../../ports/store.ts';

/**
 * True when the newest record says the same: a watch that was started again, or a second one beside it, finds what is
 * known. The audit keeps changes, and a start is none.
 */
export function isOnRecord(event: SessionEvent, audit: Pick<AuditStore, 'list'>): boolean {
  const pipeline = pipelineOfEvent(event);
  if (pipeline === null || !stands(event)) return false;
  const newest = audit.list({ pipeline, types: [event.type], limit: 1 }).at(-1);
  return newest !== undefined && repeats(event, newest.event);
}
