import type { Dataset } from '../../core/risk/dataset.ts';
import { countPositives, sliceRows } from '../../core/risk/dataset.ts';
import type { Drift } from '../../core/risk/drift.ts';
import { findDrift } from '../../core/risk/drift.ts';
import { measure } from '../../core/risk/measure.ts';
import type { Evaluation } from '../../core/risk/model-file.ts';
import type { RiskModel } from '../../core/risk/model.ts';
import { probabilities } from '../../core/risk/model.ts';
import { RiskError } from '../../core/risk/risk-error.ts';

/** How far a model can be believed in one place. */
export interface Reliability {
  /** Null when there are fewer than ten good or ten bad deployments to judge it by. */
  readonly evaluation: Evaluation | null;
  readonly baseRateHere: number | null;
  /** Features whose values here are not those of the training, worst first. */
  readonly drift: readonly Drift[];
  readonly notes: readonly string[];
}

const FEWEST = 10;

/** The columns of a data set in the order of a model's features. @throws RiskError `feature-mismatch` */
export function fitToModel(model: RiskModel, data: Dataset): Dataset {
  const places = new Map(data.features.map((feature, f) => [feature.name, f]));
  const columns = model.file.features.map((feature) => {
    const place = places.get(feature.name);
    if (place !== undefined) return data.columns[place]!;
    throw new RiskError(
      'feature-mismatch',
      `The model ${model.file.name} expects the feature "${feature.name}"; found ${[...places.keys()].join(', ')}.`,
    );
  });
  return { ...data, features: model.file.features, columns };
}

/**
 * Measures a model on labelled deployments: on those after its training where there are enough, else on all, and says so.
 */
export function reliabilityOf(model: RiskModel, all: Dataset): Reliability {
  const data = fitToModel(model, all);
  const { toMs, fromMs, seed } = model.file.training;
  const first = data.atMs.findIndex((atMs) => atMs > toMs);
  const later = first === -1 ? null : sliceRows(data, first, data.rowCount);
  const notes: string[] = [];
  let judged = data;
  let protocol = 'all deployments given';
  if (later !== null && enough(later)) {
    judged = later;
    protocol = 'deployments after the training';
  } else if (data.atMs.some((atMs) => atMs >= fromMs && atMs <= toMs)) {
    notes.push(
      'Deployments from the time of the training are among them: if the model learned from these, the numbers flatter it.',
    );
  }
  const drift = findDrift(
    model.file.features.map((feature) => feature.name),
    model.file.reference,
    data.columns,
  );
  if (!enough(judged)) {
    notes.push(`Fewer than ${FEWEST} good or bad deployments are known here: how well the model does is not known.`);
    return { evaluation: null, baseRateHere: rate(data), drift, notes };
  }
  const evaluation = measure(probabilities(model, judged.columns), judged, protocol, seed);
  if (evaluation.auc.low <= 0.5) notes.push('The model may know nothing here: its AUC interval reaches 0.5.');
  return { evaluation, baseRateHere: rate(data), drift, notes };
}

function enough(data: Dataset): boolean {
  const positives = countPositives(data);
  return positives >= FEWEST && data.rowCount - positives >= FEWEST;
}

function rate(data: Dataset): number | null {
  return data.rowCount === 0 ? null : countPositives(data) / data.rowCount;
}
