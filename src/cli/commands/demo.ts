import { tmpdir } from 'node:os';
import type { Command } from 'commander';
import { addExamples } from '../examples.ts';
import { configFlags, framesPerSecond, globalFlags, wholeNumber } from '../flags.ts';
import { action, type Frame } from '../frame.ts';

interface DemoFlags {
  readonly seed: number;
  readonly keep?: boolean;
  readonly ascii?: boolean;
  readonly fps?: number;
  readonly screenReader?: boolean;
}

/** `rollwatch demo`: a simulated fleet that deploys, fails and is rolled back while one looks. */
export function addDemo(program: Command, frame: Frame): void {
  const command = program
    .command('demo')
    .description('watch a simulated fleet in a temporary folder: deployments, faults, a real rollback script')
    .option('--seed <n>', 'the same seed plays the same demo', wholeNumber, 1)
    .option('--keep', 'leave the folder when it ends')
    .option('--ascii', 'draw with ASCII only')
    .option('--fps <n>', 'frames per second for new data, 0.1 to 10', framesPerSecond)
    .option('--screen-reader', 'sparse text without redrawing');
  command.action(action(frame, () => demo(frame, command)));
  addExamples(command, ['rollwatch demo', 'rollwatch demo --seed 7 --keep']);
}

async function demo(frame: Frame, command: Command): Promise<number> {
  const flags = command.opts<DemoFlags>();
  const { runDemo } = await import('../../app/demo/run.ts');
  const { runWatch } = await import('../../app/watch/index.ts');
  const looks = { ascii: flags.ascii ?? null, fps: flags.fps ?? null, screenReader: flags.screenReader ?? null };
  return runDemo(
    {
      seed: flags.seed,
      keep: flags.keep === true,
      parent: tmpdir(),
      flags: configFlags(command, looks),
      readOnly: globalFlags(command).readOnly === true,
      watch: runWatch,
    },
    frame.context,
  );
}
