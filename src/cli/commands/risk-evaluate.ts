import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { addExamples } from '../examples.ts';
import { action, print, printJson, type Frame } from '../frame.ts';
import { addSourceFlags, readSource, type SourceFlags } from '../risk-source.ts';

/** `rollwatch risk evaluate`: how well a model does on deployments whose outcome is known. */
export function addRiskEvaluate(parent: Command, frame: Frame): void {
  const command = addSourceFlags(
    parent.command('evaluate').description('measure a model on past deployments; shows where their features drifted'),
  )
    .option('--model <file>', 'model to measure (default: the shipped change-risk model)')
    .option('--json', 'print JSON');
  command.action(action(frame, () => run(frame, command)));
  addExamples(command, [
    'rollwatch risk evaluate --repo .',
    'rollwatch risk evaluate --model own.json --table runs.csv --label failed',
  ]);
}

async function run(frame: Frame, command: Command): Promise<number> {
  const flags = command.opts<SourceFlags & { model?: string; json?: boolean }>();
  const { cwd, packageRoot } = frame.context;
  const { readModel } = await import('../../app/risk/model-files.ts');
  const { reliabilityOf } = await import('../../app/risk/reliability.ts');
  const path = flags.model === undefined ? join(packageRoot, 'models', 'change-risk.json') : resolve(cwd, flags.model);
  const model = readModel(path);
  const source = await readSource(frame, command, flags);
  const { evaluation, baseRateHere, drift, notes } = reliabilityOf(model, source.data);
  const name = `${model.file.name} ${model.file.version}`;
  if (flags.json === true) {
    printJson(frame, {
      schemaVersion: 1,
      model: name,
      evaluation,
      baseRate: baseRateHere,
      trainingBaseRate: model.file.baseRate,
      drift,
      notes,
    });
    return 0;
  }
  print(frame, `model        ${name}`);
  if (evaluation !== null) {
    const { rows, positives, auc, prAuc, brier, ece, protocol } = evaluation;
    print(
      frame,
      `measured on  ${protocol}: ${rows}, of which ${positives} bad`,
      `ROC-AUC      ${auc.value} (95 % interval ${auc.low} to ${auc.high})`,
      `PR-AUC       ${prAuc} (base rate ${(positives / rows).toFixed(4)})`,
      `Brier        ${brier}`,
      `calibration  error ${ece}`,
    );
  }
  print(
    frame,
    ...drift.slice(0, 5).map((one) => `drift        ${one.feature} (stability index ${one.stability.toFixed(2)})`),
  );
  print(frame, ...notes.map((note) => `note         ${note}`));
  return 0;
}
