import type { CompletedCommand, CompletedOption } from './table.ts';

/** A completion script for fish. */
export function fishCompletion(table: readonly CompletedCommand[]): string {
  return `# fish completion of rollwatch; rollwatch completion fish > ~/.config/fish/completions/rollwatch.fish
${table.flatMap(linesOf).join('\n')}
`;
}

function linesOf(command: CompletedCommand): readonly string[] {
  const when = conditionOf(command);
  const names = command.subcommands.map(({ name }) => name);
  const only = names.length > 0 ? `${when}; and not __fish_seen_subcommand_from ${names.join(' ')}` : when;
  return [
    ...command.subcommands.map(
      ({ name, text }) => `complete -c rollwatch -n '${only}' -a ${name} -d '${quoted(text)}'`,
    ),
    ...command.words.map((word) => `complete -c rollwatch -n '${when}' -a ${word}`),
    ...command.options.map((option) => optionLine(when, option)),
  ];
}

function conditionOf(command: CompletedCommand): string {
  if (command.path.length === 0) return 'true';
  return command.path.map((name) => `__fish_seen_subcommand_from ${name}`).join('; and ');
}

function optionLine(when: string, option: CompletedOption): string {
  const value = option.takesValue ? ' -r' : '';
  const choices = option.choices.length > 0 ? ` -f -a '${option.choices.join(' ')}'` : '';
  return `complete -c rollwatch -n '${when}' -l ${option.long.slice(2)}${value}${choices} -d '${quoted(option.text)}'`;
}

function quoted(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
}
