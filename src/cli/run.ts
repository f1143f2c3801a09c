import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { CommanderError, type Command } from 'commander';
import { didYouMean } from '../config/did-you-mean.ts';
import type { CliContext } from './context.ts';
import { EXIT } from './exit-code.ts';
import type { Frame } from './frame.ts';
import { buildProgram } from './program.ts';
import { reportError } from './report-error.ts';
import { UsageError } from './usage-error.ts';

/** Runs the command line and gives the exit code; never throws. */
export async function runCli(context: CliContext): Promise<number> {
  const frame: Frame = { context, exitCode: EXIT.fine };
  try {
    if (asksVersion(context.argv)) {
      context.stdout.write(`${context.version}\n`);
      return EXIT.fine;
    }
    const program = buildProgram(frame);
    refuseMistypedCommand(program, context);
    await program.parseAsync(context.argv, { from: 'user' });
    return frame.exitCode;
  } catch (error) {
    // Commander has printed its help or its complaint already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.usage;
    return reportError(error, context);
  }
}

function asksVersion(argv: readonly string[]): boolean {
  const command = argv.findIndex((word) => !word.startsWith('-'));
  const before = command < 0 ? argv : argv.slice(0, command);
  return before.includes('--version') || before.includes('-V');
}

/** `watch` is what a bare `rollwatch PATH` runs, so a mistyped command would be taken for a path. */
function refuseMistypedCommand(program: Command, { argv, cwd }: CliContext): void {
  const word = argv[0];
  if (word === undefined || !/^[a-z][a-z-]*$/.test(word) || existsSync(resolve(cwd, word))) return;
  const names = ['help', ...program.commands.map((command) => command.name())];
  if (names.includes(word)) return;
  const near = didYouMean(word, names);
  const hint = near === null ? 'see rollwatch --help' : `did you mean "${near}"?`;
  throw new UsageError(`there is neither a command nor a file "${word}"; ${hint}`);
}
