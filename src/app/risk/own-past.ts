import type { SimilarPast } from '../../core/model/risk.ts';
import type { Dataset } from '../../core/risk/dataset.ts';
import { sliceRows } from '../../core/risk/dataset.ts';
import type { RiskModel } from '../../core/risk/model.ts';
import type { NamedRecord } from '../../core/risk/records.ts';
import { reliabilityText } from '../../core/risk/reliability-text.ts';
import { similarDeployments } from '../../core/risk/similar.ts';
import { reliabilityOf } from './reliability.ts';

/** So many of the latest are compared: an explanation of each is made while the screen waits. */
const COMPARED = 200;
const SHOWN = 3;

/** Past deployments of this place as one model sees them. */
export interface OwnPast {
  /** The most similar that ended before a moment, nearest first. */
  similar(row: Float64Array, beforeMs: number): readonly SimilarPast[];
  /** In words, measured here where enough is known, else as the model's card has it. */
  readonly reliability: string;
}

/** Looks at the records that have every feature of the model; the others say nothing about it. */
export function ownPast(model: RiskModel, records: readonly NamedRecord[]): OwnPast {
  const { features, evaluation } = model.file;
  const known = records.filter((record) => features.every(({ name }) => name in record.features));
  const data: Dataset = {
    features,
    rowCount: known.length,
    columns: features.map(({ name }) => Float64Array.from(known, (record) => record.features[name]!)),
    labels: Uint8Array.from(known, (record) => Number(record.bad)),
    atMs: Float64Array.from(known, (record) => record.atMs),
  };
  const here = reliabilityOf(model, data).evaluation;
  return {
    reliability: here === null ? reliabilityText(evaluation, 'held-back') : reliabilityText(here, 'here'),
    similar(row, beforeMs) {
      const end = data.atMs.findIndex((atMs) => atMs >= beforeMs);
      const to = end === -1 ? data.rowCount : end;
      const from = Math.max(0, to - COMPARED);
      return similarDeployments(model, row, sliceRows(data, from, to), SHOWN).map(({ index, bad }) => {
        const { pipeline, version, atMs } = known[from + index]!;
        return { what: `${pipeline} ${version}`, atMs, bad };
      });
    },
  };
}
