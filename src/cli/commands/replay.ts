import { InvalidArgumentError, type Command } from 'commander';
import type { BacktestReport } from '../../app/backtest.ts';
import type { WatchOptions } from '../../app/watch/options.ts';
import { causesText } from '../../core/model/cause.ts';
import { durationText, isoTime } from '../../core/model/time.ts';
import { visibleText } from '../../core/model/visible.ts';
import { epochToMs, parseTimestamp } from '../../parsers/timestamp.ts';
import { addExamples } from '../examples.ts';
import { EXIT, exitCodeOf } from '../exit-code.ts';
import { positiveNumber } from '../flags.ts';
import { action, loadFor, print, printJson, type Frame } from '../frame.ts';
import { UsageError } from '../usage-error.ts';

interface ReplayFlags {
  readonly deployedAt?: number;
  readonly speed?: number;
  readonly backtest?: boolean;
  readonly json?: boolean;
}

/** `rollwatch replay`: recorded logs through the engine that watches live; nothing is ever executed. */
export function addReplay(program: Command, frame: Frame): void {
  const command = program
    .command('replay')
    .argument('<files...>', 'recorded logs: folders, files or globs')
    .description('play recorded logs as if live, or judge every deployment in them')
    .option('--deployed-at <time>', 'take every pipeline to have been deployed then (ISO 8601 or epoch)', moment)
    .option(
      '--speed <factor>',
      'seconds of recording per second (default: 60 on a screen, else all at once)',
      positiveNumber,
    )
    .option('--backtest', 'no screen: a report of what would have been said of each deployment')
    .option('--json', 'JSON instead of text');
  command.action(action(frame, (files: readonly string[]) => replay(frame, command, files)));
  addExamples(command, [
    'rollwatch replay monitor_logs',
    'rollwatch replay monitor_logs/metrics_checkout.csv --deployed-at 2026-03-02T13:20:00Z --speed 120',
    'rollwatch replay monitor_logs --backtest --json',
  ]);
}

async function replay(frame: Frame, command: Command, paths: readonly string[]): Promise<number> {
  const flags = command.opts<ReplayFlags>();
  if (flags.backtest === true && flags.speed !== undefined)
    throw new UsageError('--speed and --backtest exclude each other');
  const config = await loadFor(frame, command);
  const deployedAtMs = flags.deployedAt ?? null;
  const { context } = frame;
  const { filesIn } = await import('../../app/rca/source-files.ts');
  filesIn(paths, context.cwd);
  if (flags.backtest === true) {
    const { readRecorded } = await import('../../app/watch/recorded-inputs.ts');
    const { backtest } = await import('../../app/backtest.ts');
    const { inputs } = await readRecorded({ paths, config, deployedAtMs }, context.cwd, context.clock);
    const report = backtest(inputs, config);
    if (flags.json === true) printJson(frame, { schemaVersion: 1, ...report });
    else print(frame, ...reportLines(report));
    if (report.cases.length === 0) return EXIT.inconclusive;
    return report.failed > 0 ? EXIT.asked : EXIT.fine;
  }
  const { runWatch } = await import('../../app/watch/index.ts');
  const options: WatchOptions = {
    headless: false,
    paths,
    once: false,
    json: flags.json === true,
    replay: true,
    deployedAtMs,
    speed: flags.speed ?? null,
    readOnly: false,
    dryRun: false,
    noState: false,
    config,
  };
  return exitCodeOf(await runWatch(options, context));
}

function reportLines({ cases, failed }: BacktestReport): readonly string[] {
  if (cases.length === 0) return ['no deployment inside the recording: name one with --deployed-at'];
  const lines = cases.map((one) => {
    const when = isoTime(one.deployedAtMs) ?? String(one.deployedAtMs);
    const fate = one.failedAfterMs === null ? one.phase : `Failed after ${durationText(one.failedAfterMs)}`;
    const ahead =
      one.foreseenAfterMs === null ? '' : `, asked after ${durationText(one.foreseenAfterMs)}: ${one.foreseen}`;
    const alone = one.autoAfterMs === null ? '' : `, enough for auto after ${durationText(one.autoAfterMs)}`;
    const cause = causesText(one.causes, one.pipeline, one.deployedAtMs + (one.failedAfterMs ?? 0));
    const began = cause === '' ? '' : `; cause: ${cause}`;
    return `${when}  ${visibleText(one.pipeline)}  ${visibleText(one.version)}  ${fate}${ahead}${alone}  ${visibleText(one.text.replace(/ \(replay\)$/, ''))}${began}`;
  });
  return [...lines, `${cases.length} ${cases.length === 1 ? 'deployment' : 'deployments'}, ${failed} failed`];
}

function moment(text: string): number {
  const atMs = /^\d+(\.\d+)?$/.test(text) ? epochToMs(Number(text)) : parseTimestamp(text, 0);
  if (!Number.isNaN(atMs)) return atMs;
  throw new InvalidArgumentError(`Expected a time such as 2026-03-02T14:00:00Z, found "${text}".`);
}
