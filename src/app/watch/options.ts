import type { LoadedConfig } from '../../config/load.ts';
import type { CommandResult, SessionCommand } from '../../core/session/command.ts';
import type { Snapshot } from '../../core/session/snapshot.ts';
import type { Clock } from '../../ports/clock.ts';

/** What `watch` and `run` are asked for, flags and configuration merged. */
export interface WatchOptions {
  /** `run`: JSON lines and no screen, whatever the terminal is. */
  readonly headless: boolean;
  /** Folders, files or globs from the command line; empty = what the config names. */
  readonly paths: readonly string[];
  /** Judge what is there and end. */
  readonly once: boolean;
  /** With `once` one JSON snapshot, else JSON lines instead of text lines. */
  readonly json: boolean;
  /** Plays recorded samples as if live; nothing is then ever executed. */
  readonly replay: boolean;
  /** With `replay`: every pipeline counts as deployed then, whatever markers say; null = the markers tell. */
  readonly deployedAtMs: number | null;
  /** Seconds of recording per second of replay, > 0; null = 60 on a screen, as fast as possible without one. */
  readonly speed: number | null;
  /** Nothing is spawned and no question can be answered. */
  readonly readOnly: boolean;
  /** Rollbacks end before the last call. */
  readonly dryRun: boolean;
  /** State is kept in memory only: no audit, no leases, no `auto`. */
  readonly noState: boolean;
  /** Carries policy, mode cap, sources, state directory and the looks of the screen, flags included. */
  readonly config: LoadedConfig;
}

/** How the screen behaves; decided before it starts. */
export interface ScreenOptions {
  readonly ascii: boolean;
  readonly readOnly: boolean;
  /** Frames per second for new data, 0.1 to 10. */
  readonly fps: number;
  readonly screenReader: boolean;
}

/** All that a screen has to do with the engine: the same in process and over a socket. */
export interface ScreenPort {
  /** Calls back whenever there is a new snapshot; returns the way to stop that. */
  subscribe(listener: () => void): () => void;
  /** The newest snapshot; its `nowMs` must move at least every few seconds. */
  snapshot(): Snapshot;
  /** Carries out a command; a refusal is a result with `ok: false`, not an error. */
  send(command: SessionCommand): Promise<CommandResult>;
  readonly options: ScreenOptions;
  /** Closes the screen from outside. */
  readonly signal: AbortSignal;
}

/** Shows the screen until the operator leaves or the terminal goes away under it. */
export type ShowScreen = (port: ScreenPort) => Promise<void>;

/** Where text goes. */
export interface Output {
  readonly isTTY: boolean;
  write(text: string): void;
}

/** The process around a command, injected so that tests need none. */
export interface WatchContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly stdin: { readonly isTTY: boolean };
  readonly stdout: Output;
  readonly stderr: Output;
  readonly clock: Clock;
  /** Of rollwatch itself. */
  readonly version: string;
  /** Folder of the package, with `models/` and `dist/`; absolute. */
  readonly packageRoot: string;
  /** Aborted by SIGINT, SIGTERM, SIGHUP and when nobody reads the output any more. Signals keep their default effect until the first call. */
  interrupt(): AbortSignal;
  /** Loads the screen: headless commands never do. */
  loadScreen(): Promise<ShowScreen>;
}
