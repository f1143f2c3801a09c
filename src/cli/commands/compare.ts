import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { ComparedMetric, CompareReport, Scoring } from '../../app/compare/report.ts';
import type { Comparison } from '../../core/judge/compare/comparison.ts';
import { JUDGES, type JudgeName } from '../../core/judge/compare/judges.ts';
import { visibleText } from '../../core/model/visible.ts';
import { columns } from '../columns.ts';
import { addExamples } from '../examples.ts';
import { EXIT } from '../exit-code.ts';
import { positiveNumber } from '../flags.ts';
import { action, loadFor, print, printJson, type Frame } from '../frame.ts';
import { UsageError } from '../usage-error.ts';

interface CompareFlags {
  readonly control?: string;
  readonly experiment?: string;
  readonly metric: readonly string[];
  readonly critical: readonly string[];
  readonly judge: JudgeName;
  readonly nan: 'remove' | 'replace';
  readonly weights: Readonly<Record<string, number>>;
  readonly pass?: number;
  readonly marginal?: number;
  readonly json?: boolean;
}

/** `rollwatch compare`: does the experiment differ from the control where it counts? */
export function addCompare(program: Command, frame: Frame): void {
  const judges = Object.keys(JUDGES) as readonly JudgeName[];
  const command = program
    .command('compare')
    .description('compare control and experiment (A/B, canary): two metric logs, or JSON on stdin')
    .option('--control <file>', 'metric log of the old version')
    .option('--experiment <file>', 'metric log of the new version')
    .addOption(new Option('--metric <name...>', 'only these metrics').default([], 'all that both logs have'))
    .addOption(new Option('--critical <name...>', 'metrics whose failure fails the whole').default([], 'none'))
    .addOption(new Option('--judge <name>', 'how they are compared').choices(judges).default('default'))
    .addOption(
      new Option('--nan <strategy>', 'missing samples are removed or count as 0')
        .choices(['remove', 'replace'])
        .default('remove'),
    )
    .addOption(
      new Option('--weights <group=percent...>', 'weights of the groups (technical, business) in the score')
        .argParser(addWeight)
        .default({}, 'equal'),
    )
    .option('--pass <score>', 'score from which on the whole is Pass (default 95)', positiveNumber)
    .option('--marginal <score>', 'score from which on the whole is Marginal (default 75)', positiveNumber)
    .option('--json', 'print the result as JSON');
  command.action(action(frame, () => run(frame, command)));
  addExamples(command, [
    'rollwatch compare --control old.csv --experiment new.csv --critical error_rate',
    'echo \'{"control":[0,0,0,0],"experiment":[0,2,1,3]}\' | rollwatch compare --json',
  ]);
}

async function run(frame: Frame, command: Command): Promise<number> {
  const flags = command.opts<CompareFlags>();
  if (flags.control === undefined && flags.experiment === undefined) return runDocument(frame, flags);
  if (flags.control === undefined || flags.experiment === undefined) {
    throw new UsageError('--control and --experiment belong together: give both, or neither and JSON on stdin');
  }
  const { cwd, clock } = frame.context;
  const config = await loadFor(frame, command);
  const [{ compareLogs }, { DEFAULT_SCORING }] = await Promise.all([
    import('../../app/compare.ts'),
    import('../../app/compare/report.ts'),
  ]);
  const report = compareLogs({
    controlPath: resolve(cwd, flags.control),
    experimentPath: resolve(cwd, flags.experiment),
    metrics: flags.metric,
    critical: flags.critical,
    nanStrategy: flags.nan,
    judge: flags.judge,
    scoring: scoringOf(flags, DEFAULT_SCORING),
    specOf: config.settingsFor('', null).metrics,
    zoneOffsetMinutes: config.sources.value[0]?.zoneOffsetMinutes ?? 0,
    nowMs: clock.nowMs(),
  });
  return say(frame, flags, report);
}

/** Without files: one metric or several as JSON on stdin. */
async function runDocument(frame: Frame, flags: CompareFlags): Promise<number> {
  if (frame.context.stdin.isTTY) {
    throw new UsageError('give --control and --experiment, or JSON on stdin: {"control":[…],"experiment":[…]}');
  }
  const [{ readDocument }, { compareAll, DEFAULT_SCORING }] = await Promise.all([
    import('../../app/compare/document.ts'),
    import('../../app/compare/report.ts'),
  ]);
  const document = readDocument(readFileSync(0, 'utf8'), flags.judge);
  if (document.kind === 'several') {
    const scoring = scoringOf(flags, { ...DEFAULT_SCORING, ...document.scoring });
    return say(frame, flags, compareAll(document.metrics, flags.judge, scoring));
  }
  const result = JUDGES[flags.judge].compare(document.metric.input);
  if (flags.json === true) printJson(frame, { schemaVersion: 1, ...resultJson(result) });
  else print(frame, `${result.classification}${result.critical ? ', critical' : ''}: ${result.reason}`);
  if (result.classification === 'Pass') return EXIT.fine;
  return result.classification === 'Nodata' && !result.critical ? EXIT.inconclusive : EXIT.asked;
}

function say(frame: Frame, flags: CompareFlags, report: CompareReport): number {
  if (flags.json === true) printJson(frame, reportJson(report, flags.judge));
  else print(frame, ...reportLines(report));
  if (report.classification === 'Pass') return EXIT.fine;
  return report.classification === 'Fail' ? EXIT.asked : EXIT.inconclusive;
}

function reportJson({ classification, score, reason, groups, metrics }: CompareReport, judge: JudgeName): unknown {
  return {
    schemaVersion: 1,
    judge,
    classification,
    score,
    reason,
    groups,
    metrics: metrics.map(({ name, groups: of, result }) => ({ name, groups: of, ...resultJson(result) })),
  };
}

/** Numbers that JSON has no sign for become null. */
function resultJson({ classification, critical, deviation, estimate, ci, pValue, reason }: Comparison): object {
  const shown = Number.isFinite(deviation) ? deviation : null;
  return { classification, critical, deviation: shown, estimate, ci, pValue, reason };
}

function reportLines({ classification, score, reason, groups, metrics }: CompareReport): readonly string[] {
  return [
    `${classification}  score ${score} of 100: ${reason}`,
    ...groups.map((one) => `group  ${visibleText(one.group, 40)} ${round(one.score)}, weight ${round(one.weight)} %`),
    ...columns(metrics.map(metricRow)),
  ];
}

function metricRow({ name, result }: ComparedMetric): readonly string[] {
  const { classification, critical, reason } = result;
  return [`${classification}${critical ? ' (critical)' : ''}`, visibleText(name, 60), reason];
}

function scoringOf({ weights, pass, marginal }: CompareFlags, base: Scoring): Scoring {
  const scoring = {
    groupWeights: { ...base.groupWeights, ...weights },
    pass: pass ?? base.pass,
    marginal: marginal ?? base.marginal,
  };
  if (scoring.pass > 100) throw new UsageError(`--pass ${scoring.pass} is above 100: nothing could be Pass`);
  if (scoring.marginal > scoring.pass) throw new UsageError('--marginal is above --pass: nothing could be Marginal');
  return scoring;
}

function addWeight(text: string, before: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  const match = /^([^=]+)=(\d{1,3}(?:\.\d+)?)$/.exec(text);
  const percent = Number(match?.[2]);
  if (match === null || percent > 100) throw new InvalidArgumentError(`Expected group=percent, found "${text}".`);
  return { ...before, [match[1]!]: percent };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
