import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { RISK_LEVELS, type RiskLevel } from '../../core/simulate/risk-level.ts';
import { parseTimestamp } from '../../parsers/timestamp.ts';
import { addExamples } from '../examples.ts';
import { durationMs, positiveNumber, wholeNumber } from '../flags.ts';
import { action, print, printJson, type Frame } from '../frame.ts';

interface SimulateFlags {
  readonly pipeline: string;
  readonly risk: RiskLevel;
  readonly minutes: number;
  readonly seed: number;
  readonly interval: number;
  readonly start?: string;
  readonly out: string;
  readonly force?: boolean;
  readonly live?: boolean;
  readonly json?: boolean;
}

/** `rollwatch simulate`: writes a metric log to try things on. */
export function addSimulate(program: Command, frame: Frame): void {
  const command = program
    .command('simulate')
    .description('write a metric log of a made-up service')
    .requiredOption('--pipeline <id>', 'name of the pipeline')
    .addOption(new Option('--risk <level>', 'how bad it gets').choices(RISK_LEVELS).makeOptionMandatory())
    .option('--minutes <n>', 'length of the log', positiveNumber, 60)
    .option('--seed <n>', 'the same seed gives the same bytes', wholeNumber, 1)
    .addOption(new Option('--interval <duration>', 'time between rows').argParser(durationMs).default(60_000, '1m'))
    .option('--start <time>', 'time of the first row, ISO 8601')
    .option('--out <dir>', 'folder of the log', 'monitor_logs')
    .option('--force', 'replace a log that is there')
    .option('--live', 'write each row when its time has come')
    .option('--json', 'print the report as JSON');
  command.action(action(frame, () => runSimulate(frame, command)));
  addExamples(command, [
    'rollwatch simulate --pipeline checkout --risk high --minutes 30 --seed 7',
    'rollwatch simulate --pipeline checkout --risk medium --interval 1s --live --out /tmp/logs',
  ]);
}

async function runSimulate(frame: Frame, command: Command): Promise<number> {
  const flags = command.opts<SimulateFlags>();
  const { context } = frame;
  const { simulate } = await import('../../app/simulate/index.ts');
  const report = await simulate({
    pipeline: flags.pipeline,
    risk: flags.risk,
    minutes: flags.minutes,
    seed: flags.seed,
    intervalMs: flags.interval,
    startMs: flags.start === undefined ? null : parseTimestamp(flags.start, 0),
    directory: resolve(context.cwd, flags.out),
    force: flags.force === true,
    live: flags.live === true,
    clock: context.clock,
    signal: flags.live === true ? context.interrupt() : new AbortController().signal,
  });
  if (flags.json === true) printJson(frame, report);
  else print(frame, `${report.rows} rows in ${report.path}`, faultText(report.badSince, report.faults));
  return 0;
}

function faultText(badSince: string | null, faults: readonly string[]): string {
  return badSince === null ? 'nothing goes wrong in it' : `goes wrong at ${badSince}: ${faults.join(', ')}`;
}
