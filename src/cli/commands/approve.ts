import type { Command } from 'commander';
import { addExamples } from '../examples.ts';
import { waitOption } from '../flags.ts';
import { action, type Frame } from '../frame.ts';
import { giveAnswer } from '../give-answer.ts';

interface ApproveFlags {
  readonly name?: string;
  readonly reason?: string;
  readonly override?: boolean;
  readonly wait: number;
}

/** `rollwatch approve`: says yes from a second shell, by the same rules as on screen. */
export function addApprove(program: Command, frame: Frame): void {
  const command = program
    .command('approve')
    .description('say yes to a question, from another shell than the one that watches')
    .argument('<id>', 'the question, as `rollwatch proposals` shows it')
    .option('--name <pipeline>', 'name of the pipeline, where production asks for it')
    .option('--reason <text>', 'why; recorded in the audit, and needed where a yes overrides a guard rail')
    .option('--override', 'say yes although the policy blocks it; needs --reason, and is recorded')
    .addOption(waitOption());
  command.action(
    action(frame, (id: string) => {
      const { name, reason, override, wait } = command.opts<ApproveFlags>();
      const given = { typedName: name ?? null, reason: reason ?? null, override: override === true };
      return giveAnswer(frame, command, { id, answer: 'approved', ...given }, wait);
    }),
  );
  addExamples(command, ['rollwatch approve 4f1c… --name checkout --reason "error rate, seen it too"']);
}
