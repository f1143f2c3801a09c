import { spawn } from 'node:child_process';
import type { CommandSpec } from '../../core/model/rollback.ts';
import type { ProcessMark } from '../../ports/process-mark.ts';
import { lifeOf, markOf } from '../../supervisor/process-mark.ts';
import { runCommand, type CommandOutcome } from './run-command.ts';
import type { ExecutorDeps, SupervisorEntry } from './types.ts';

/** The supervisor this process started: whether it has exited. Null when an earlier process started it. */
export interface StartedSupervisor {
  exited(): boolean;
}

/** A supervisor to be started. */
export interface SupervisorStart {
  readonly entry: SupervisorEntry;
  readonly dir: string;
  /** SHA-256 of the job in `dir`. */
  readonly hash: string;
  /** Its whole environment: what the command is handed on. */
  readonly env: Readonly<Record<string, string>>;
}

/** The processes around the executor; a test that kills thousands of them gives its own. */
export interface Outside {
  /** This process. */
  mark(): ProcessMark;
  lifeOf(mark: ProcessMark): ReturnType<typeof lifeOf>;
  startSupervisor(start: SupervisorStart): StartedSupervisor;
  /** Runs a command that only reads; never rejects. */
  runCommand(command: CommandSpec, env: Readonly<Record<string, string | undefined>>): Promise<CommandOutcome>;
}

const REAL: Outside = {
  mark: () => markOf(process.pid),
  lifeOf: (mark) => lifeOf(mark),
  startSupervisor,
  runCommand,
};

/** The processes around this executor. */
export function outsideOf(deps: Pick<ExecutorDeps, 'outside'>): Outside {
  return deps.outside ?? REAL;
}

/** Secrets reach the supervisor by its environment, which only this user can read, and no file. */
function startSupervisor({ entry, dir, hash, env }: SupervisorStart): StartedSupervisor {
  let exited = false;
  const child = spawn(process.execPath, [...entry.execArgv, entry.file, dir, hash], {
    cwd: '/',
    env: { ...env },
    detached: true,
    stdio: 'ignore',
  });
  const gone = (): void => {
    exited = true;
  };
  // One that could not be started is one that exited without a claim.
  child.once('error', gone);
  child.once('exit', gone);
  child.unref();
  return { exited: () => exited };
}
