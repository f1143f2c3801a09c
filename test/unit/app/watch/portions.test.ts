import { expect, it } from 'vitest';
import type { EngineInput } from '../../../../src/app/engine/types.ts';
import { createPortions } from '../../../../src/app/watch/portions.ts';

/** What a portions hands on: a number for an input of its own, a list for a portion. */
function watched(): {
  readonly given: (string | readonly string[])[];
  readonly portions: ReturnType<typeof createPortions>;
} {
  const given: (string | readonly string[])[] = [];
  const textOf = (input: EngineInput): string => (input.type === 'hint' ? input.text : input.type);
  const portions = createPortions({
    take(input) {
      given.push(textOf(input));
      return null;
    },
    takeAll: (inputs) => void given.push(inputs.map(textOf)),
  });
  return { given, portions };
}

const hint = (text: string): EngineInput => ({ type: 'hint', nowMs: 0, text });
const caughtUp: EngineInput = { type: 'caught-up', nowMs: 0 };

it('hands on what was there at the start as one portion, what comes later at once', () => {
  const { given, portions } = watched();
  portions.take(hint('a'));
  portions.take(hint('b'));
  expect(given).toEqual([]);
  portions.take(caughtUp);
  portions.take(hint('c'));
  expect(given).toEqual([['a', 'b', 'caught-up'], 'c']);
});

it('holds back no more than a portion, however much there is', () => {
  const { given, portions } = watched();
  const all = Array.from({ length: 600 }, (_, index) => String(index));
  for (const text of all) portions.take(hint(text));
  portions.flush();
  portions.flush();
  expect(given).toHaveLength(3);
  expect(given.flat()).toEqual(all);
});

it('holds back no more samples than are judged in a moment', () => {
  const { given, portions } = watched();
  const batch = { labels: {}, columns: [], rowCount: 0, atMs: new Float64Array(), values: new Float64Array(45_000) };
  const rows: EngineInput = { type: 'rows', nowMs: 0, path: 'a.csv', pipeline: 'a', batch, backfill: true };
  portions.take(rows);
  expect(given).toEqual([]);
  portions.take(rows);
  expect(given).toEqual([['rows', 'rows']]);
});
