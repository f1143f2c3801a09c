import { existsSync, readFileSync } from 'node:fs';
import type { Risk } from '../../core/model/risk.ts';
import type { FeatureVector } from '../../core/risk/feature.ts';
import { loadModel, predictRisk, type RiskModel } from '../../core/risk/model.ts';
import { reliabilityText } from '../../core/risk/reliability-text.ts';
import { RiskError } from '../../core/risk/risk-error.ts';
import { columnIndex, readTable } from '../risk/read-table.ts';
import { AssessError } from './assess-error.ts';

/** The features file, as far as it concerns one pipeline. */
export interface FeatureSearch {
  readonly path: string;
  /** Null when the file is not there or has no row of the pipeline. */
  readonly features: FeatureVector | null;
  /** Rows of pipelines in the file; null when it is not there. */
  readonly rows: number | null;
}

/**
 * The newest row of a pipeline in a features file. `required` = the operator named the file.
 *
 * @throws RiskError or AssessError for a file that cannot be read or has no `pipeline_id`
 */
export function findFeatures(path: string, pipeline: string, required: boolean): FeatureSearch {
  if (!existsSync(path)) {
    if (required) throw new AssessError(`Expected the deployment features in ${path}; it is not there.`);
    return { path, features: null, rows: null };
  }
  const table = readTable(path);
  const id = columnIndex(table, 'pipeline_id');
  const row = table.rows.findLast((one) => one[id]?.trim() === pipeline);
  if (row === undefined) return { path, features: null, rows: table.rows.length };
  const named = table.header.flatMap((name, index) => {
    const text = row[index]?.trim() ?? '';
    return index === id ? [] : [[name, text === '' || text.toLowerCase() === 'nan' ? null : text] as const];
  });
  return { path, features: Object.fromEntries(named), rows: table.rows.length };
}

/**
 * What the model says of the features.
 *
 * @throws RiskError `feature-mismatch` that names what the model expects and what was found, with the files' names
 */
export function riskOf(modelPath: string, search: FeatureSearch & { readonly features: FeatureVector }): Risk {
  return riskBy(readRiskModel(modelPath), modelPath, search);
}

/** As `riskOf`, with a model that was read before. Throws RiskError `feature-mismatch`. */
export function riskBy(
  model: RiskModel,
  modelPath: string,
  search: FeatureSearch & { readonly features: FeatureVector },
): Risk {
  try {
    const risk = predictRisk(model, search.features);
    return { ...risk, reliability: reliabilityText(model.file.evaluation, 'held-back') };
  } catch (error) {
    if (!(error instanceof RiskError)) throw error;
    throw new RiskError(error.code, `${search.path} does not fit the model ${modelPath}: ${error.message}`);
  }
}

/** Reads a model. Throws AssessError or RiskError that say what was expected in the file. */
export function readRiskModel(path: string): RiskModel {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const why =
      error instanceof SyntaxError ? 'it is not JSON' : error instanceof Error ? error.message : String(error);
    throw new AssessError(`Expected a risk model in ${path}; ${why}.`);
  }
  return loadModel(json);
}
