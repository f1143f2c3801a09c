import type { CompletedCommand } from './table.ts';

/** A completion script for bash 4 and newer. */
export function bashCompletion(table: readonly CompletedCommand[]): string {
  return `# bash completion of rollwatch; put \`source <(rollwatch completion bash)\` into ~/.bashrc
_rollwatch() {
  local word="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" path="" one words=""
  for one in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$path $one" in
${table.flatMap(pathCases).join('\n')}
    esac
  done
  case "$path $previous" in
${table.flatMap(valueCases).join('\n')}
  esac
  case "$path" in
${table.map(wordCase).join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$word"))
  if [[ \${#COMPREPLY[@]} -eq 0 && "$word" != -* ]]; then COMPREPLY=($(compgen -f -- "$word")); fi
}
complete -o filenames -F _rollwatch rollwatch
`;
}

function pathCases(command: CompletedCommand): readonly string[] {
  return command.subcommands.map(({ name }) => {
    const before = command.path.join('/');
    return `      "${before} ${name}") path="${[...command.path, name].join('/')}";;`;
  });
}

function valueCases(command: CompletedCommand): readonly string[] {
  const path = command.path.join('/');
  return command.options
    .filter((option) => option.takesValue)
    .map((option) => {
      const reply = option.choices.length > 0 ? `compgen -W "${option.choices.join(' ')}"` : 'compgen -f';
      return `    "${path} ${option.long}") COMPREPLY=($(${reply} -- "$word")); return;;`;
    });
}

function wordCase(command: CompletedCommand): string {
  const names = command.subcommands.map(({ name }) => name);
  const words = [...names, ...command.words, ...command.options.map((option) => option.long)];
  return `    "${command.path.join('/')}") words="${words.join(' ')}";;`;
}
