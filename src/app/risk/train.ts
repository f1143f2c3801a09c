import type { Dataset } from '../../core/risk/dataset.ts';
import type { EngineName } from '../../core/risk/engines/engine.ts';
import { evaluateByTime } from '../../core/risk/evaluate.ts';
import type { Member } from '../../core/risk/member.ts';
import type { RiskModelFile } from '../../core/risk/model-file.ts';
import type { RiskModel } from '../../core/risk/model.ts';
import { standardSettings } from '../../core/risk/recipe.ts';
import type { ThresholdRule } from '../../core/risk/threshold.ts';
import type { ModelIdentity } from '../../core/risk/train.ts';
import { checkTrainable, trainModel } from '../../core/risk/train.ts';

/** What `risk train` was told. */
export interface TrainRequest {
  readonly data: Dataset;
  readonly engine: EngineName;
  readonly seed: number;
  readonly rule: ThresholdRule;
  /** Days until a label is known; kept free between what is learned from and what is judged on. */
  readonly embargoDays: number;
  readonly identity: ModelIdentity;
  /** A model learned elsewhere to start from. */
  readonly prior: RiskModel | null;
}

/** A trained model, and what became of the prior. */
export interface TrainResult {
  readonly file: RiskModelFile;
  readonly notes: readonly string[];
}

/** Measures on later rows held back, then trains on everything. @throws RiskError when there is too little to learn from */
export function trainFrom(request: TrainRequest): TrainResult {
  const { data, engine, seed, rule, embargoDays, identity, prior } = request;
  checkTrainable(data);
  const notes: string[] = [];
  const members = prior === null ? null : priorMembers(prior, data, notes);
  const settings = { ...standardSettings(data, engine, seed), prior: members };
  const evaluation = evaluateByTime(data, null, settings, { testShare: 0.3, embargoDays });
  if (evaluation === null)
    notes.push('Too few bad deployments to hold some back: how well the model does is not known.');
  const text =
    members === null
      ? identity
      : { ...identity, note: `${identity.note} Fine-tuned from ${prior!.file.name} ${prior!.file.version}.` };
  return { file: trainModel(data, null, settings, rule, text, evaluation), notes };
}

/** The prior's members when it speaks of the same features; else none, and a note. */
function priorMembers(prior: RiskModel, data: Dataset, notes: string[]): readonly Member[] | null {
  const wanted = data.features.map((feature) => feature.name).join();
  if (prior.file.features.map((feature) => feature.name).join() === wanted) return prior.members;
  notes.push(`The pretrained model ${prior.file.name} speaks of other features and was not used.`);
  return null;
}
