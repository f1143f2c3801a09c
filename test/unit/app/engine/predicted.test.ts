import { describe, expect, it } from 'vitest';
import type { Mode } from '../../../../src/core/model/decision.ts';
import type { SessionEvent } from '../../../../src/core/session/event.ts';
import { history, recordedEngine, standing } from '../../../builders/engine.ts';
import { deployment, rows, settings, steady, T0 } from '../../../builders/judging.ts';

const BEFORE = 360;
const STEP_MS = 10_000;

/** An hour at rest, a deployment, then `minutes` in which memory is at 60 % and what `rise` adds, row by row. */
function played(mode: Mode, minutes: number, rise: (minute: number) => number): readonly SessionEvent[] {
  const analysis = { detectors: [{ name: 'threshold', parameters: {} }] };
  const { give, events } = recordedEngine({
    settings: (name) => settings({ analysis, policy: { mode } }, name),
  });
  const count = BEFORE + minutes * 6;
  const memory = steady(count, 60).map((value, i) => value + (i < BEFORE ? 0 : rise((i - BEFORE) / 6)));
  const began = T0 - BEFORE * STEP_MS;
  const logged = (from: number, to: number, nowMs: number, backfill: boolean): void => {
    const batch = rows({ memory_usage: memory.slice(from, to) }, began + from * STEP_MS);
    give({ type: 'rows', nowMs, path: 'a', pipeline: 'checkout', batch, backfill });
  };
  give({ type: 'facts', nowMs: T0, history: history(), standing: standing() });
  give({ type: 'deployment', nowMs: T0, deployment: deployment() });
  logged(0, BEFORE, T0, true);
  give({ type: 'caught-up', nowMs: T0 });
  for (let i = BEFORE; i < count; i += 1) {
    const nowMs = began + i * STEP_MS;
    logged(i, i + 1, nowMs, false);
    give({ type: 'tick', nowMs });
  }
  return events;
}

const leak = (minute: number): number => minute / 2;

const opened = (events: readonly SessionEvent[]) =>
  events.flatMap((event) => (event.type === 'proposal-opened' ? [event.proposal] : []));

const closed = (events: readonly SessionEvent[]) =>
  events.flatMap((event) => (event.type === 'proposal-closed' ? [event] : []));

describe('a limit that is foreseen', () => {
  it.each(['ask', 'auto'] as const)('is asked about once, before it is passed, and nothing is done: %s', (mode) => {
    const questions = opened(played(mode, 54, leak));
    expect(questions).toHaveLength(1);
    expect(questions[0]).toMatchObject({ because: 'predicted', autoAtMs: null });
    expect(questions[0]!.predicted).toMatchObject([{ metric: 'memory_usage', limit: 90 }]);
  });

  it('is only watched in mode observe', () => expect(opened(played('observe', 54, leak))).toEqual([]));

  it('is no more asked about when it has not been foreseen for a while', () => {
    const events = played('ask', 75, (minute) => leak(Math.min(minute, 50)));
    expect(opened(events)).toHaveLength(1);
    const [taken] = closed(events);
    expect(taken).toMatchObject({ answer: 'superseded', reason: expect.stringMatching(/^watching/) as unknown });
  });

  it('is asked about anew, with the evidence, when it was passed', () => {
    const events = played('ask', 64, (minute) => (minute < 50 ? leak(minute) : leak(50) + (minute - 50) * 2));
    const [ahead, failed, ...others] = opened(events);
    expect(ahead).toMatchObject({ because: 'predicted', evidence: [] });
    expect(failed).toMatchObject({ because: 'anomaly', evidence: [{ metric: 'memory_usage' }] });
    expect(others).toEqual([]);
    expect(closed(events)).toMatchObject([{ proposalId: ahead!.id, answer: 'superseded' }]);
    expect(closed(events)[0]!.reason).toMatch(/^failed: memory_usage/);
  });

  it('is asked about although a failure before it was asked about, and is over', () => {
    const blip = (minute: number): number => (minute > 2 && minute < 4 ? 35 : leak(minute));
    expect(opened(played('ask', 54, blip)).map(({ because }) => because)).toEqual(['anomaly', 'predicted']);
  });
});
