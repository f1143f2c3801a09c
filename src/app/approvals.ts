import { randomUUID } from 'node:crypto';
import type { Actor, Approval, Proposal } from '../core/model/rollback.ts';
import { clockTime } from '../core/model/time.ts';
import { confirmName } from '../core/model/group-proposal.ts';
import { visibleText } from '../core/model/visible.ts';
import type { EngineBeat } from '../ports/process-mark.ts';
import type { AnswerRequest, GivenAnswer, RequestOutcome, Store } from '../ports/store.ts';
import { lifeOf } from '../supervisor/process-mark.ts';

/** An engine that has not said so for this long is not watching. */
const BEAT_MAX_AGE_MS = 15_000;
/** A request nobody took in this time is not taken any more: its author has long gone on. */
const REQUEST_MAX_AGE_MS = 60_000;

/** An answer before it is judged. */
export interface OfferedAnswer {
  readonly proposalId: string;
  readonly answer: 'approved' | 'dismissed';
  readonly by: Actor;
  readonly typedName: string | null;
  readonly reason: string | null;
  /** Yes although the policy blocks it. */
  readonly override?: boolean;
}

/** What came of an offered answer; `approval` is there for a yes that was taken. */
export type AnswerOutcome =
  | { readonly ok: true; readonly text: string; readonly proposal: Proposal; readonly approval: Approval | null }
  | { readonly ok: false; readonly text: string };

/** Why an answer must be refused, as a sentence for who gave it; null when it may be taken. Same rules on every way in. */
export function whyRefused(store: Store, offered: OfferedAnswer, nowMs: number): string | null {
  const proposal = store.proposal(offered.proposalId);
  const id = visibleText(offered.proposalId, 60);
  if (proposal === null) return `There is no proposal ${id}.`;
  const given = store.answerOf(offered.proposalId);
  if (given !== null)
    return `Proposal ${id} was ${given.answer} already, by ${given.by.name} at ${clockTime(given.atMs)}Z.`;
  if (offered.answer === 'dismissed') return null;
  if (nowMs >= proposal.expiresAtMs)
    return `Proposal ${id} expired at ${clockTime(proposal.expiresAtMs)}Z; nothing was run.`;
  if (offered.by.kind !== 'person') return whyNotByItself(proposal, nowMs);
  const { blockedBy = [] } = proposal.plan;
  if (blockedBy.length > 0 && (offered.override !== true || (offered.reason ?? '').trim() === '')) {
    return `The policy blocks it: ${visibleText(blockedBy.join('; '), 240)} (--override --reason TEXT).`;
  }
  if (proposal.confirmBy !== 'typed-name') return null;
  const name = confirmName(proposal);
  return offered.typedName === name ? null : `${name} needs its name to confirm (--name ${name}).`;
}

/** Who else has said yes is known to the engine that asks, not to the store. */
function whyNotAlone(store: Store, { proposalId, answer }: OfferedAnswer): string | null {
  const needed = store.proposal(proposalId)?.approvalsNeeded ?? 1;
  if (answer === 'dismissed' || needed === 1) return null;
  return `Proposal ${proposalId} needs ${needed} people: answer it where it is watched.`;
}

function whyNotByItself(proposal: Proposal, nowMs: number): string | null {
  if (proposal.autoAtMs === null) return `Proposal ${proposal.id} needs a person.`;
  if (proposal.held) return `Proposal ${proposal.id} is held: a person has taken it up.`;
  return nowMs >= proposal.autoAtMs ? null : `The countdown of proposal ${proposal.id} has not ended.`;
}

/** Takes an answer: judged, then written in one statement, so that of several the first one counts. */
export function takeAnswer(store: Store, offered: OfferedAnswer, nowMs: number): AnswerOutcome {
  const why = whyRefused(store, offered, nowMs) ?? whyNotAlone(store, offered);
  if (why !== null) return { ok: false, text: why };
  const { proposalId, answer, by, reason } = offered;
  const given: GivenAnswer = { answer, by, reason, atMs: nowMs };
  if (!store.answerProposal(proposalId, given)) {
    // Someone was faster between the look and the statement.
    return { ok: false, text: whyRefused(store, offered, nowMs) ?? `Proposal ${proposalId} could not be answered.` };
  }
  const proposal = store.proposal(proposalId)!;
  const text = answer === 'approved' ? `Approved by ${by.name}.` : `Dismissed by ${by.name}.`;
  return { ok: true, text, proposal, approval: store.approval(proposalId) };
}

/**
 * Hands an answer from a second shell to the engine that is watching. Refused at once by the rules every answer is
 * judged by, and when nobody is watching: an answer must not lie about until someone happens to start an engine.
 *
 * @returns the id to ask `requestOutcome` for, or why it was refused.
 */
export function requestAnswer(
  store: Store,
  offered: OfferedAnswer,
  nowMs: number,
): { readonly ok: true; readonly requestId: string } | { readonly ok: false; readonly text: string } {
  const why = whyRefused(store, offered, nowMs);
  if (why !== null) return { ok: false, text: why };
  if (liveEngines(store, nowMs).length === 0) {
    return { ok: false, text: 'Nobody is watching; start rollwatch watch, then answer.' };
  }
  const request: AnswerRequest = { ...offered, id: randomUUID(), atMs: nowMs };
  store.requestAnswer(request);
  return { ok: true, requestId: request.id };
}

/** What the engine made of a request; null while it has not been taken. */
export function requestOutcome(store: Store, requestId: string): RequestOutcome | null {
  return store.answerRequestOutcome(requestId);
}

/** Requests for this engine to answer, each given to one engine only; call it a few times a second. Old ones are refused, and
 * those that are not `mine` are left to another engine. */
export function pendingAnswers(
  store: Store,
  nowMs: number,
  mine: (request: AnswerRequest) => boolean = () => true,
): readonly AnswerRequest[] {
  const isFresh = ({ atMs }: AnswerRequest): boolean => Math.abs(nowMs - atMs) <= REQUEST_MAX_AGE_MS;
  return store
    .takeAnswerRequests((request) => !isFresh(request) || mine(request))
    .filter((request) => {
      if (isFresh(request)) return true;
      settleRequest(store, request.id, { ok: false, text: 'It was not taken in time; nothing was done.' });
      return false;
    });
}

/** Tells the second shell what came of its request. */
export function settleRequest(store: Store, requestId: string, outcome: RequestOutcome): void {
  store.settleAnswerRequest(requestId, { ok: outcome.ok, text: outcome.text });
}

/** Engines that run and have lately said that they are watching. */
export function liveEngines(store: Store, nowMs: number): readonly EngineBeat[] {
  return store
    .engines()
    .filter(({ mark, updatedAtMs }) => nowMs - updatedAtMs <= BEAT_MAX_AGE_MS && lifeOf(mark) !== 'dead');
}
