import { isSettled } from '../../core/session/execution-machine.ts';
import type { ExecutionState } from '../../core/model/rollback.ts';
import type { LeaseAnswer, LeaseGrant, LeaseStore } from '../../ports/store.ts';
import type { Connection } from './connection.ts';

interface LeaseRow {
  readonly target_id: string;
  readonly holder: string;
  readonly token: number;
  readonly execution_id: string;
  readonly released: number;
  /** State of the execution it was granted for; null when that one is not on record. */
  readonly state: ExecutionState | null;
}

/** Leases by target. No clock is involved: a lease ends with its execution, never with time. */
export function createLeases(connection: Connection): LeaseStore {
  function rowOf(targetId: string): LeaseRow | null {
    const row = connection
      .sql('SELECT l.*, e.state FROM leases l LEFT JOIN executions e ON e.id = l.execution_id WHERE target_id = ?')
      .get(targetId);
    return (row as unknown as LeaseRow | undefined) ?? null;
  }

  function acquire(targetId: string, holder: string, executionId: string, atMs: number): LeaseAnswer {
    return connection.write(() => {
      const row = rowOf(targetId);
      if (row !== null && isHeld(row)) {
        if (row.execution_id === executionId && row.holder === holder) return { granted: true, lease: grantOf(row) };
        return { granted: false, holder: row.holder, why: whyHeld(row) };
      }
      const token = (row?.token ?? 0) + 1;
      connection
        .sql(
          'INSERT OR REPLACE INTO leases (target_id, holder, token, execution_id, at_ms, released) VALUES (?, ?, ?, ?, ?, 0)',
        )
        .run(targetId, holder, token, executionId, atMs);
      return { granted: true, lease: { targetId, holder, token } };
    });
  }

  function release(lease: LeaseGrant): void {
    connection.write(() => {
      const row = rowOf(lease.targetId);
      if (row === null || row.token !== lease.token || (row.state !== null && !isSettled(row.state))) return;
      connection.sql('UPDATE leases SET released = 1 WHERE target_id = ?').run(lease.targetId);
    });
  }

  function holderOf(targetId: string): LeaseGrant | null {
    const row = connection.read(() => rowOf(targetId));
    return row !== null && isHeld(row) ? grantOf(row) : null;
  }

  return {
    acquire,
    release,
    holderOf,
    isCurrent: (lease) => holderOf(lease.targetId)?.token === lease.token,
  };
}

/** Held until released, or until its execution has ended; one without a record is held, since nothing is proven. */
function isHeld(row: LeaseRow): boolean {
  return row.released === 0 && (row.state === null || !isSettled(row.state));
}

function grantOf(row: LeaseRow): LeaseGrant {
  return { targetId: row.target_id, holder: row.holder, token: row.token };
}

function whyHeld(row: LeaseRow): string {
  if (row.state === 'unknown') {
    return `what became of execution ${row.execution_id} (${row.holder}) is unknown: a person must resolve it first`;
  }
  return `${row.holder} is acting on it (execution ${row.execution_id}, ${row.state ?? 'not on record'})`;
}
