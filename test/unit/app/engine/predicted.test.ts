import { describe, expect, it } from 'vitest';
import type { Mode } from '../../../../src/core/model/decision.ts';
import type { SessionEvent } from '../../../../src/core/session/event.ts';
import { history, recordedEngine, standing } from '../../../builders/engine.ts';
import { deployment, rows, settings, steady, T0 } from '../../../builders/judging.ts';

const BEFORE = 360;
const STEP_MS = 10_000;

/** An hour at rest, a deployment, then `minutes` in which memory rises by half a point each, row by row. */
function leak(mode: Mode, minutes: number): readonly SessionEvent[] {
  const analysis = { detectors: [{ name: 'threshold', parameters: {} }] };
  const { give, events } = recordedEngine({
    settings: (name) => settings({ analysis, policy: { mode } }, name),
  });
  const count = BEFORE + minutes * 6;
  const memory = steady(count, 60).map((value, i) => value + Math.max(0, i - BEFORE) / 12);
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

const opened = (events: readonly SessionEvent[]) =>
  events.flatMap((event) => (event.type === 'proposal-opened' ? [event.proposal] : []));

describe('a limit that is foreseen', () => {
  it.each(['ask', 'auto'] as const)('is asked about once, before it is passed, and nothing is done: %s', (mode) => {
    const questions = opened(leak(mode, 54));
    expect(questions).toHaveLength(1);
    expect(questions[0]).toMatchObject({ because: 'predicted', autoAtMs: null });
    expect(questions[0]!.warnings).toContainEqual(
      expect.stringMatching(/^not failed: memory_usage reaches 90 % in \d+ min/),
    );
  });

  it('is only watched in mode observe', () => expect(opened(leak('observe', 54))).toEqual([]));
});
