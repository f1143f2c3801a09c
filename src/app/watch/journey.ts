import type { Inquiry } from '../../core/model/findings.ts';
import type { Approval, Proposal } from '../../core/model/rollback.ts';
import type { CommandResult } from '../../core/session/command.ts';
import type { SessionEvent, StampedEvent } from '../../core/session/event.ts';
import { reduce, reduceRepeated } from '../../core/session/reduce.ts';
import { emptySession, type SessionState } from '../../core/session/state.ts';
import type { Store } from '../../ports/store.ts';
import type { Engine, EngineInput } from '../engine/types.ts';
import { keep } from './keeper.ts';
import { onRecord } from './on-record.ts';

/** What a journey is made of. */
export interface JourneyDeps {
  readonly engine: Engine;
  readonly store: Store;
  readonly nowMs: () => number;
  /** A person, or `auto`, has said yes and the yes is on record. */
  readonly onApproved: (proposal: Proposal, approval: Approval) => void;
  /** The engine wants to know something; the answer is a `findings` input. */
  readonly onInquiry: (inquiry: Inquiry) => void;
}

/** The one way in: an input goes through the engine, its events to the store, the audit, the state and whoever listens. */
export interface Journey {
  take(input: EngineInput): CommandResult | null;
  /** The same for inputs that nobody waits for an answer to, recorded in one write. */
  takeAll(inputs: readonly EngineInput[]): void;
  /** Closes what other processes on this box have answered; they recorded it. */
  followOthers(): void;
  /** Records an event that no engine made: the begin and end of a session. */
  note(event: SessionEvent): void;
  state(): SessionState;
  /** Returns what ends it. */
  subscribe(listener: (stamped: StampedEvent) => void): () => void;
}

/** How much of what earlier sessions recorded can be looked back on. */
const EARLIER_EVENTS = 100;

/** Begins a journey; open questions and unfinished executions of earlier sessions come from the store. */
export function createJourney(deps: JourneyDeps): Journey {
  const { engine, store, nowMs } = deps;
  // A dry run is a question of its session: where its pipeline is watched again, it is asked again.
  const proposals = store.openProposals().filter(({ plan }) => !plan.dryRun);
  const executions = store.unfinishedExecutions();
  const listeners = new Set<(stamped: StampedEvent) => void>();
  /** What is to begin, and does not before all that came with it is on record. */
  const due: (() => void)[] = [];
  let state = emptySession(proposals, executions, store.list({ limit: EARLIER_EVENTS }));

  function record(event: SessionEvent): void {
    show(store.append(event, nowMs()));
  }

  function show(stamped: StampedEvent): void {
    state = reduce(state, stamped);
    for (const listener of listeners) listener(stamped);
  }

  /** Gives why an answer was refused, null otherwise. */
  function settle(event: SessionEvent): string | null {
    const known = onRecord(event, store);
    if (known !== null) {
      state = reduceRepeated(state, event);
      for (const listener of listeners) listener({ seq: known.seq, atMs: nowMs(), event });
      return null;
    }
    const asked = event.type === 'proposal-closed' ? state.proposals.get(event.proposalId) : undefined;
    const kept = keep(event, store, nowMs());
    record(kept.event);
    if (kept.adopted !== null) pass({ type: 'restored', nowMs: nowMs(), proposals: [kept.adopted], executions: [] });
    if (kept.event.type === 'proposal-closed' && kept.event.answer === 'approved' && asked !== undefined) {
      const approval = store.approval(asked.id);
      if (approval !== null) due.push(() => deps.onApproved(asked, approval));
    }
    return kept.refusal;
  }

  function followOthers(): void {
    for (const { id, pipeline } of state.proposals.values()) {
      const given = store.answerOf(id);
      if (given === null) continue;
      const { answer, by, reason, atMs } = given;
      engine.advance({ type: 'answered', nowMs: nowMs(), proposalId: id, answer, by });
      show({ seq: state.seq, atMs, event: { type: 'proposal-closed', proposalId: id, pipeline, answer, by, reason } });
    }
  }

  function pass(input: EngineInput): CommandResult | null {
    const { events, result, inquiries } = engine.advance(input);
    let refusal: string | null = null;
    for (const event of events) refusal = settle(event) ?? refusal;
    for (const inquiry of inquiries) due.push(() => deps.onInquiry(inquiry));
    return refusal === null ? result : { ok: false, text: refusal };
  }

  function beginDue(): void {
    for (const start of due.splice(0)) start();
  }

  function take(input: EngineInput): CommandResult | null {
    const result = pass(input);
    beginDue();
    return result;
  }

  function takeAll(inputs: readonly EngineInput[]): void {
    store.together(() => inputs.forEach(pass));
    beginDue();
  }

  take({ type: 'restored', nowMs: nowMs(), proposals, executions });
  return {
    take,
    takeAll,
    followOthers,
    note: record,
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
