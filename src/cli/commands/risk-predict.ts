import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Prediction } from '../../app/risk/predict.ts';
import { isoTime } from '../../core/model/time.ts';
import type { Risk } from '../../core/model/risk.ts';
import { addExamples } from '../examples.ts';
import { positiveNumber } from '../flags.ts';
import { action, print, printJson, type Frame } from '../frame.ts';
import { progressLine } from '../progress.ts';
import { UsageError } from '../usage-error.ts';

interface PredictFlags {
  readonly model?: string;
  readonly repo?: string;
  readonly from?: string;
  readonly to: string;
  readonly days: number;
  readonly features?: string;
  readonly pipeline?: string;
  readonly label?: string;
  readonly json?: boolean;
}

/** `rollwatch risk predict`: probability and label. */
export function addRiskPredict(parent: Command, frame: Frame): void {
  const command = addFlags(
    parent.command('predict').description('how risky a deployment is: label, probability, main reasons'),
  );
  command.action(
    action(frame, async () => {
      const flags = command.opts<PredictFlags>();
      const { risk, notes } = await predict(frame, flags);
      if (flags.json === true)
        printJson(frame, { schemaVersion: 1, ...risk, reasons: risk.reasons.slice(0, 5), notes });
      else print(frame, ...headLines(risk), ...reasonLines(risk, 3), ...notes.map((note) => `note         ${note}`));
      return 0;
    }),
  );
  addExamples(command, [
    'rollwatch risk predict --repo . --from v41 --to v42',
    'rollwatch risk predict --features deployment_features.csv --pipeline pipe-risky456 --json',
  ]);
}

/** `rollwatch risk explain`: every feature's part, similar past deployments, how far the model can be believed. */
export function addRiskExplain(parent: Command, frame: Frame): void {
  const command = addFlags(
    parent.command('explain').description('why a deployment is risky, and how far to believe it'),
  );
  command.action(
    action(frame, async () => {
      const flags = command.opts<PredictFlags>();
      const { risk, similar, reliability, notes } = await predict(frame, flags);
      if (flags.json === true) {
        const past = similar.map(({ atMs, ...one }) => ({ ...one, at: atMs === null ? null : isoTime(atMs) }));
        printJson(frame, { schemaVersion: 1, ...risk, similar: past, reliability, notes });
        return 0;
      }
      print(frame, ...headLines(risk), ...scoreLines(risk), ...reasonLines(risk, risk.reasons.length));
      for (const { what, atMs, bad } of similar) {
        print(
          frame,
          `similar      ${day(atMs)}${bad ? (flags.repo === undefined ? 'went bad' : 'reverted') : 'stayed  '}  ${what.slice(0, 70)}`,
        );
      }
      const measured = reliability?.evaluation;
      if (measured !== null && measured !== undefined) {
        const { auc, rows, positives } = measured;
        print(
          frame,
          `reliability  AUC ${auc.value} here (95 % interval ${auc.low} to ${auc.high}; ${rows} deployments, ${positives} bad)`,
        );
      } else if (risk.reliability !== undefined) print(frame, `reliability  ${risk.reliability}`);
      print(frame, ...notes.map((note) => `note         ${note}`));
      return 0;
    }),
  );
  addExamples(command, [
    'rollwatch risk explain --repo . --to HEAD',
    'rollwatch risk explain --features runs.csv --label failed --model own.json',
  ]);
}

function addFlags(command: Command): Command {
  return command
    .option('--model <file>', 'model to ask (default: change-risk with --repo, deployment-risk with --features)')
    .option('--repo <dir>', 'the deployment is in this git repository')
    .option('--from <rev>', 'with --repo: what was deployed before (default: the parent of --to)')
    .option('--to <rev>', 'with --repo: what is deployed', 'HEAD')
    .option('--days <n>', 'with --repo: reverted within so many days is bad', positiveNumber, 14)
    .option('--features <file>', 'the deployment is a row of this CSV file')
    .option('--pipeline <id>', 'with --features: the last row of this pipeline (default: the last row)')
    .option('--label <column>', 'with --features: 1 = the row went bad, 0 = it did not; shows similar ones before')
    .option('--json', 'print JSON');
}

async function predict(frame: Frame, flags: PredictFlags): Promise<Prediction> {
  const { cwd, packageRoot } = frame.context;
  const { readModel } = await import('../../app/risk/model-files.ts');
  const { predictFromGit, predictFromTable } = await import('../../app/risk/predict.ts');
  if ((flags.repo === undefined) === (flags.features === undefined)) {
    throw new UsageError('Expected --repo DIR or --features FILE, and only one of them.');
  }
  const shipped = flags.repo === undefined ? 'deployment-risk.json' : 'change-risk.json';
  const model = readModel(flags.model === undefined ? join(packageRoot, 'models', shipped) : resolve(cwd, flags.model));
  if (flags.repo === undefined) {
    const question = { pipeline: flags.pipeline ?? null, label: flags.label ?? null };
    return predictFromTable(model, resolve(cwd, flags.features!), question);
  }
  if (flags.label !== undefined) throw new UsageError('--label is a column of --features; a history has its own.');
  const { readLabelled } = await import('../../app/risk/git-history.ts');
  const repository = resolve(cwd, flags.repo);
  const progress = progressLine(frame.context, 'reading changes');
  const labelled = await readLabelled(repository, flags.to, flags.days, progress.update).finally(progress.done);
  return predictFromGit(model, repository, flags.from ?? null, flags.to, labelled);
}

function day(atMs: number | null): string {
  const time = atMs === null ? null : isoTime(atMs);
  return time === null ? '' : `${time.slice(0, 10)} `;
}

function headLines(risk: Risk): readonly string[] {
  return [
    `risk         ${risk.label}  ${percent(risk.probability)} (base rate ${percent(risk.baseRate)}, HIGH from ${percent(risk.thresholdProbability)})`,
    `model        ${risk.model}`,
  ];
}

function scoreLines(risk: Risk): readonly string[] {
  const sum = risk.reasons.reduce((total, reason) => total + reason.contribution, 0);
  return [
    `score        ${signed(risk.rawScore)} log odds = ${signed(risk.bias)} to begin with, ${signed(sum)} from the features`,
  ];
}

function reasonLines(risk: Risk, count: number): readonly string[] {
  return risk.reasons.slice(0, count).map(({ contribution, text }) => `${signed(contribution).padStart(11)}  ${text}`);
}

function signed(value: number): string {
  return `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(3)}`;
}

function percent(ratio: number): string {
  return `${(ratio * 100).toFixed(1)} %`;
}
