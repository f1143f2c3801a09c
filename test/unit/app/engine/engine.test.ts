import { describe, expect, it } from 'vitest';
import type { EngineCommand, EngineOptions } from '../../../../src/app/engine/types.ts';
import type { Actor, Proposal } from '../../../../src/core/model/rollback.ts';
import type { CommandResult } from '../../../../src/core/session/command.ts';
import { emptySession } from '../../../../src/core/session/state.ts';
import { reduce } from '../../../../src/core/session/reduce.ts';
import { ANN, execution, history, plan, recordedEngine, standing } from '../../../builders/engine.ts';
import { deployment, rows, settings, steady, T0 } from '../../../builders/judging.ts';

const FAILED_MS = T0 + 250_000;
const BAD = rows({ response_time: [...steady(380, 120), ...steady(6, 900)] }, T0 - 3_600_000);

/** An engine in which checkout has failed and is being asked about. */
function asking(options: Partial<EngineOptions> = {}) {
  const recorded = recordedEngine(options);
  const { give, engine, events } = recorded;
  give({ type: 'facts', nowMs: T0, history: history(), standing: standing() });
  give({ type: 'deployment', nowMs: T0, deployment: deployment() });
  give({ type: 'rows', nowMs: FAILED_MS, path: 'a', pipeline: 'checkout', batch: BAD, backfill: true });
  give({ type: 'caught-up', nowMs: FAILED_MS });
  const opened = events.find((event) => event.type === 'proposal-opened');
  const proposal = opened?.type === 'proposal-opened' ? opened.proposal : null;
  if (proposal === null) throw new Error('nothing was asked');
  const command = (value: EngineCommand, by: Actor = ANN, nowMs = FAILED_MS): CommandResult => {
    const output = engine.advance({ type: 'command', nowMs, command: value, by });
    events.push(...output.events);
    return output.result!;
  };
  const approve = (change: Partial<Extract<EngineCommand, { type: 'approve' }>> = {}): EngineCommand => ({
    type: 'approve',
    proposalId: proposal.id,
    typedName: null,
    reason: null,
    ...change,
  });
  return { ...recorded, proposal: proposal satisfies Proposal, command, approve };
}

describe('answers', () => {
  it('takes a yes of a named person once', () => {
    const { command, approve, events } = asking();
    expect(command(approve())).toEqual({ ok: true, text: 'approved: v2 → v1' });
    expect(events.filter((event) => event.type === 'proposal-closed')).toMatchObject([{ answer: 'approved', by: ANN }]);
    expect(command(approve())).toEqual({ ok: false, text: 'refused: already answered: approved' });
    expect(events.at(-1)).toMatchObject({ type: 'answer-refused', by: ANN, why: 'already answered: approved' });
  });

  it.each([
    ['an unknown question', { proposalId: 'nonsense' }, ANN, 'no such question is open'],
    ['auto itself', {}, { kind: 'auto', name: 'rollwatch', via: 'x' }, 'only a named person may approve'],
    ['a person without a name', {}, { kind: 'person', name: ' ', via: 'x' }, 'only a named person may approve'],
  ] as const)('refuses %s', (_name, change, by, why) => {
    const { command, approve, events } = asking();
    expect(command(approve(change), by)).toEqual({ ok: false, text: `refused: ${why}` });
    expect(events.at(-1)).toMatchObject({ type: 'answer-refused', why });
  });

  it('refuses a yes after the expiry, before any tick has closed the question', () => {
    const { command, approve, proposal } = asking();
    const result = command(approve(), ANN, proposal.expiresAtMs);
    expect(result.text).toMatch(/^refused: expired at 12:19:10Z: press r to ask again/);
  });

  it('rule 1: looks at the freshness again at the moment of the act, without waiting for a tick', () => {
    const { command, approve } = asking();
    expect(command(approve(), ANN, FAILED_MS + 60_000).text).toContain(
      'the data is stale, not live, last sample 1 min ago',
    );
  });

  it('rule 1: a clock that is set back makes nothing younger', () => {
    const { command, approve, engine } = asking();
    engine.advance({ type: 'tick', nowMs: FAILED_MS + 60_000 });
    expect(command(approve(), ANN, FAILED_MS).ok).toBe(false);
  });

  it('rule 8: refuses while halted', () => {
    const { command, approve, give } = asking();
    give({ type: 'facts', nowMs: FAILED_MS, history: history(), standing: standing({ halted: 'x' }) });
    expect(command(approve()).text).toBe('refused: halted: x');
  });

  it('refuses a yes to a plan whose deployment is no longer current', () => {
    const { command, approve, give, events } = asking();
    const next = deployment({ version: 'v3', previous: 'v2', atMs: FAILED_MS - 5000 });
    give({ type: 'deployment', nowMs: FAILED_MS, deployment: next });
    expect(events.findLast((event) => event.type === 'proposal-closed')).toMatchObject({ answer: 'superseded' });
    expect(command(approve()).text).toBe('refused: already answered: superseded');
  });

  it('rule 6: an override that came after the question was put needs a reason too', () => {
    const { command, approve, give } = asking();
    const inFlight = { pipeline: 'search', planId: 'x', holder: 'bob' };
    give({ type: 'facts', nowMs: FAILED_MS, history: history({ inFlight }), standing: standing() });
    expect(command(approve()).text).toContain(
      'give a reason, for this overrides: another rollback is under way: search',
    );
    expect(command(approve({ reason: 'customers wait' })).ok).toBe(true);
  });

  it('holds only what counts down', () => {
    const { command, proposal } = asking();
    expect(command({ type: 'hold', proposalId: proposal.id })).toEqual({
      ok: false,
      text: 'nothing counts down for this question',
    });
  });

  it('says so for a pipeline it does not know', () => {
    const { command } = asking();
    expect(command({ type: 'propose', pipeline: 'chekout' }).text).toBe('no pipeline is called chekout');
  });
});

describe('executions', () => {
  it('rule 15: a dry run changes nothing: the deployment stays the same', () => {
    const { command, approve, give, events, proposal } = asking({ plan: (request) => plan(request, { dryRun: true }) });
    command(approve());
    const done = execution(proposal.id, proposal.plan, { state: 'unverified', endedAtMs: FAILED_MS, dryRun: true });
    give({ type: 'execution', nowMs: FAILED_MS, execution: done });
    expect(events.filter((event) => event.type === 'deployment-observed')).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({ type: 'decision-made', decision: { reason: 'human-decided' } });
  });

  it('rule 7: a rollback that ran is the current deployment, from when it began to be verified', () => {
    const { command, approve, give, events, proposal } = asking();
    command(approve());
    const at = (state: 'verifying' | 'done', nowMs: number): void => {
      const endedAtMs = state === 'done' ? nowMs : null;
      const running = execution(proposal.id, proposal.plan, { state, startedAtMs: FAILED_MS, endedAtMs });
      give({ type: 'execution', nowMs, execution: running });
    };
    at('verifying', FAILED_MS + 5000);
    at('done', FAILED_MS + 90_000);
    const observed = events.findLast((event) => event.type === 'deployment-observed');
    expect(observed).toMatchObject({
      deployment: { origin: 'rollback', version: 'v1', previous: 'v2', atMs: FAILED_MS + 5000 },
    });
    // The platform's own marker of the same return is not another deployment.
    const marker = deployment({ version: 'v1', previous: 'v2', atMs: FAILED_MS + 4000 });
    give({ type: 'deployment', nowMs: FAILED_MS + 95_000, deployment: marker });
    expect(events.filter((event) => event.type === 'deployment-observed')).toHaveLength(2);
  });

  it('asks once more after an attempt that failed', () => {
    const { command, approve, give, events, proposal } = asking({
      settings: (pipeline) =>
        settings({ policy: { mode: 'auto', autoPersistence: 3, autoCountdownMs: 1000 } }, pipeline),
    });
    give({ type: 'tick', nowMs: FAILED_MS + 2000 });
    expect(command(approve()).text).toBe('refused: already answered: approved');
    const failed = execution(proposal.id, proposal.plan, { state: 'failed', endedAtMs: FAILED_MS + 3000 });
    give({ type: 'execution', nowMs: FAILED_MS + 3000, execution: failed });
    expect(events.filter((event) => event.type === 'proposal-opened')).toHaveLength(2);
  });
});

describe('plans', () => {
  it('asks a platform that has no plan again after half a minute, or when trust changed, not every second', () => {
    let asked = 0;
    const { give } = recordedEngine({
      plan: () => {
        asked += 1;
        throw new Error('cannot go back');
      },
    });
    const facts = (nowMs: number, configTrusted = true): void => {
      give({ type: 'facts', nowMs, history: history(), standing: standing({ configTrusted }) });
    };
    facts(T0);
    give({ type: 'deployment', nowMs: T0, deployment: deployment() });
    give({ type: 'rows', nowMs: FAILED_MS, path: 'a', pipeline: 'checkout', batch: BAD, backfill: true });
    give({ type: 'caught-up', nowMs: FAILED_MS });
    for (let i = 0; i < 20; i += 1) facts(FAILED_MS + i * 1000);
    expect(asked).toBe(1);
    facts(FAILED_MS + 20_000, false);
    expect(asked).toBe(2);
  });
});

describe('sessions', () => {
  it('takes over the open question of an earlier session instead of asking again', () => {
    const first = asking();
    const second = recordedEngine();
    second.give({ type: 'restored', nowMs: FAILED_MS, proposals: [first.proposal], executions: [] });
    second.give({ type: 'facts', nowMs: FAILED_MS, history: history(), standing: standing() });
    second.give({ type: 'deployment', nowMs: FAILED_MS, deployment: deployment() });
    second.give({ type: 'rows', nowMs: FAILED_MS, path: 'a', pipeline: 'checkout', batch: BAD, backfill: true });
    second.give({ type: 'caught-up', nowMs: FAILED_MS });
    expect(second.events.map(({ type }) => type)).not.toContain('proposal-opened');
    const command = { type: 'dismiss', proposalId: first.proposal.id, reason: null } as const;
    expect(second.engine.advance({ type: 'command', nowMs: FAILED_MS, command, by: ANN }).result?.ok).toBe(true);
  });

  it('says nothing of silence before everything that was there has been read', () => {
    const { give, events } = recordedEngine();
    give({ type: 'deployment', nowMs: T0, deployment: deployment() });
    give({ type: 'tick', nowMs: T0 + 60_000 });
    expect(events).toEqual([]);
  });

  it('gives a digest of its inputs with every verdict', () => {
    const digests = asking().events.flatMap((event) => (event.type === 'verdict-changed' ? event.inputDigest : []));
    expect(digests.length).toBeGreaterThan(0);
    for (const digest of digests) expect(digest).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('a silence', () => {
  it('takes an open question back, which is put anew when it ends', () => {
    const { give, events } = asking();
    const untilMs = FAILED_MS + 30_000;
    const silence = { id: 's', pipeline: 'checkout', untilMs, reason: 'load test', by: 'ann', atMs: FAILED_MS };
    give({ type: 'facts', nowMs: FAILED_MS, history: history(), standing: standing({ silences: [silence] }) });
    expect(events.filter(({ type }) => type === 'proposal-closed')).toMatchObject([
      { answer: 'superseded', reason: expect.stringContaining('load test') as string },
    ]);
    give({ type: 'tick', nowMs: untilMs - 1 });
    expect(events.filter(({ type }) => type === 'proposal-opened')).toHaveLength(1);
    give({ type: 'facts', nowMs: untilMs, history: history(), standing: standing() });
    expect(events.filter(({ type }) => type === 'proposal-opened')).toHaveLength(2);
  });
});

describe('snapshot', () => {
  it('holds all a screen needs, as plain data', () => {
    const { engine, events, give } = asking();
    give({
      type: 'source',
      nowMs: FAILED_MS,
      path: 'a',
      pipeline: 'checkout',
      counters: { rows: 386, badLines: 2, lostBytes: 7, bytes: 9000 },
    });
    give({ type: 'hint', nowMs: FAILED_MS, text: 'logs are expected in ./monitor_logs' });
    const session = events.reduce((state, event, i) => reduce(state, { seq: i + 1, atMs: T0, event }), emptySession());
    const snapshot = engine.snapshot(FAILED_MS, session, { pipeline: 'checkout', metric: null });
    expect(snapshot.fleet).toMatchObject({
      standing: ['auto off'],
      behindMs: 0,
      sources: { files: 1, rows: 386, badLines: 2, lostBytes: 7, bytes: 9000 },
      hints: ['logs are expected in ./monitor_logs'],
    });
    const [view] = snapshot.pipelines;
    expect(view).toMatchObject({ pipeline: 'checkout', freshness: 'live', badLines: 2, metricCount: 1 });
    expect(view?.decision).toMatchObject({ kind: 'ask' });
    const [spark] = view?.sparks ?? [];
    expect(spark?.values.length).toBeLessThanOrEqual(32);
    expect(spark?.flags.length).toBe(spark?.values.length);
    expect(spark?.flags.at(-1)).toBe(1);
    expect(snapshot.detail?.chart).toMatchObject({ limit: 600, markers: [{ atMs: T0, version: 'v2' }] });
    expect(snapshot.detail?.chart?.flags.filter((flag) => flag === 1)).toHaveLength(6);
    expect(JSON.parse(JSON.stringify(snapshot))).toEqual(snapshot);
  });

  it('draws a gap where samples are missing, and gives the verdict of the moment', () => {
    const { engine } = asking();
    const late = rows({ response_time: [900] }, FAILED_MS + 90_000);
    const nowMs = FAILED_MS + 90_000;
    engine.advance({ type: 'rows', nowMs, path: 'a', pipeline: 'checkout', batch: late, backfill: false });
    const { detail } = engine.snapshot(nowMs, emptySession(), { pipeline: 'checkout', metric: 'response_time' });
    expect(detail?.chart?.values.at(-2)).toBeNull();
    expect(engine.verdict('checkout', nowMs)?.atMs).toBe(nowMs);
    expect(engine.verdict('search', nowMs)).toBeNull();
  });
});
