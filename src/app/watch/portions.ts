import type { EngineInput } from '../engine/types.ts';
import type { Journey } from './journey.ts';

/** Takes what was there at the start in large portions: each record of its own would be flushed to the disk by itself. */
export interface Portions {
  take(input: EngineInput): void;
  /** Hands on what is still held back. */
  flush(): void;
}

/** So that a portion is taken in a moment, also on a busy machine: no other process gets at the store meanwhile. */
const MOST_INPUTS = 250;
const MOST_SAMPLES = 60_000;

/** Holds inputs back until there are enough of them or everything has been read; then each is handed on as it comes. */
export function createPortions(journey: Pick<Journey, 'take' | 'takeAll'>): Portions {
  let held: EngineInput[] = [];
  let heldSamples = 0;
  let isCaughtUp = false;

  function flush(): void {
    const portion = held;
    held = [];
    heldSamples = 0;
    if (portion.length > 0) journey.takeAll(portion);
  }

  return {
    take(input) {
      if (isCaughtUp) {
        journey.take(input);
        return;
      }
      isCaughtUp = input.type === 'caught-up';
      held.push(input);
      if (input.type === 'rows') heldSamples += input.batch.values.length;
      if (isCaughtUp || held.length >= MOST_INPUTS || heldSamples >= MOST_SAMPLES) flush();
    },
    flush,
  };
}
