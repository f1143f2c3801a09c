import type { CompletedCommand, CompletedOption } from './table.ts';

/** A completion script for zsh. */
export function zshCompletion(table: readonly CompletedCommand[]): string {
  return `#compdef rollwatch
# zsh completion of rollwatch; put \`source <(rollwatch completion zsh)\` into ~/.zshrc, after compinit
${table.map(functionOf).join('\n')}
if [ "$funcstack[1]" = "_rollwatch" ]; then _rollwatch "$@"; else compdef _rollwatch rollwatch; fi
`;
}

function functionOf(command: CompletedCommand): string {
  const options = command.options.map((option) => `    '${optionSpec(option)}'`);
  const rest = command.subcommands.length > 0 ? groupSpecs(command) : [wordSpec(command)];
  const body = [`  _arguments -C \\\n${[...options, ...rest].join(' \\\n')}`];
  if (command.subcommands.length > 0) body.push(dispatch(command));
  return `${nameOf(command.path)}() {\n  local context state line\n${body.join('\n')}\n}`;
}

function groupSpecs(command: CompletedCommand): readonly string[] {
  const values = command.subcommands.map(({ name, text }) => `${name}\\:"${escaped(text)}"`);
  return [`    '1: :((${values.join(' ')}))'`, `    '*:: :->next'`];
}

function wordSpec(command: CompletedCommand): string {
  return command.words.length > 0 ? `    '1:word:(${command.words.join(' ')})'` : `    '*:file:_files'`;
}

function dispatch(command: CompletedCommand): string {
  const cases = command.subcommands.map(({ name }) => `      ${name}) ${nameOf([...command.path, name])};;`);
  return `  if [[ $state == next ]]; then\n    case $line[1] in\n${cases.join('\n')}\n    esac\n  fi`;
}

function optionSpec(option: CompletedOption): string {
  const values = option.choices.length > 0 ? `(${option.choices.join(' ')})` : '_files';
  return `${option.long}[${escaped(option.text)}]${option.takesValue ? `:value:${values}` : ''}`;
}

function nameOf(path: readonly string[]): string {
  return ['_rollwatch', ...path].join('_').replaceAll('-', '_');
}

function escaped(text: string): string {
  return text.replace(/[[\]:"\\`$]/g, (sign) => `\\${sign}`).replaceAll("'", "'\\''");
}
