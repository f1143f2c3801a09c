import type { Command } from 'commander';
import { addExamples } from '../examples.ts';
import { globalFlags } from '../flags.ts';
import { action, loadFor, print, type Frame } from '../frame.ts';
import { record, stateDirOf } from '../state.ts';
import { UsageError } from '../usage-error.ts';

/** `rollwatch halt`: stops all acting on this box at once; needs no engine and no database. */
export function addHalt(program: Command, frame: Frame): void {
  const command = program
    .command('halt')
    .description('stop all acting on this box at once; watching goes on')
    .option('--reason <text>', 'why; shown to everybody until `rollwatch resume`');
  command.action(action(frame, () => stop(frame, command)));
  addExamples(command, ['rollwatch halt --reason "network maintenance until 18:00"']);
}

async function stop(frame: Frame, command: Command): Promise<number> {
  if (globalFlags(command).readOnly === true) throw new UsageError('--read-only halts nothing');
  const config = await loadFor(frame, command);
  const { halt } = await import('../../app/halt.ts');
  const { currentPerson } = await import('../../app/executor/holder.ts');
  const { env, clock } = frame.context;
  const { reason = null } = command.opts<{ readonly reason?: string }>();
  const dir = stateDirOf(frame, config);
  const { by, reason: said } = halt(dir, currentPerson(env), reason, clock.nowMs());
  print(frame, `halted: nothing is done on this box until \`rollwatch resume\` (${dir.path})`);
  await record(frame, config, { type: 'halted', by, reason: said });
  return 0;
}
