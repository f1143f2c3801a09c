import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEngine } from '../../../src/app/engine/engine.ts';
import type { EngineInput } from '../../../src/app/engine/types.ts';
import { firstDifference, readInput, recordingEngine, replayInputs, writeInput } from '../../../src/app/replay.ts';
import { canonicalJson } from '../../../src/core/model/canonical-json.ts';
import { engineOptions, history, standing } from '../../builders/engine.ts';
import { deployment, rows, steady, T0 } from '../../builders/judging.ts';

const number = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -0, 5e-324));

describe('replay', () => {
  it('gives every input back exactly, whatever its numbers', () => {
    fc.assert(
      fc.property(fc.array(number, { maxLength: 20 }), fc.boolean(), (values, backfill) => {
        const batch = rows({ a: values, b: values.toReversed() }, T0);
        const input: EngineInput = { type: 'rows', nowMs: T0, path: 'p', pipeline: 'a', batch, backfill };
        expect(readInput(writeInput(input))).toEqual(input);
      }),
    );
    const tick: EngineInput = { type: 'tick', nowMs: T0 };
    expect(readInput(writeInput(tick))).toEqual(tick);
  });

  it('refuses lines that are no recorded input', () => {
    expect(() => readInput('{"a":1}')).toThrow(SyntaxError);
    expect(() => readInput('not json')).toThrow(SyntaxError);
  });

  it('plays a recorded session again with the same events, byte for byte', () => {
    const lines: string[] = [];
    const said: string[] = [];
    const engine = recordingEngine(
      createEngine(engineOptions()),
      (line) => lines.push(line),
      (events) => said.push(...events.map(canonicalJson)),
    );
    const batch = rows({ response_time: [...steady(380, 120), ...steady(6, 900)] }, T0 - 3_600_000);
    const nowMs = T0 + 250_000;
    engine.advance({ type: 'facts', nowMs: T0, history: history(), standing: standing() });
    engine.advance({ type: 'deployment', nowMs: T0, deployment: deployment() });
    engine.advance({ type: 'rows', nowMs, path: 'a', pipeline: 'checkout', batch, backfill: false });
    engine.advance({ type: 'tick', nowMs: nowMs + 1_000_000 });
    const again = [...replayInputs(createEngine(engineOptions()), lines)];
    expect(said.length).toBeGreaterThan(4);
    expect(firstDifference(said, again)).toBeNull();
  });

  it('names the first event that differs', () => {
    expect(firstDifference(['a', 'b'], ['a', 'c'])).toEqual({ event: 2, recorded: 'b', replayed: 'c' });
    expect(firstDifference(['a'], ['a', 'c'])).toEqual({ event: 2, recorded: null, replayed: 'c' });
  });
});
