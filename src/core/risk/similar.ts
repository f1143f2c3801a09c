import type { Dataset } from './dataset.ts';
import { rowAt } from './dataset.ts';
import { attributeBlend } from './member.ts';
import type { RiskModel } from './model.ts';

/** A past deployment that resembles another for the reasons the model sees. */
export interface SimilarDeployment {
  /** Row in the data set. */
  readonly index: number;
  /** Distance between the two explanations, in log odds; 0 = the same. */
  readonly distance: number;
  readonly bad: boolean;
}

/** Only so many of the latest deployments are looked at, to keep it under a second. */
const LOOKED_AT = 2000;

/**
 * The past deployments whose explanations are nearest to this one's, nearest first.
 *
 * Two deployments are alike when the same features speak for and against them with the same weight; features the model
 * ignores do not count. O(rows × one explanation).
 */
export function similarDeployments(
  model: RiskModel,
  row: Float64Array,
  past: Dataset,
  count: number,
): readonly SimilarDeployment[] {
  const own = attributeBlend(model.members, row).contributions;
  const found: SimilarDeployment[] = [];
  for (let index = Math.max(0, past.rowCount - LOOKED_AT); index < past.rowCount; index++) {
    const other = attributeBlend(model.members, rowAt(past, index)).contributions;
    let squares = 0;
    for (let f = 0; f < own.length; f++) squares += (own[f]! - other[f]!) ** 2;
    found.push({ index, distance: Math.sqrt(squares), bad: past.labels[index] === 1 });
  }
  return found.sort((a, b) => a.distance - b.distance || b.index - a.index).slice(0, count);
}
