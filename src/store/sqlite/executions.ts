import { canonicalJson } from '../../core/model/canonical-json.ts';
import { groupProposalIdOf } from '../../core/model/group-proposal.ts';
import type { Execution } from '../../core/model/rollback.ts';
import { canMove, isSettled } from '../../core/session/execution-machine.ts';
import type { ActStore, LeaseGrant } from '../../ports/store.ts';
import type { ProcessMark } from '../../ports/process-mark.ts';
import { StoreError } from '../store-error.ts';
import type { Connection } from './connection.ts';
import { isConflict, sqliteCode } from './sqlite-errors.ts';

type ExecutionStore = Pick<
  ActStore,
  | 'beginExecution'
  | 'moveExecution'
  | 'saveExecution'
  | 'execution'
  | 'executionsOfPlan'
  | 'unfinishedExecutions'
  | 'recentExecutions'
  | 'ownerOf'
  | 'adoptExecution'
>;

/** Executions: each begun once per approval, each state written before what it announces. */
export function createExecutions(connection: Connection): ExecutionStore {
  function find(id: string): Execution | null {
    const row = connection.sql('SELECT body FROM executions WHERE id = ?').get(id);
    return row === undefined ? null : (JSON.parse(String(row['body'])) as Execution);
  }

  function insert(execution: Execution, owner: ProcessMark | null): void {
    connection
      .sql(
        `INSERT INTO executions (id, plan_id, proposal_id, attempt, state, dry_run, started_at_ms, body, owner)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        execution.id,
        execution.planId,
        execution.proposalId,
        execution.attempt,
        execution.state,
        execution.dryRun ? 1 : 0,
        execution.startedAtMs,
        canonicalJson(execution),
        owner === null ? null : canonicalJson(owner),
      );
  }

  function update(execution: Execution): void {
    const before = find(execution.id);
    if (before === null || !(before.state === execution.state || canMove(before.state, execution.state))) {
      const from = before?.state ?? 'nothing';
      throw new StoreError('refused', `execution ${execution.id} cannot go from ${from} to ${execution.state}`);
    }
    if (isSettled(before.state)) return;
    connection
      .sql('UPDATE executions SET state = ?, body = ? WHERE id = ?')
      .run(execution.state, canonicalJson(execution), execution.id);
    if (isSettled(execution.state)) {
      connection.sql('UPDATE leases SET released = 1 WHERE execution_id = ?').run(execution.id);
    }
  }

  function beginExecution(execution: Execution, owner: ProcessMark): boolean {
    const approved = `SELECT 1 FROM proposals p JOIN approvals a ON a.proposal_id = p.id
      WHERE p.id = ? AND p.plan_id = ? AND p.answer = 'approved'`;
    return connection.write(() => {
      if (connection.sql(approved).get(execution.proposalId, execution.planId) === undefined) {
        throw new StoreError('refused', `no approval of proposal ${execution.proposalId} is on record: nothing is run`);
      }
      refuseOutsideGroup(execution, owner);
      try {
        insert(execution, owner);
        return true;
      } catch (error) {
        if (isConflict(error)) return false;
        throw error;
      }
    });
  }

  /** A service of a group begins only by whoever has the group in hand: else it could go back when the group has ended. */
  function refuseOutsideGroup({ proposalId }: Execution, owner: ProcessMark): void {
    const group = groupProposalIdOf(proposalId);
    if (group === null) return;
    const inHand = 'SELECT 1 FROM group_runs WHERE id = ? AND owner = ? AND ended = 0';
    if (connection.sql(inHand).get(group, canonicalJson(owner)) !== undefined) return;
    throw new StoreError('refused', `group rollback ${group} is not in the hands of this process: nothing is run`);
  }

  function moveExecution(execution: Execution, lease: LeaseGrant): boolean {
    return connection.write(() => {
      const current = connection
        .sql('SELECT 1 FROM leases WHERE target_id = ? AND token = ? AND execution_id = ? AND released = 0')
        .get(lease.targetId, lease.token, execution.id);
      if (current === undefined) return false;
      update(execution);
      return true;
    });
  }

  function saveExecution(execution: Execution): void {
    connection.write(() => (find(execution.id) === null ? insertNew(execution) : update(execution)));
  }

  function insertNew(execution: Execution): void {
    try {
      insert(execution, null);
    } catch (error) {
      if (sqliteCode(error) === null || !isConflict(error)) throw error;
      throw new StoreError('refused', `execution ${execution.id}: this approval or attempt already has an execution`);
    }
  }

  function ownerOf(id: string): ProcessMark | null {
    const owner = connection.read(() => connection.sql('SELECT owner FROM executions WHERE id = ?').get(id))?.['owner'];
    return typeof owner === 'string' ? (JSON.parse(owner) as ProcessMark) : null;
  }

  function adoptExecution(
    id: string,
    from: ProcessMark | null,
    to: ProcessMark,
    holder: string,
  ): { readonly adopted: boolean; readonly lease: LeaseGrant | null } {
    return connection.write(() => {
      const { changes } = connection
        .sql('UPDATE executions SET owner = ? WHERE id = ? AND owner IS ?')
        .run(canonicalJson(to), id, from === null ? null : canonicalJson(from));
      if (Number(changes) !== 1) return { adopted: false, lease: null };
      const row = connection
        .sql('UPDATE leases SET token = token + 1, holder = ? WHERE execution_id = ? AND released = 0 RETURNING *')
        .get(holder, id);
      if (row === undefined) return { adopted: true, lease: null };
      return { adopted: true, lease: { targetId: String(row['target_id']), holder, token: Number(row['token']) } };
    });
  }

  function all(where: string, ...values: readonly (string | number)[]): readonly Execution[] {
    const rows = connection.read(() => connection.sql(`SELECT body FROM executions ${where}`).all(...values));
    return rows.map((row) => JSON.parse(String(row['body'])) as Execution);
  }

  return {
    beginExecution,
    moveExecution,
    saveExecution,
    ownerOf,
    adoptExecution,
    execution: (id) => connection.read(() => find(id)),
    executionsOfPlan: (planId) => all('WHERE plan_id = ? ORDER BY attempt', planId),
    unfinishedExecutions: () =>
      all(
        `WHERE state IN ('planned', 'approved', 'leased', 'executing', 'verifying', 'unknown') ORDER BY started_at_ms, id`,
      ),
    recentExecutions: (limit) => all('ORDER BY started_at_ms DESC, id DESC LIMIT ?', limit),
  };
}
