import { describe, expect, it } from 'vitest';
import type { SessionEvent } from '../../../../src/core/session/event.ts';
import { reduce } from '../../../../src/core/session/reduce.ts';
import { emptySession, pipelineOf, RECENT_EVENTS, type SessionState } from '../../../../src/core/session/state.ts';
import { verdict } from '../../../builders/deciding.ts';
import { ANN, execution, plan } from '../../../builders/engine.ts';
import { deployment, T0 } from '../../../builders/judging.ts';
import type { Proposal } from '../../../../src/core/model/rollback.ts';

const PLAN = plan({
  pipeline: 'checkout',
  environment: null,
  deploymentId: deployment().id,
  fromVersion: 'v2',
  toVersion: 'v1',
});
const PROPOSAL: Proposal = {
  id: 'p1',
  pipeline: 'checkout',
  deploymentId: deployment().id,
  plan: PLAN,
  openedAtMs: T0,
  expiresAtMs: T0 + 1000,
  because: 'anomaly',
  evidence: [],
  risk: null,
  confirmBy: 'key',
  autoAtMs: T0 + 500,
  held: false,
  overrides: [],
  warnings: [],
};

function after(...events: readonly SessionEvent[]): SessionState {
  return events.reduce((state, event) => reduce(state, { seq: state.seq + 1, atMs: T0, event }), emptySession());
}

describe('reduce', () => {
  it('keeps of each pipeline what was last said', () => {
    const state = after(
      { type: 'deployment-observed', deployment: deployment(), risk: null },
      { type: 'verdict-changed', verdict: verdict({ phase: 'Running' }), inputDigest: '' },
      { type: 'verdict-changed', verdict: verdict(), inputDigest: '' },
    );
    expect(pipelineOf(state, 'checkout')).toMatchObject({
      deployment: { version: 'v2' },
      verdict: { phase: 'Failed' },
    });
    expect(pipelineOf(state, 'search').verdict).toBeNull();
    expect(state.seq).toBe(3);
  });

  it('opens, holds and closes a question', () => {
    const opened = after({ type: 'proposal-opened', proposal: PROPOSAL });
    expect(opened.proposals.get('p1')?.autoAtMs).toBe(T0 + 500);
    const held = after(
      { type: 'proposal-opened', proposal: PROPOSAL },
      { type: 'proposal-held', proposalId: 'p1', pipeline: 'checkout', by: ANN },
    );
    expect(held.proposals.get('p1')).toMatchObject({ held: true, autoAtMs: null });
    const closed = after(
      { type: 'proposal-opened', proposal: PROPOSAL },
      { type: 'proposal-closed', proposalId: 'p1', pipeline: 'checkout', answer: 'dismissed', by: ANN, reason: null },
      { type: 'proposal-held', proposalId: 'p1', pipeline: 'checkout', by: ANN },
    );
    expect(closed.proposals.size).toBe(0);
  });

  it('follows executions and halts', () => {
    const state = after(
      { type: 'execution-changed', execution: execution('p1', PLAN) },
      { type: 'execution-changed', execution: execution('p1', PLAN, { state: 'done', endedAtMs: T0 }) },
      { type: 'halted', by: ANN, reason: 'maintenance' },
    );
    expect([...state.executions.values()].map((one) => one.state)).toEqual(['done']);
    expect(state.halted).toBe('maintenance');
    expect(reduce(state, { seq: 9, atMs: T0, event: { type: 'resumed', by: ANN } }).halted).toBeNull();
  });

  it('keeps the newest events, never changes the state it was given, and drops only ended executions', () => {
    const start = emptySession();
    let state = start;
    for (let i = 0; i < RECENT_EVENTS + 50; i += 1) {
      const one = execution('p', PLAN, { id: `e${i}`, endedAtMs: i % 2 === 0 ? T0 : null });
      state = reduce(state, { seq: i + 1, atMs: T0, event: { type: 'execution-changed', execution: one } });
    }
    expect(state.recentEvents).toHaveLength(RECENT_EVENTS);
    expect(state.recentEvents.at(-1)?.seq).toBe(RECENT_EVENTS + 50);
    expect([...state.executions.values()].filter((one) => one.endedAtMs === null)).toHaveLength(
      (RECENT_EVENTS + 50) / 2,
    );
    expect(start).toEqual(emptySession());
  });
});
