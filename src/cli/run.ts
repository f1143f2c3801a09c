import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { CommanderError } from 'commander';
import { didYouMean } from '../config/did-you-mean.ts';
import { COMMAND_NAMES } from './commands.ts';
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
    refuseMistypedCommand(context);
    const program = await buildProgram(frame, commandIn(context.argv));
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

/** These show all other commands. */
const OF_ALL = ['help', 'completion'];

/** The one command that is asked for; null where that takes a look at all of them. */
function commandIn([word]: readonly string[]): string | null {
  if (word === undefined) return 'watch';
  if (word.startsWith('-') || OF_ALL.includes(word)) return null;
  return COMMAND_NAMES.includes(word) ? word : 'watch';
}

/** `watch` is what a bare `rollwatch PATH` runs, so a mistyped command would be taken for a path. */
function refuseMistypedCommand({ argv, cwd }: CliContext): void {
  const word = argv[0];
  if (word === undefined || !/^[a-z][a-z-]*$/.test(word) || existsSync(resolve(cwd, word))) return;
  const names = ['help', ...COMMAND_NAMES];
  if (names.includes(word)) return;
  const near = didYouMean(word, names);
  const hint = near === null ? 'see rollwatch --help' : `did you mean "${near}"?`;
  throw new UsageError(`there is neither a command nor a file "${word}"; ${hint}`);
}
