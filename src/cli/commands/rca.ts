import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import type { RcaAnswer } from '../../app/rca.ts';
import type { LoadedConfig } from '../../config/load.ts';
import { numberText } from '../../core/model/value-text.ts';
import { isoTime } from '../../core/model/time.ts';
import { visibleText } from '../../core/model/visible.ts';
import type { Suspect } from '../../core/rca/rank.ts';
import type { CallGraph } from '../../core/rca/series.ts';
import { parseTimestamp } from '../../parsers/timestamp.ts';
import { columns } from '../columns.ts';
import { addExamples } from '../examples.ts';
import { durationMs } from '../flags.ts';
import { action, loadFor, print, printJson, type Frame } from '../frame.ts';
import { UsageError } from '../usage-error.ts';

interface RcaFlags {
  readonly at: string;
  readonly graph?: string;
  readonly target?: string;
  readonly before: number;
  readonly window: number;
  readonly json?: boolean;
}

/** Below this a score is that of an ordinary quarter of an hour. */
const FAINT = 0.5;
/** How many suspects, and metrics of each, a person is shown. */
const SHOWN = 5;
const METRICS_SHOWN = 3;

/** `rollwatch rca`: which service and metric an incident began with. */
export function addRca(program: Command, frame: Frame): void {
  const command = program
    .command('rca')
    .description('rank services and metrics by how likely they are the root cause of an incident')
    .argument('[files...]', 'metric logs, one service each; those of the configured sources if none is given')
    .requiredOption('--at <time>', 'when the incident began, ISO 8601 or Unix time')
    .option(
      '--graph <file>',
      'who calls whom: JSON {"caller": ["callee"]}, or CSV source,target or a matrix (default: calls of the configuration)',
    )
    .option('--target <service[:metric]>', 'where it was noticed')
    .addOption(lengthOption('--before <duration>', 'how much before is taken as normal', 86_400_000, '24h'))
    .addOption(lengthOption('--window <duration>', 'how much after is taken as the incident', 900_000, '15m'))
    .option('--json', 'print the ranking as JSON');
  command.action(action(frame, (files: readonly string[]) => run(frame, command, files)));
  addExamples(command, [
    'rollwatch rca monitor_logs/*.csv --at 2026-03-02T14:00:00Z',
    'rollwatch rca logs/*.csv --at 2026-03-02T09:00:00Z --graph calls.json --target shop:latency --json',
  ]);
}

function lengthOption(flags: string, description: string, defaultMs: number, written: string): Option {
  return new Option(flags, description).argParser(durationMs).default(defaultMs, written);
}

async function run(frame: Frame, command: Command, files: readonly string[]): Promise<number> {
  const flags = command.opts<RcaFlags>();
  const { cwd, clock } = frame.context;
  const atMs = parseTimestamp(flags.at, 0);
  if (Number.isNaN(atMs))
    throw new UsageError(`--at ${JSON.stringify(flags.at)}: expected a time such as 2026-03-02T09:00:00Z`);
  const config = await loadFor(frame, command);
  const [{ findCause }, { sourceFiles }] = await Promise.all([
    import('../../app/rca.ts'),
    import('../../app/rca/source-files.ts'),
  ]);
  const paths = files.length > 0 ? files.map((file) => resolve(cwd, file)) : sourceFiles(config.sources.value, cwd);
  const answer = findCause({
    paths,
    atMs,
    beforeMs: flags.before,
    windowMs: flags.window,
    graph: flags.graph === undefined ? configuredCalls(config) : resolve(cwd, flags.graph),
    target: flags.target ?? null,
    specOf: (service, metric) => config.settingsFor(service, null).metrics(metric),
    zoneOffsetMinutes: config.sources.value[0]?.zoneOffsetMinutes ?? 0,
    nowMs: clock.nowMs(),
  });
  if (flags.json === true) printJson(frame, answerJson(answer));
  else print(frame, ...answerLines(answer));
  return 0;
}

/** `calls:` of the configuration; null where there is none. */
function configuredCalls({ calls }: LoadedConfig): CallGraph | null {
  return calls.value.size === 0 ? null : calls.value;
}

function answerJson({ atMs, target, services, series, suspects }: RcaAnswer): unknown {
  return {
    schemaVersion: 1,
    at: isoTime(atMs),
    target,
    services,
    series,
    suspects: suspects.map((suspect, i) => ({
      rank: i + 1,
      service: suspect.service,
      score: round(suspect.score),
      onset: suspect.onsetMs === null ? null : isoTime(suspect.onsetMs),
      onPath: suspect.onPath,
      explains: suspect.explains,
      explainedBy: suspect.explainedBy,
      metrics: suspect.metrics.slice(0, SHOWN).map(({ onsetMs, score, ...metric }) => ({
        ...metric,
        score: round(score),
        onset: onsetMs === null ? null : isoTime(onsetMs),
      })),
    })),
  };
}

function answerLines({ atMs, services, series, suspects }: RcaAnswer): readonly string[] {
  const head = `incident  ${isoTime(atMs) ?? ''}, ${series} series of ${services} services`;
  if (suspects.length === 0) return [head, 'cause     none: nothing changed'];
  const rows = suspects.slice(0, SHOWN).map((suspect, i) => {
    const onset = suspect.onsetMs === null ? '–' : (isoTime(suspect.onsetMs)?.slice(11, 19) ?? '–');
    return [`${i + 1}`, visibleText(suspect.service, 60), round(suspect.score).toFixed(2), onset, why(suspect)];
  });
  const note = suspects[0]!.score < FAINT ? ['note      nothing stands out: such changes are there at any time'] : [];
  const more = suspects.length > SHOWN ? [`and ${suspects.length - SHOWN} more`] : [];
  return [head, ...columns([['#', 'service', 'score', 'since', 'because'], ...rows]), ...more, ...note];
}

function why({ metrics, explains, explainedBy }: Suspect): string {
  const changed = metrics.filter(({ score }) => score > 0).slice(0, METRICS_SHOWN);
  const said = changed.map(({ metric, expected, observed, caller }) => {
    const by = caller === null ? '' : ` as ${visibleText(caller, 40)} sees it`;
    return `${visibleText(metric, 60)} ${numberText(observed)} (usually ${numberText(expected)})${by}`;
  });
  const names = explains.slice(0, METRICS_SHOWN).map((name) => visibleText(name, 40));
  const explained = names.length === 0 ? [] : [`explains ${names.join(', ')}`];
  const deeper = explainedBy === null ? [] : [`explained by ${visibleText(explainedBy, 40)}`];
  return [said.join(', '), ...explained, ...deeper].join('; ');
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
