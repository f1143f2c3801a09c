import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EngineInput } from '../../../../src/app/engine/types.ts';
import { createManualClock, createRecording } from '../../../../src/app/watch/recording.ts';

const T0 = Date.UTC(2026, 2, 2, 12);

function rows(pipeline: string, times: readonly number[]): EngineInput {
  const batch = {
    labels: {},
    columns: ['a', 'b'],
    rowCount: times.length,
    atMs: Float64Array.from(times, (s) => T0 + s * 1_000),
    values: Float64Array.from(times.flatMap((s) => [s, -s])),
  };
  return { type: 'rows', nowMs: 0, path: `${pipeline}.csv`, pipeline, batch, backfill: true };
}

function deployment(pipeline: string, s: number): EngineInput {
  const atMs = T0 + s * 1_000;
  const rest = { environment: null, previous: 'v1', commit: null, origin: 'marker', features: null } as const;
  return {
    type: 'deployment',
    nowMs: 0,
    deployment: { id: `${pipeline}@${s}`, pipeline, version: 'v2', atMs, ...rest },
  };
}

/** Every value that was played, with whether it was given as history. */
function played(inputs: readonly EngineInput[]): readonly (readonly [string, number, boolean])[] {
  return inputs.flatMap((input) => {
    if (input.type !== 'rows') return [];
    const { batch, pipeline, backfill } = input;
    for (const [i, atMs] of batch.atMs.entries()) {
      const second = (atMs - T0) / 1_000;
      expect([batch.values[2 * i], batch.values[2 * i + 1]]).toEqual([second, -second]);
    }
    return [...batch.atMs].map((atMs) => [pipeline, (atMs - T0) / 1_000, backfill] as const);
  });
}

describe('createRecording', () => {
  it('is null without rows', () => expect(createRecording([deployment('a', 1)])).toBeNull());

  it('begins a minute before the first deployment and gives what was before as history', () => {
    const recording = createRecording([rows('a', [0, 100, 200, 300]), deployment('a', 250)])!;
    expect(recording.startMs).toBe(T0 + 190_000);
    expect(played(recording.advance(recording.startMs))).toEqual([
      ['a', 0, true],
      ['a', 100, true],
    ]);
    expect(recording.advance(T0 + 250_000).map(({ type }) => type)).toEqual(['deployment', 'rows']);
  });

  it('plays every row once, in order of time, however time is cut', () => {
    const seconds = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(seconds, seconds, fc.array(fc.integer({ min: 1, max: 90 })), (a, b, steps) => {
        const recording = createRecording([rows('a', a), rows('b', b)])!;
        let nowMs = recording.startMs;
        const all = [...recording.advance(nowMs)];
        for (const step of steps) all.push(...recording.advance((nowMs += step * 1_000)));
        all.push(...recording.advance(recording.endMs));
        const values = played(all);
        const of = (name: string): readonly number[] => values.filter(([one]) => one === name).map(([, at]) => at);
        expect(of('a')).toEqual(a.toSorted((x, y) => x - y));
        expect(of('b')).toEqual(b.toSorted((x, y) => x - y));
      }),
    );
  });
});

describe('createManualClock', () => {
  it('never goes back', () => {
    const clock = createManualClock(5);
    clock.moveTo(9);
    clock.moveTo(7);
    expect([clock.nowMs(), clock.monotonicMs()]).toEqual([9, 9]);
  });
});
