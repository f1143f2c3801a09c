import { describe, expect, it } from 'vitest';
import { history, recordedEngine, standing } from '../../../builders/engine.ts';
import { deployment, rows, settings, steady, T0 } from '../../../builders/judging.ts';

const FAILED_MS = T0 + 250_000;
const BAD = rows({ response_time: [...steady(380, 120), ...steady(6, 900)] }, T0 - 3_600_000);

describe('thirty pipelines that fail together, one of them deployed', () => {
  it('are one shared cause: asked once at most, and nothing counts down', () => {
    const settingsOf = (pipeline: string) => settings({ policy: { mode: 'auto' } }, pipeline);
    const { give, events } = recordedEngine({ settings: settingsOf });
    give({ type: 'facts', nowMs: T0, history: history(), standing: standing() });
    give({ type: 'deployment', nowMs: T0, deployment: deployment() });
    const names = ['checkout', ...Array.from({ length: 29 }, (_, index) => `service-${index}`)];
    for (const pipeline of names) {
      give({ type: 'rows', nowMs: FAILED_MS, path: pipeline, pipeline, batch: BAD, backfill: true });
    }
    give({ type: 'caught-up', nowMs: FAILED_MS });
    give({ type: 'tick', nowMs: FAILED_MS + 1000 });
    const opened = events.flatMap((event) => (event.type === 'proposal-opened' ? [event.proposal] : []));
    expect(opened.length).toBeLessThanOrEqual(1);
    // Where the deployed one was looked at first, its countdown is held when the others are seen to fail.
    const held = events.filter(({ type }) => type === 'proposal-held').length;
    expect(held).toBe(opened.filter(({ autoAtMs }) => autoAtMs !== null).length);
    const decided = events.findLast(
      (event) => event.type === 'decision-made' && event.decision.pipeline === 'checkout',
    );
    expect(decided).toMatchObject({ decision: { kind: 'ask', reason: 'shared-cause' } });
    const last = events.findLast((event) => event.type === 'verdict-changed' && event.verdict.pipeline === 'checkout');
    expect(last).toMatchObject({ verdict: { reason: 'shared-cause' } });
    // Long after every countdown nobody has said yes.
    give({ type: 'tick', nowMs: FAILED_MS + 120_000 });
    expect(events.filter((event) => event.type === 'proposal-closed' && event.answer === 'approved')).toEqual([]);
  });
});
