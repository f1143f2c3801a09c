import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import type { DetectedRow } from '../../app/detect.ts';
import type { LoadedConfig } from '../../config/load.ts';
import type { TrainingJob } from '../../app/train-lstm/job.ts';
import type { DetectorState } from '../../core/detectors/detector.ts';
import { JOINT_DETECTORS, type JointName } from '../../core/detectors/joint.ts';
import { detectors } from '../../core/detectors/registry.ts';
import { isoTime } from '../../core/model/time.ts';
import { addExamples } from '../examples.ts';
import { action, loadFor, type Frame } from '../frame.ts';
import { progressLine } from '../progress.ts';

interface DetectFlags {
  readonly detector: string;
  readonly format: 'csv' | 'json';
}

const ROWS_PER_WRITE = 1000;
/** `rollwatch detect`: what one detector says of every sample of a log. */
export function addDetect(program: Command, frame: Frame): void {
  const command = program
    .command('detect')
    .description('score every sample of metric logs with one detector')
    .argument('<files...>', 'metric logs')
    .addOption(
      new Option('--detector <name>', 'which one; the joint ones score all metrics of a pipeline together')
        .choices([...Object.keys(detectors), ...Object.keys(JOINT_DETECTORS)])
        .default('ensemble'),
    )
    .addOption(new Option('--format <format>', 'how rows are written').choices(['csv', 'json']).default('csv'));
  command.action(action(frame, (files: readonly string[]) => run(frame, command, files)));
  addExamples(command, [
    'rollwatch detect monitor_logs/metrics_checkout.csv --detector novelty',
    'rollwatch detect monitor_logs/*.csv --format json',
    'rollwatch detect monitor_logs/metrics_checkout.csv --detector lstm   # trains on the first half of every series',
    'rollwatch detect monitor_logs/metrics_checkout.csv --detector joint-change   # one score for all metrics, trained on the first half; joint-forest is another',
  ]);
}

async function run(frame: Frame, command: Command, files: readonly string[]): Promise<number> {
  const flags = command.opts<DetectFlags>();
  const { cwd, clock, stdout } = frame.context;
  const config = await loadFor(frame, command);
  const reading = {
    paths: files.map((file) => resolve(cwd, file)),
    zoneOffsetMinutes: config.sources.value[0]?.zoneOffsetMinutes ?? 0,
    nowMs: clock.nowMs(),
  };
  const [{ detect, LEAST_TRAINED }, { detectJointly }] = await Promise.all([
    import('../../app/detect.ts'),
    import('../../app/detect-jointly.ts'),
  ]);
  const perSeries = isJoint(flags.detector)
    ? detectJointly({ ...reading, detector: flags.detector })
    : detect({
        ...reading,
        detector: flags.detector,
        parametersOf: (pipeline) => parametersOf(config, pipeline, flags.detector),
        specOf: (pipeline, metric) => config.settingsFor(pipeline, null).metrics(metric),
        train: flags.detector === 'lstm' ? (job, name) => train(frame, job, name) : null,
        onUntrained: (series, samples) => sayUntrained(frame, series, samples, LEAST_TRAINED),
      });
  const json = flags.format === 'json';
  let lines: string[] = json ? [] : ['timestamp,series,value,anomaly_score,label'];
  let before = json ? '[\n' : '';
  const flush = (): void => {
    if (lines.length === 0) return;
    stdout.write(before + lines.join(json ? ',\n' : '\n'));
    before = json ? ',\n' : '\n';
    lines = [];
  };
  for await (const rows of perSeries) {
    for (const row of rows) {
      lines.push(json ? jsonText(row) : csvLine(row));
      if (lines.length >= ROWS_PER_WRITE) flush();
    }
  }
  flush();
  stdout.write(json ? '\n]\n' : '\n');
  return 0;
}

/** What the configuration says of the detector for a pipeline: the scores are those of a watch. */
function parametersOf(config: LoadedConfig, pipeline: string, detector: string): Readonly<Record<string, number>> {
  const { detectors: chosen } = config.settingsFor(pipeline, null).analysis;
  return chosen.find(({ name }) => name === detector)?.parameters ?? {};
}

function sayUntrained({ context }: Frame, series: string, samples: number, least: number): void {
  context.stderr.write(
    `rollwatch: ${series} is too short to train on: its first half has ${samples} samples, ${least} are needed; not scored\n`,
  );
}

function isJoint(name: string): name is JointName {
  return Object.hasOwn(JOINT_DETECTORS, name);
}

async function train(frame: Frame, job: TrainingJob, series: string): Promise<DetectorState> {
  const { trainLstm } = await import('../../app/train-lstm/index.ts');
  const progress = progressLine(frame.context, `training on ${series}: window`);
  return trainLstm(job, ({ done, all }) => progress.update(done, all)).finally(progress.done);
}

function csvLine({ atMs, series, value, score, raised }: DetectedRow): string {
  const name = /[",\n]/.test(series) ? `"${series.replaceAll('"', '""')}"` : series;
  return `${isoTime(atMs) ?? ''},${name},${Number.isFinite(value) ? value : ''},${rounded(score)},${raised ? 1 : 0}`;
}

/** An array with one object a line: readable as a whole, and line by line. */
function jsonText({ atMs, series, value, score, raised }: DetectedRow): string {
  return JSON.stringify({
    timestamp: isoTime(atMs),
    series,
    value: Number.isFinite(value) ? value : null,
    anomaly_score: rounded(score),
    label: raised ? 1 : 0,
  });
}

function rounded(score: number): number {
  return Math.round(score * 1e6) / 1e6;
}
