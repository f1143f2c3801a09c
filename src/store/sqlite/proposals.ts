import { canonicalJson } from '../../core/model/canonical-json.ts';
import type { Actor, Answer, Approval, Proposal } from '../../core/model/rollback.ts';
import { memberApproval, memberProposals, membersOf, questionKey } from '../../core/model/group-proposal.ts';
import type { ActStore, GivenAnswer } from '../../ports/store.ts';
import type { Connection } from './connection.ts';

type ProposalStore = Pick<
  ActStore,
  | 'saveProposal'
  | 'openProposals'
  | 'proposal'
  | 'answerOf'
  | 'answerProposal'
  | 'closeProposal'
  | 'holdProposal'
  | 'secondProposal'
  | 'saveApproval'
  | 'approval'
>;

const SYSTEM: Actor = { kind: 'system', name: 'rollwatch', via: 'store' };

interface ProposalRow {
  readonly id: string;
  readonly body: string;
  readonly plan_body: string;
  readonly expires_at_ms: number;
  readonly held: number;
  readonly answer: Answer | null;
  readonly answered_at_ms: number;
  readonly answered_by: string;
  readonly answer_reason: string | null;
}

/** Questions and their answers: one open question per plan, one answer per question. */
export function createProposals(connection: Connection): ProposalStore {
  function rowOf(id: string): ProposalRow | null {
    const row = connection.read(() => connection.sql('SELECT * FROM proposals WHERE id = ?').get(id));
    return (row as unknown as ProposalRow | undefined) ?? null;
  }

  /** The one statement by which a question is closed: whoever changes no row came second, or too late for a yes. */
  function take(id: string, given: GivenAnswer): boolean {
    const { changes } = connection
      .sql(
        `UPDATE proposals SET answer = ?1, answered_at_ms = ?2, answered_by = ?3, answer_reason = ?4
         WHERE id = ?5 AND answer IS NULL AND (?1 <> 'approved' OR expires_at_ms > ?2)`,
      )
      .run(given.answer, given.atMs, canonicalJson(given.by), given.reason, id);
    return Number(changes) === 1;
  }

  function saveProposal(proposal: Proposal): Proposal {
    const planBody = plansOf(proposal);
    return connection.write(() => {
      const found = connection
        .sql('SELECT * FROM proposals WHERE plan_id = ? AND answer IS NULL')
        .get(questionKey(proposal)) as unknown as ProposalRow | undefined;
      if (found !== undefined) {
        const expired = found.expires_at_ms <= proposal.openedAtMs;
        if (!expired && found.plan_body === planBody) return proposalOf(found);
        const answer = expired ? 'expired' : 'superseded';
        take(found.id, { answer, by: SYSTEM, atMs: proposal.openedAtMs, reason: null });
      }
      connection
        .sql(
          `INSERT INTO proposals (id, plan_id, body, plan_body, opened_at_ms, expires_at_ms, held)
           VALUES (?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(
          proposal.id,
          questionKey(proposal),
          canonicalJson(proposal),
          planBody,
          proposal.openedAtMs,
          proposal.expiresAtMs,
          proposal.held ? 1 : 0,
        );
      return proposal;
    });
  }

  function openProposals(): readonly Proposal[] {
    const rows = connection.read(() =>
      connection.sql('SELECT * FROM proposals WHERE answer IS NULL ORDER BY opened_at_ms, id').all(),
    );
    return rows.map((row) => proposalOf(row as unknown as ProposalRow));
  }

  function answerProposal(proposalId: string, given: GivenAnswer): boolean {
    return connection.write(() => {
      if (!take(proposalId, given)) return false;
      if (given.answer !== 'approved') return true;
      const proposal = proposalOf(rowOf(proposalId)!);
      const { by, atMs, reason } = given;
      const approval = { proposalId, planId: questionKey(proposal), by, atMs, reason };
      putApproval(approval);
      for (const member of memberProposals(proposal)) {
        putAnswered(member, given);
        putApproval(memberApproval(approval, member));
      }
      return true;
    });
  }

  /** The question about one service of a group: the yes to the group answers it in the same statement. */
  function putAnswered(member: Proposal, given: GivenAnswer): void {
    connection
      .sql(
        `INSERT INTO proposals (id, plan_id, body, plan_body, opened_at_ms, expires_at_ms, held,
           answer, answered_at_ms, answered_by, answer_reason)
         VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?)`,
      )
      .run(
        member.id,
        member.plan.id,
        canonicalJson(member),
        plansOf(member),
        member.openedAtMs,
        member.expiresAtMs,
        given.answer,
        given.atMs,
        canonicalJson(given.by),
        given.reason,
      );
  }

  function putApproval(approval: Approval): void {
    connection.sql('INSERT INTO approvals VALUES (?, ?)').run(approval.proposalId, canonicalJson(approval));
  }

  function approval(proposalId: string): Approval | null {
    const row = connection.read(() =>
      connection.sql('SELECT body FROM approvals WHERE proposal_id = ?').get(proposalId),
    );
    return row === undefined ? null : (JSON.parse(String(row['body'])) as Approval);
  }

  return {
    saveProposal,
    openProposals,
    answerProposal,
    approval,
    proposal(id) {
      const row = rowOf(id);
      return row === null ? null : proposalOf(row);
    },
    answerOf(id) {
      const row = rowOf(id);
      return row === null ? null : answerIn(row);
    },
    closeProposal: (id, answer, atMs) => connection.write(() => take(id, { answer, by: SYSTEM, atMs, reason: null })),
    holdProposal(id) {
      connection.write(() => connection.sql('UPDATE proposals SET held = 1 WHERE id = ? AND answer IS NULL').run(id));
    },
    secondProposal(id, by) {
      connection.write(() => {
        const row = rowOf(id);
        if (row === null || row.answer !== null) return;
        const { approvedBy = [], ...rest } = JSON.parse(row.body) as Proposal;
        if (approvedBy.some((one) => one.via === by.via && one.name === by.name)) return;
        const body = canonicalJson({ ...rest, approvedBy: [...approvedBy, by] });
        connection.sql('UPDATE proposals SET body = ? WHERE id = ?').run(body, id);
      });
    },
    saveApproval: (given) => connection.write(() => putApproval(given)),
  };
}

/** What a question asks to be done, exactly: another process that asks the same puts the same question. */
function plansOf(proposal: Proposal): string {
  return canonicalJson(membersOf(proposal).map(({ plan }) => plan));
}

function proposalOf(row: ProposalRow): Proposal {
  return { ...(JSON.parse(row.body) as Proposal), held: row.held === 1 };
}

function answerIn(row: ProposalRow): GivenAnswer | null {
  if (row.answer === null) return null;
  return {
    answer: row.answer,
    by: JSON.parse(row.answered_by) as Actor,
    atMs: row.answered_at_ms,
    reason: row.answer_reason,
  };
}
