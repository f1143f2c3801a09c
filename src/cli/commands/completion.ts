import { Argument, type Command } from 'commander';
import { addExamples } from '../examples.ts';
import { action, type Frame } from '../frame.ts';

const SHELLS = ['bash', 'zsh', 'fish'] as const;

/** `rollwatch completion`: a script made from the command table. */
export function addCompletion(program: Command, frame: Frame): void {
  const command = program
    .command('completion')
    .description('print a completion script')
    .addArgument(new Argument('<shell>', 'which shell').choices(SHELLS));
  command.action(action(frame, (shell: (typeof SHELLS)[number]) => completion(frame, program, shell)));
  addExamples(command, [
    'source <(rollwatch completion bash)',
    'rollwatch completion fish > ~/.config/fish/completions/rollwatch.fish',
  ]);
}

async function completion(frame: Frame, program: Command, shell: (typeof SHELLS)[number]): Promise<number> {
  const { completionTable } = await import('../completion/table.ts');
  const makers = {
    bash: async () => (await import('../completion/bash.ts')).bashCompletion,
    zsh: async () => (await import('../completion/zsh.ts')).zshCompletion,
    fish: async () => (await import('../completion/fish.ts')).fishCompletion,
  };
  const make = await makers[shell]();
  frame.context.stdout.write(make(completionTable(program)));
  return 0;
}
