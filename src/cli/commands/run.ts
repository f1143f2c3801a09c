import type { Command } from 'commander';
import { addExamples } from '../examples.ts';
import { exitCodeOf } from '../exit-code.ts';
import { action, type Frame } from '../frame.ts';
import { addWatchFlags, watchOptions } from '../watch-flags.ts';

/** `rollwatch run`: the watch without a screen; JSON lines on stdout until it is told to end. */
export function addRun(program: Command, frame: Frame): void {
  const command = addWatchFlags(program.command('run')).description(
    'watch without a screen: JSON lines on stdout, a summary at SIGINT or SIGTERM',
  );
  command.action(action(frame, (paths: readonly string[]) => run(frame, command, paths)));
  addExamples(command, ['rollwatch run /var/log/app', 'rollwatch run --mode observe monitor_logs | tee events.jsonl']);
}

async function run(frame: Frame, command: Command, paths: readonly string[]): Promise<number> {
  const options = await watchOptions(frame, command, paths, true);
  const { runWatch } = await import('../../app/watch/index.ts');
  return exitCodeOf(await runWatch(options, frame.context));
}
