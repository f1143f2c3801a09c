import type { Command } from 'commander';
import type { WatchOptions } from '../app/watch/options.ts';
import type { Mode, PolicyName } from '../core/model/decision.ts';
import { globalFlags, modeOption, policyOption, positiveNumber } from './flags.ts';
import { loadFor, type Frame } from './frame.ts';
import { UsageError } from './usage-error.ts';

interface WatchFlags {
  readonly once?: boolean;
  readonly json?: boolean;
  readonly replay?: boolean;
  readonly speed?: number;
  readonly policy?: PolicyName;
  readonly mode?: Mode;
  readonly dryRun?: boolean;
  readonly state?: boolean;
  readonly ascii?: boolean;
  readonly fps?: number;
  readonly screenReader?: boolean;
}

/** Adds what `watch` and `run` have in common. */
export function addWatchFlags(command: Command): Command {
  return command
    .argument('[paths...]', 'folders, files or globs (default: the configured sources, else monitor_logs)')
    .option('--replay', 'play recorded logs as if live; nothing is executed')
    .option(
      '--speed <factor>',
      'seconds of recording per second of replay (default: 60 on a screen, as fast as possible without one)',
      positiveNumber,
    )
    .addOption(policyOption('decide by this policy instead of the configured one'))
    .addOption(modeOption())
    .option('--dry-run', 'everything but the last call of a rollback')
    .option('--no-state', 'keep no state: no audit, no leases, nothing is executed');
}

/** Flags and configuration as the options of a watch. */
export async function watchOptions(
  frame: Frame,
  command: Command,
  paths: readonly string[],
  headless: boolean,
): Promise<WatchOptions> {
  const flags = command.opts<WatchFlags>();
  if (flags.speed !== undefined && flags.replay !== true) throw new UsageError('--speed is of --replay: give both');
  if (flags.replay === true && flags.once === true) throw new UsageError('--replay and --once exclude each other');
  const config = await loadFor(frame, command, {
    policy: flags.policy ?? null,
    mode: flags.mode ?? null,
    ascii: flags.ascii ?? null,
    fps: flags.fps ?? null,
    screenReader: flags.screenReader ?? null,
  });
  return {
    headless,
    paths,
    once: flags.once === true,
    json: flags.json === true || headless,
    replay: flags.replay === true,
    deployedAtMs: null,
    speed: flags.speed ?? null,
    readOnly: globalFlags(command).readOnly === true,
    dryRun: flags.dryRun === true,
    noState: flags.state === false,
    config,
  };
}
