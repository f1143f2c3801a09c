import type { CommandResult, SessionCommand } from '../core/session/command.ts';
import type { Snapshot } from '../core/session/snapshot.ts';

/** How the screen behaves; decided before it starts. */
export interface ScreenOptions {
  /** ASCII only: for terminals or locales without UTF-8. */
  readonly ascii: boolean;
  /** Nothing can be answered, proposed or held from this screen. */
  readonly readOnly: boolean;
  /** Frames per second for new data, 0.1 to 10; keys are answered at once whatever it is. */
  readonly fps: number;
  /** Sparse text without an alternate screen, for screen readers; without it, `INK_SCREEN_READER=true` decides. */
  readonly screenReader?: boolean;
}

/** All that the screen has to do with the rest of the program. */
export interface ScreenPort {
  /** Calls back whenever there is a new snapshot; returns the way to stop that. */
  subscribe(listener: () => void): () => void;
  /** The newest snapshot; its `nowMs` must move at least every few seconds, or the screen calls itself stale. */
  snapshot(): Snapshot;
  /** Carries out a command; a refusal is a result with `ok: false`, not an error. */
  send(command: SessionCommand): Promise<CommandResult>;
  /** Terminal to use instead of the process's own. */
  readonly streams?: { readonly stdin: NodeJS.ReadStream; readonly stdout: NodeJS.WriteStream };
  readonly options: ScreenOptions;
}
