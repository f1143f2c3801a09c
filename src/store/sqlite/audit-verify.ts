import { pipelineOfEvent, type SessionEvent } from '../../core/session/event.ts';
import type { AuditCheck } from '../../ports/store.ts';
import { CHAIN_START, chainHash, type AuditRow } from './audit-chain.ts';
import type { Connection } from './connection.ts';

/** What no chain kept in one place can show. */
export const AUDIT_LIMITS =
  'Consistent, not tamper-proof: whoever can write this file can cut its end or chain it anew; only an anchor of its head kept elsewhere would show that.';

/**
 * Walks the chain from its start and names the first record that does not fit: changed, removed, added or moved.
 * One pass, one record in memory at a time.
 */
export function verifyAudit(connection: Connection): AuditCheck {
  // One read transaction, so that a record appended meanwhile is not taken for a missing end.
  return connection.read(() => {
    connection.execute('BEGIN');
    try {
      return walk(connection);
    } finally {
      connection.execute('COMMIT');
    }
  });
}

function walk(connection: Connection): AuditCheck {
  let records = 0;
  let previousHash = CHAIN_START;
  for (const row of connection.sql('SELECT * FROM audit ORDER BY seq').iterate()) {
    const record = row as unknown as AuditRow;
    const why = faultOf(record, records + 1, previousHash);
    if (why !== null)
      return { ok: false, records, firstBad: { seq: Math.min(record.seq, records + 1), why }, limits: AUDIT_LIMITS };
    records += 1;
    previousHash = record.hash;
  }
  const why = headFault(connection, records, previousHash);
  return { ok: why === null, records, firstBad: why === null ? null : { seq: records + 1, why }, limits: AUDIT_LIMITS };
}

function faultOf(row: AuditRow, expectedSeq: number, previousHash: string): string | null {
  if (row.seq > expectedSeq) return `record ${expectedSeq} is missing: ${row.seq} follows ${expectedSeq - 1}`;
  if (row.seq < expectedSeq) return `record ${row.seq} stands before the first`;
  if (row.previous_hash !== previousHash)
    return `record ${row.seq} does not follow the one before it: changed, moved or put in`;
  if (chainHash(previousHash, row.seq, row.at_ms, row.body) !== row.hash) {
    return `record ${row.seq} was changed: its content does not give its hash`;
  }
  const event = JSON.parse(row.body) as SessionEvent;
  if (event.type !== row.type || pipelineOfEvent(event) !== row.pipeline) {
    return `record ${row.seq} was changed: the columns it is found by do not match its content`;
  }
  return null;
}

function headFault(connection: Connection, records: number, lastHash: string): string | null {
  const head = connection.sql(`SELECT value FROM meta WHERE key = 'audit-head'`).get()?.['value'] ?? null;
  if (head === null) return records === 0 ? null : 'the note of the last record is gone';
  if (head === `${records}:${lastHash}`) return null;
  const noted = Number(String(head).split(':')[0]);
  return noted > records
    ? `record ${records + 1} is missing: the chain once reached ${noted}`
    : `the note of the last record (${noted}) does not match the chain (${records})`;
}
