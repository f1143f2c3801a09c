import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Deployment } from '../../core/model/deployment.ts';
import type { Risk } from '../../core/model/risk.ts';
import { RiskError } from '../../core/risk/risk-error.ts';
import { AssessError } from '../assess/assess-error.ts';
import { findFeatures, riskOf, type FeatureSearch } from '../assess/risk-of.ts';

/** Where a watch looks for what the risk model needs. */
export interface RiskPlaces {
  /** First model that is there. */
  readonly models: readonly string[];
  /** Features by pipeline, for deployments whose marker has none. */
  readonly features: string;
  /** Told once per distinct trouble. */
  readonly onTrouble: (text: string) => void;
}

/** Model and features of a working directory, with the shipped model as the fallback. */
export function riskPlaces(cwd: string, packageRoot: string, onTrouble: RiskPlaces['onTrouble']): RiskPlaces {
  const models = [cwd, packageRoot].map((folder) => join(folder, 'models', 'deployment-risk.json'));
  return { models, features: join(cwd, 'deployment_features.csv'), onTrouble };
}

/**
 * The risk of a deployment as the model sees it: by the features its marker announced, else by the pipeline's row in the
 * features file. Null, and the trouble told, where there are none or they do not fit: risk is advice, never a condition.
 */
export function createDeploymentRisk(places: RiskPlaces): (deployment: Deployment) => Risk | null {
  const told = new Set<string>();
  return (deployment) => {
    try {
      const search = searchOf(deployment, places.features);
      const model = places.models.find((path) => existsSync(path));
      return search === null || model === undefined ? null : riskOf(model, search);
    } catch (error) {
      if (!(error instanceof RiskError) && !(error instanceof AssessError)) throw error;
      if (!told.has(error.message)) places.onTrouble(`risk of ${deployment.id}: ${error.message}`);
      told.add(error.message);
      return null;
    }
  };
}

type Found = FeatureSearch & { readonly features: NonNullable<FeatureSearch['features']> };

function searchOf(deployment: Deployment, path: string): Found | null {
  if (deployment.features !== null) return { path: 'the deploy marker', features: deployment.features, rows: 1 };
  const search = findFeatures(path, deployment.pipeline, false);
  return search.features === null ? null : { ...search, features: search.features };
}
