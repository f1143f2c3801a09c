import { Command, Help, Option } from 'commander';
import { COMMAND_GROUPS } from './commands.ts';
import { EXIT_MEANINGS } from './exit-code.ts';
import { addGlobalFlags } from './flags.ts';
import type { Frame } from './frame.ts';

const ABOUT =
  'Watches what a deployment does to its service, says how sure it is that it went bad and why, and rolls it back.';

/**
 * The command tree, or with `only` that one command of it. Texts go to the frame's outputs; errors are thrown as
 * CommanderError.
 */
export async function buildProgram(frame: Frame, only: string | null): Promise<Command> {
  const { stdout, stderr } = frame.context;
  const program = new Command('rollwatch')
    .description(ABOUT)
    .usage('[options] [command]')
    .enablePositionalOptions()
    .helpCommand('help [command]', 'help for a command')
    .helpOption('-h, --help', 'help')
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      getOutHelpWidth: () => 100,
      getErrHelpWidth: () => 100,
      outputError: (text, write) => write(text.replace(/^error: /, 'rollwatch: ')),
    })
    .configureHelp({ visibleOptions })
    .showSuggestionAfterError()
    .exitOverride()
    .addHelpText('after', `\nExit codes:\n${exitCodeLines().join('\n')}\n`);
  addGlobalFlags(program);
  for (const [heading, commands] of Object.entries(COMMAND_GROUPS)) {
    program.commandsGroup(heading);
    for (const [name, load] of Object.entries(commands)) {
      if (only === null || name === only) (await load())(program, frame);
    }
  }
  for (const command of program.commands) settle(command);
  return program;
}

/** Flags of every command go on the leaves too, so that they are taken before and after the name. */
function settle(command: Command): void {
  if (command.commands.length === 0) addGlobalFlags(command);
  for (const one of command.commands) settle(one);
}

/** `--version` is answered before parsing: as an option of the program it would take that of `deployed` away. */
function visibleOptions(command: Command): Option[] {
  const options = new Help().visibleOptions(command);
  return command.parent === null ? [new Option('-V, --version', 'version of rollwatch'), ...options] : options;
}

function exitCodeLines(): readonly string[] {
  const order = '  Of several pipelines the most serious: 13 > 15 > 14 > 12 > 10 > 11 > 0.';
  return [...EXIT_MEANINGS.map(([code, text]) => `  ${String(code).padStart(2)}  ${text}`), order];
}
