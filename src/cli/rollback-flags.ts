import { Option, type Command } from 'commander';
import type { HandOptions } from '../app/rollback/hand-options.ts';
import type { Strategy } from '../core/model/rollback.ts';
import { durationMs, globalFlags } from './flags.ts';
import { loadFor, type Frame } from './frame.ts';

interface HandFlags {
  readonly pipeline?: string;
  readonly to?: string;
  readonly strategy?: Strategy;
  readonly dryRun?: boolean;
  readonly wait: number;
}

const STRATEGIES: readonly Strategy[] = ['full', 'progressive', 'partial', 'blue-green', 'ab'];

function names(text: string): readonly string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** Adds what `rollback plan` and `rollback run` have in common. */
export function addHandFlags(command: Command): Command {
  return command
    .argument('[paths...]', 'metric logs (default: the configured sources, else monitor_logs)')
    .option('--pipeline <id>', 'pipeline to roll back; needed where several are watched')
    .option('--group <name>', 'a configured group: what the evidence blames of it, and what needs that')
    .option('--deployed-with <pipeline>', 'the services that were deployed together with this pipeline')
    .option('--only <pipelines>', 'of the group exactly these, with commas between them', names)
    .option('--all', 'of the group all that were deployed together, blamed or not')
    .option('--to <version>', 'version to go back to (default: the last that was healthy, else the one before)')
    .addOption(
      new Option('--strategy <name>', 'way to go back (default: chosen by what is failing)').choices(STRATEGIES),
    )
    .option('--dry-run', 'print the exact calls; everything but the last call')
    .addOption(
      new Option('--wait <duration>', 'how long to wait for live samples').argParser(durationMs).default(5_000, '5s'),
    )
    .option('--json', 'print JSON');
}

/** Flags and configuration as what a rollback by hand is asked for. Never acts by itself, whatever the mode. */
export async function handOptions(frame: Frame, command: Command, paths: readonly string[]): Promise<HandOptions> {
  const flags = command.opts<HandFlags>();
  const config = await loadFor(frame, command, { mode: 'ask' });
  return {
    pipeline: flags.pipeline ?? null,
    toVersion: flags.to ?? null,
    strategy: flags.strategy ?? null,
    waitMs: flags.wait,
    watch: {
      headless: true,
      paths,
      once: false,
      json: false,
      replay: false,
      deployedAtMs: null,
      speed: null,
      readOnly: globalFlags(command).readOnly === true,
      dryRun: flags.dryRun === true,
      noState: false,
      config,
    },
  };
}
