import type { Command } from 'commander';
import { addExamples } from '../examples.ts';
import { waitOption } from '../flags.ts';
import { action, type Frame } from '../frame.ts';
import { giveAnswer } from '../give-answer.ts';

interface DismissFlags {
  readonly reason?: string;
  readonly wait: number;
}

/** `rollwatch dismiss`: says no from a second shell. */
export function addDismiss(program: Command, frame: Frame): void {
  const command = program
    .command('dismiss')
    .description('say no to a question, from another shell than the one that watches')
    .argument('<id>', 'the question, as `rollwatch proposals` shows it')
    .option('--reason <text>', 'why; recorded in the audit')
    .addOption(waitOption());
  command.action(
    action(frame, (id: string) => {
      const { reason, wait } = command.opts<DismissFlags>();
      return giveAnswer(frame, command, { id, answer: 'dismissed', typedName: null, reason: reason ?? null }, wait);
    }),
  );
  addExamples(command, ['rollwatch dismiss 4f1c… --reason "known load test"']);
}
