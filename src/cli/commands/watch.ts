import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { WatchOptions } from '../../app/watch/options.ts';
import { addExamples } from '../examples.ts';
import { EXIT, exitCodeOf } from '../exit-code.ts';
import { framesPerSecond } from '../flags.ts';
import { action, type Frame } from '../frame.ts';
import { addWatchFlags, watchOptions } from '../watch-flags.ts';

/** `rollwatch watch`: the screen; without a terminal, lines. The command that runs when none is named. */
export function addWatch(program: Command, frame: Frame): void {
  const command = addWatchFlags(program.command('watch', { isDefault: true }))
    .description('watch metric logs and deployments; ask before rolling back')
    .option('--once', 'judge what is there, print it and end')
    .option('--json', 'with --once one JSON snapshot, without a terminal JSON lines')
    .option('--ascii', 'draw with ASCII only')
    .option('--fps <n>', 'frames per second for new data, 0.1 to 10', framesPerSecond)
    .option('--screen-reader', 'sparse text without redrawing');
  command.action(action(frame, (paths: readonly string[]) => watch(frame, command, paths)));
  addExamples(command, [
    'rollwatch watch monitor_logs',
    'rollwatch watch /var/log/app --mode observe',
    'rollwatch watch --replay --speed 120 monitor_logs',
    'rollwatch watch --once --json | jq .',
  ]);
}

async function watch(frame: Frame, command: Command, paths: readonly string[]): Promise<number> {
  const options = await watchOptions(frame, command, paths, false);
  if (hasNothingToShow(frame, options)) {
    frame.context.stderr.write(NOTHING_HERE);
    return EXIT.usage;
  }
  const { runWatch } = await import('../../app/watch/index.ts');
  return exitCodeOf(await runWatch(options, frame.context));
}

/** On a terminal the screen says it and waits for files; without one nobody would see that it waits for ever. */
function hasNothingToShow(frame: Frame, { paths, config }: WatchOptions): boolean {
  const { stdin, stdout, cwd } = frame.context;
  if ((stdin.isTTY && stdout.isTTY) || paths.length > 0 || config.sources.origin !== 'default') return false;
  return config.sources.value.every((source) => source.paths.every((path) => !existsSync(resolve(cwd, path))));
}

const NOTHING_HERE = `rollwatch: there are no metric logs here (looked for ./monitor_logs).
  rollwatch watch PATH    watch another folder, file or glob
  rollwatch demo          see it work on a simulated fleet
  rollwatch config init   write a rollwatch.yaml that names the logs
`;
