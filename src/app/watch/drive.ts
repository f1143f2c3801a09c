import type { Clock } from '../../ports/clock.ts';
import type { EngineInput } from '../engine/types.ts';
import type { FileProgress } from '../ingest.ts';

/** Where the inputs of a session come from, and the clock that goes with them. */
export interface Drive {
  readonly clock: Clock;
  /** Over once `play` has resolved; else it goes on until someone ends it. */
  readonly ends: boolean;
  connect(link: DriveLink): Connection;
}

/** What a drive is given of the session. */
export interface DriveLink {
  readonly take: (input: EngineInput) => void;
  /** Facts, answers and the tick; a live drive is pulsed once a second from outside as well. */
  readonly pulse: () => void;
  readonly log: (text: string) => void;
}

/** A drive at work. */
export interface Connection {
  /** Resolves when what was there at the start, or the whole recording, has been taken in. */
  play(signal: AbortSignal): Promise<void>;
  /** Takes in what is there and ends. */
  stop(): Promise<void>;
  files(): readonly FileProgress[];
  /** Gives the engine the counters that moved since the last call. */
  report(): void;
}
