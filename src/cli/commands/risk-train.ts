import { join, resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { ENGINE_NAMES, type EngineName } from '../../core/risk/engines/engine.ts';
import type { ThresholdRule } from '../../core/risk/threshold.ts';
import { addExamples } from '../examples.ts';
import { positiveNumber, wholeNumber } from '../flags.ts';
import { action, print, printJson, type Frame } from '../frame.ts';
import { addSourceFlags, readSource, type SourceFlags } from '../risk-source.ts';
import { UsageError } from '../usage-error.ts';

interface TrainFlags extends SourceFlags {
  readonly out: string;
  readonly engine: EngineName;
  readonly seed: number;
  readonly name: string;
  readonly highShare?: number;
  readonly missCost?: number;
  /** A file, or false with --no-prior. */
  readonly prior?: string | false;
  readonly json?: boolean;
}

/** `rollwatch risk train`: a model of one's own, from a history, a table or rollwatch's records. */
export function addRiskTrain(parent: Command, frame: Frame): void {
  const command = addSourceFlags(
    parent.command('train').description('learn from past deployments; writes the model and its card'),
  )
    .option('--out <file>', 'model to write', 'rollwatch-risk.json')
    .option('--name <name>', 'name of the model', 'own-risk')
    .addOption(new Option('--engine <name>', 'random forest').choices(ENGINE_NAMES).default('histogram-forest'))
    .option('--seed <n>', 'same seed, same model', wholeNumber, 1)
    .option('--high-share <share>', 'HIGH = the riskiest share of past deployments (default 0.2)', positiveNumber)
    .option('--miss-cost <n>', 'HIGH from 1 / (1 + n): a missed bad deployment costs n needless alarms', positiveNumber)
    .option('--prior <file>', 'model to start from (default with --repo: the shipped change-risk model)')
    .option('--no-prior', 'learn from scratch')
    .option('--json', 'print JSON');
  command.action(action(frame, () => run(frame, command)));
  addExamples(command, [
    'rollwatch risk train --repo . --out models/own.json',
    'rollwatch risk train --table runs.csv --label failed --time at_ms --miss-cost 5',
  ]);
}

async function run(frame: Frame, command: Command): Promise<number> {
  const flags = command.opts<TrainFlags>();
  const { cwd, packageRoot } = frame.context;
  const { checkWritable, readModel, writeModel } = await import('../../app/risk/model-files.ts');
  const { trainFrom } = await import('../../app/risk/train.ts');
  const out = resolve(cwd, flags.out);
  checkWritable(out);
  const rule = ruleOf(flags);
  const source = await readSource(frame, command, flags);
  const shipped = source.kind === 'git' ? join(packageRoot, 'models', 'change-risk.json') : null;
  const priorPath =
    typeof flags.prior === 'string' ? resolve(cwd, flags.prior) : flags.prior === false ? null : shipped;
  const { file, notes } = trainFrom({
    data: source.data,
    engine: flags.engine,
    seed: flags.seed,
    rule,
    embargoDays: source.embargoDays,
    prior: priorPath === null ? null : readModel(priorPath),
    identity: {
      name: flags.name,
      version: String(source.data.rowCount),
      source: source.text,
      label: source.label,
      note: 'Learned from your own deployments.',
    },
  });
  writeModel(out, file);
  const { rows, positives } = file.training;
  if (flags.json === true) {
    printJson(frame, {
      schemaVersion: 1,
      out,
      rows,
      positives,
      baseRate: file.baseRate,
      threshold: file.threshold,
      evaluation: file.evaluation,
      notes,
    });
    return 0;
  }
  print(frame, `learned from ${rows} deployments, ${positives} of them bad; wrote ${flags.out}`);
  if (file.evaluation !== null) {
    const { auc, ece } = file.evaluation;
    print(
      frame,
      `on later ones held back: AUC ${auc.value} (95 % interval ${auc.low} to ${auc.high}), calibration error ${ece}`,
    );
  }
  print(frame, ...notes.map((note) => `note: ${note}`));
  return 0;
}

function ruleOf({ highShare, missCost }: TrainFlags): ThresholdRule {
  if (highShare !== undefined && missCost !== undefined) {
    throw new UsageError('Expected --high-share or --miss-cost; found both.');
  }
  if (highShare !== undefined && highShare >= 1)
    throw new UsageError(`--high-share: expected a share below 1; found ${highShare}.`);
  return missCost === undefined ? { kind: 'share', share: highShare ?? 0.2 } : { kind: 'cost', missed: missCost };
}
