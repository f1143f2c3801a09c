import type { Command } from 'commander';
import { addExamples } from '../examples.ts';
import { globalFlags } from '../flags.ts';
import { action, loadFor, print, type Frame } from '../frame.ts';
import { record, stateDirOf } from '../state.ts';
import { UsageError } from '../usage-error.ts';

/** `rollwatch resume`: lets acting go on after a halt. */
export function addResume(program: Command, frame: Frame): void {
  const command = program.command('resume').description('let acting go on after `rollwatch halt`');
  command.action(action(frame, () => resume(frame, command)));
  addExamples(command, ['rollwatch resume']);
}

async function resume(frame: Frame, command: Command): Promise<number> {
  if (globalFlags(command).readOnly === true) throw new UsageError('--read-only resumes nothing');
  const config = await loadFor(frame, command);
  const { readHalt, resumeActing } = await import('../../app/halt.ts');
  const { currentPerson } = await import('../../app/executor/holder.ts');
  const dir = stateDirOf(frame, config);
  const by = currentPerson(frame.context.env);
  if (!resumeActing(dir, by)) {
    const elsewhere = readHalt(dir);
    print(frame, elsewhere === null ? 'nothing was halted' : `still halted for the whole box: ${elsewhere.reason}`);
    return 0;
  }
  print(frame, 'resumed: acting goes on');
  await record(frame, config, { type: 'resumed', by });
  return 0;
}
