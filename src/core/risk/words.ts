import type { FeatureSpec } from './feature.ts';
import { changeWords } from './words/change.ts';
import { deploymentWords } from './words/deployment.ts';
import { pipelineWords } from './words/pipeline.ts';
import type { Wording } from './words/wording.ts';
import { compact } from './words/wording.ts';

const WORDINGS: Readonly<Record<string, Wording>> = { ...deploymentWords, ...changeWords, ...pipelineWords };

/** A feature's value in words: "2 of its tasks failed"; features nobody described are shown as `name = value`. */
export function reasonText(feature: FeatureSpec, value: number | null): string {
  if (value === null) return `${feature.name} is not known`;
  if (feature.kind === 'category') return `${feature.name} is ${feature.values[value] ?? value}`;
  const wording = WORDINGS[feature.name];
  return wording === undefined ? `${feature.name} = ${compact(value)}` : wording(value);
}
