import type { Command, Option } from 'commander';

/** An option as shells complete it. */
export interface CompletedOption {
  readonly long: string;
  readonly text: string;
  readonly takesValue: boolean;
  /** The only values it takes; empty where any is. */
  readonly choices: readonly string[];
}

/** A command as shells complete it. */
export interface CompletedCommand {
  /** Words after the program's name; empty for the program itself. */
  readonly path: readonly string[];
  readonly text: string;
  readonly options: readonly CompletedOption[];
  readonly subcommands: readonly { readonly name: string; readonly text: string }[];
  /** The only words it takes; empty where any are, or none. */
  readonly words: readonly string[];
}

/** Every command with its options, the program first. */
export function completionTable(command: Command, path: readonly string[] = []): readonly CompletedCommand[] {
  const own: CompletedCommand = {
    path,
    text: command.description(),
    options: [...command.options.map(completedOption), HELP],
    subcommands: command.commands.map((one) => ({ name: one.name(), text: one.description() })),
    words: command.registeredArguments.flatMap((argument) => argument.argChoices ?? []),
  };
  return [own, ...command.commands.flatMap((one) => completionTable(one, [...path, one.name()]))];
}

const HELP: CompletedOption = { long: '--help', text: 'help', takesValue: false, choices: [] };

function completedOption(option: Option): CompletedOption {
  return {
    long: option.long ?? option.flags,
    text: option.description,
    takesValue: option.required || option.optional,
    choices: option.argChoices ?? [],
  };
}
