import { createHash } from 'node:crypto';
import type { SessionEvent } from '../../core/session/event.ts';

/** What stands before the first record. */
export const CHAIN_START = '0'.repeat(64);

/** A record as it lies in the table. */
export interface AuditRow {
  readonly seq: number;
  readonly at_ms: number;
  readonly type: string;
  readonly pipeline: string | null;
  readonly body: string;
  readonly previous_hash: string;
  readonly hash: string;
}

/** SHA-256, hex, of the previous hash and the record; `body` is the event as canonical JSON. */
export function chainHash(previousHash: string, seq: number, atMs: number, body: string): string {
  return createHash('sha256').update(`${previousHash}\n{"atMs":${atMs},"event":${body},"seq":${seq}}`).digest('hex');
}

/** The pipeline an event is about; null when it is about none. */
export function pipelineOf(event: SessionEvent): string | null {
  if ('pipeline' in event) return event.pipeline;
  if ('verdict' in event) return event.verdict.pipeline;
  if ('decision' in event) return event.decision.pipeline;
  if ('deployment' in event) return event.deployment.pipeline;
  if ('proposal' in event) return event.proposal.pipeline;
  if ('silence' in event) return event.silence.pipeline;
  if ('execution' in event) return event.execution.pipeline;
  return null;
}
