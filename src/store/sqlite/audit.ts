import { pipelineOfEvent, type SessionEvent } from '../../core/session/event.ts';
import { canonicalJson } from '../../core/model/canonical-json.ts';
import type { AuditQuery, AuditRecord, AuditStore } from '../../ports/store.ts';
import type { Connection } from './connection.ts';
import { CHAIN_START, chainHash, type AuditRow } from './audit-chain.ts';
import { verifyAudit } from './audit-verify.ts';
import { StoreError } from '../store-error.ts';

/**
 * The audit: appended in one transaction with the head of the chain, so that records of several processes follow
 * each other without a gap. Listing gives rising numbers: after `afterSeq` the first `limit`, else the last `limit`.
 */
export function createAudit(connection: Connection): AuditStore {
  function append(event: SessionEvent, atMs: number): AuditRecord {
    const body = canonicalJson(event);
    return connection.write(() => {
      const last = connection.sql('SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1').get();
      const seq = Number(last?.['seq'] ?? 0) + 1;
      const previousHash = String(last?.['hash'] ?? CHAIN_START);
      const hash = chainHash(previousHash, seq, atMs, body);
      connection
        .sql('INSERT INTO audit (seq, at_ms, type, pipeline, body, previous_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?)')
        .run(seq, atMs, event.type, pipelineOfEvent(event), body, previousHash, hash);
      connection
        .sql(`INSERT INTO meta VALUES ('audit-head', ?1) ON CONFLICT (key) DO UPDATE SET value = ?1`)
        .run(`${seq}:${hash}`);
      return { seq, atMs, event: JSON.parse(body) as SessionEvent, hash, previousHash };
    });
  }

  function list(query: AuditQuery): readonly AuditRecord[] {
    const [where, values] = conditionsOf(query);
    const order = query.afterSeq === undefined ? 'DESC' : 'ASC';
    const rows = connection.read(() =>
      connection.sql(`SELECT * FROM audit ${where} ORDER BY seq ${order} LIMIT ?`).all(...values, query.limit ?? -1),
    );
    const records = rows.map((row) => recordOf(row as unknown as AuditRow));
    return order === 'DESC' ? records.reverse() : records;
  }

  return { append, list, verify: () => verifyAudit(connection) };
}

function conditionsOf(query: AuditQuery): readonly [string, readonly (string | number)[]] {
  const conditions: [string, readonly (string | number)[]][] = [];
  if (query.pipeline !== undefined) conditions.push(['pipeline = ?', [query.pipeline]]);
  if (query.types !== undefined) conditions.push([`type IN (${query.types.map(() => '?').join(', ')})`, query.types]);
  if (query.sinceMs !== undefined) conditions.push(['at_ms >= ?', [query.sinceMs]]);
  if (query.afterSeq !== undefined) conditions.push(['seq > ?', [query.afterSeq]]);
  if (conditions.length === 0) return ['', []];
  return [`WHERE ${conditions.map(([text]) => text).join(' AND ')}`, conditions.flatMap(([, values]) => values)];
}

function recordOf(row: AuditRow): AuditRecord {
  return {
    seq: row.seq,
    atMs: row.at_ms,
    event: eventOf(row),
    hash: row.hash,
    previousHash: row.previous_hash,
  };
}

function eventOf(row: AuditRow): SessionEvent {
  try {
    return JSON.parse(row.body) as SessionEvent;
  } catch (error) {
    throw new StoreError('corrupt', `audit record ${row.seq} is not readable; rollwatch audit verify says more`, {
      cause: error,
    });
  }
}
