import type { Command } from 'commander';
import { loadConfig, type LoadedConfig } from '../config/load.ts';
import type { ConfigFlags } from '../config/outside.ts';
import { problemText } from '../config/problem.ts';
import type { CliContext } from './context.ts';
import { configFlags } from './flags.ts';

/** What command files share: the process around them and the exit code of the one that ran. */
export interface Frame {
  readonly context: CliContext;
  exitCode: number;
}

/** A file of `commands/`: adds its command, or a group of them, to the program. */
export type AddCommand = (program: Command, frame: Frame) => void;

/** Makes a commander action of a function that returns the exit code. */
export function action<A extends readonly unknown[]>(frame: Frame, run: (...args: A) => Promise<number> | number) {
  return async (...args: A): Promise<void> => {
    frame.exitCode = await run(...args);
  };
}

/** Writes lines of text to stdout. */
export function print(frame: Frame, ...lines: readonly string[]): void {
  if (lines.length > 0) frame.context.stdout.write(`${lines.join('\n')}\n`);
}

/** Writes one JSON value to stdout: indented for a person, on one line for a program. */
export function printJson(frame: Frame, value: unknown): void {
  const { stdout } = frame.context;
  stdout.write(`${JSON.stringify(value, null, stdout.isTTY ? 2 : 0)}\n`);
}

/** Loads the configuration with the flags of a command; what is doubtful in it goes to stderr. */
export async function loadFor(frame: Frame, command: Command, own: Partial<ConfigFlags> = {}): Promise<LoadedConfig> {
  const { env, cwd, stderr } = frame.context;
  const config = await loadConfig({ flags: configFlags(command, own), env, cwd });
  for (const warning of config.warnings) stderr.write(`rollwatch: ${problemText(warning)}\n`);
  return config;
}
