import type { RowBatch } from '../core/model/sample.ts';
import { canonicalJson } from '../core/model/canonical-json.ts';
import type { SessionEvent } from '../core/session/event.ts';
import type { Engine, EngineInput } from './engine/types.ts';

/** Numbers of a batch as base64 of their bytes, little-endian doubles: exact, NaN and infinities included. */
interface RecordedBatch extends Omit<RowBatch, 'atMs' | 'values'> {
  readonly atMs: string;
  readonly values: string;
}

/** One input as a line of JSON without its newline; `readInput` gives back an equal one. */
export function writeInput(input: EngineInput): string {
  if (input.type !== 'rows') return JSON.stringify(input);
  const { atMs, values, ...rest } = input.batch;
  return JSON.stringify({ ...input, batch: { ...rest, atMs: encoded(atMs), values: encoded(values) } });
}

/** The input of a line that `writeInput` made. Throws SyntaxError for anything else. */
export function readInput(line: string): EngineInput {
  const read: unknown = JSON.parse(line);
  if (typeof read !== 'object' || read === null || !('type' in read) || !('nowMs' in read)) {
    throw new SyntaxError('not a recorded input: it has no type and time');
  }
  if (read.type !== 'rows') return read as EngineInput;
  const rows = read as Omit<Extract<EngineInput, { type: 'rows' }>, 'batch'> & { readonly batch: RecordedBatch };
  return { ...rows, batch: { ...rows.batch, atMs: decoded(rows.batch.atMs), values: decoded(rows.batch.values) } };
}

/** An engine that hands every input to `write` before it takes it, and the events that came of it to `came`. */
export function recordingEngine(
  engine: Engine,
  write: (line: string) => void,
  came: (events: readonly SessionEvent[]) => void,
): Engine {
  return {
    ...engine,
    advance(input) {
      write(writeInput(input));
      const output = engine.advance(input);
      came(output.events);
      return output;
    },
  };
}

/**
 * Plays recorded inputs again.
 *
 * @yields the events as lines of canonical JSON, which are the same bytes every time
 */
export function* replayInputs(engine: Engine, lines: Iterable<string>): Generator<string> {
  for (const line of lines) {
    for (const event of engine.advance(readInput(line)).events) yield canonicalJson(event);
  }
}

/** Where a replay first differs from what was recorded: number of the event from 1, and both texts; null when nowhere. */
export function firstDifference(
  recorded: readonly string[],
  replayed: readonly string[],
): { readonly event: number; readonly recorded: string | null; readonly replayed: string | null } | null {
  const length = Math.max(recorded.length, replayed.length);
  for (let i = 0; i < length; i += 1) {
    if (recorded[i] === replayed[i]) continue;
    return { event: i + 1, recorded: recorded[i] ?? null, replayed: replayed[i] ?? null };
  }
  return null;
}

function encoded(numbers: Float64Array): string {
  return Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength).toString('base64');
}

function decoded(text: string): Float64Array {
  const bytes = Uint8Array.from(Buffer.from(text, 'base64'));
  if (bytes.byteLength % 8 !== 0) throw new SyntaxError('recorded numbers are cut off');
  return new Float64Array(bytes.buffer);
}
