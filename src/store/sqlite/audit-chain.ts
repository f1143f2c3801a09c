import { createHash } from 'node:crypto';

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
