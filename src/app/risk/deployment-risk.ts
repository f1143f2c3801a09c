import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Deployment } from '../../core/model/deployment.ts';
import type { Risk } from '../../core/model/risk.ts';
import { toRow } from '../../core/risk/feature.ts';
import type { RiskModel } from '../../core/risk/model.ts';
import { pastDeployments } from '../../core/risk/records.ts';
import { RiskError } from '../../core/risk/risk-error.ts';
import type { StampedEvent } from '../../core/session/event.ts';
import { StoreError } from '../../store/store-error.ts';
import { AssessError } from '../assess/assess-error.ts';
import { findFeatures, readRiskModel, riskBy, type FeatureSearch } from '../assess/risk-of.ts';
import { ownPast, type OwnPast } from './own-past.ts';

/** Where a watch looks for what the risk model needs. */
export interface RiskPlaces {
  /** First model that is there. */
  readonly models: readonly string[];
  /** Features by pipeline, for deployments whose marker has none. */
  readonly features: string;
  /** What happened here before; asked for once, when the first risk is. */
  readonly events: () => readonly StampedEvent[];
  /** Told once per distinct trouble. */
  readonly onTrouble: (text: string) => void;
}

/** A model, and the past as it sees it; kept for a session, so that the same deployment has the same risk throughout. */
interface Judge {
  readonly model: RiskModel;
  readonly past: OwnPast;
}

/** Model and features of a working directory, with the shipped model as the fallback. */
export function riskPlaces(
  cwd: string,
  packageRoot: string,
  events: RiskPlaces['events'],
  onTrouble: RiskPlaces['onTrouble'],
): RiskPlaces {
  const models = [cwd, packageRoot].map((folder) => join(folder, 'models', 'deployment-risk.json'));
  return { models, features: join(cwd, 'deployment_features.csv'), events, onTrouble };
}

/**
 * The risk of a deployment as the model sees it: by the features its marker announced, else by the pipeline's row in the
 * features file, with its likes of the past and the model's reliability. Null, and the trouble told, where there are none or they do not fit: risk is advice, never a condition.
 */
export function createDeploymentRisk(places: RiskPlaces): (deployment: Deployment) => Risk | null {
  const told = new Set<string>();
  const judges = new Map<string, Judge>();
  const judgeOf = (path: string): Judge => {
    const known = judges.get(path);
    if (known !== undefined) return known;
    const model = readRiskModel(path);
    const judge = { model, past: ownPast(model, pastDeployments(places.events())) };
    judges.set(path, judge);
    return judge;
  };
  return (deployment) => {
    try {
      const search = searchOf(deployment, places.features);
      const path = places.models.find((one) => existsSync(one));
      if (search === null || path === undefined) return null;
      const { model, past } = judgeOf(path);
      const risk = riskBy(model, path, search);
      const similar = past.similar(toRow(model.file.features, search.features), deployment.atMs);
      return { ...risk, reliability: past.reliability, ...(similar.length > 0 && { similar }) };
    } catch (error) {
      if (!isTrouble(error)) throw error;
      if (!told.has(error.message)) places.onTrouble(`risk of ${deployment.id}: ${error.message}`);
      told.add(error.message);
      return null;
    }
  };
}

/** What may be wrong with a model, features or the records: told, and no reason to stop. */
function isTrouble(error: unknown): error is Error {
  return error instanceof RiskError || error instanceof AssessError || error instanceof StoreError;
}

type Found = FeatureSearch & { readonly features: NonNullable<FeatureSearch['features']> };

function searchOf(deployment: Deployment, path: string): Found | null {
  if (deployment.features !== null) return { path: 'the deploy marker', features: deployment.features, rows: 1 };
  const search = findFeatures(path, deployment.pipeline, false);
  return search.features === null ? null : { ...search, features: search.features };
}
