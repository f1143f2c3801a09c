import { checksum, canonicalJson } from './checksum.ts';
import { ENGINE_NAMES } from './engines/engine.ts';
import { MODEL_FORMAT, MODEL_SCHEMA_VERSION } from './model-file.ts';
import type { RiskModelFile } from './model-file.ts';
import { RiskError } from './risk-error.ts';

type Shape = 'string' | 'number' | 'object' | 'array' | ((value: unknown) => boolean);

const FIELDS: Readonly<Record<string, Shape>> = {
  name: 'string',
  version: 'string',
  engine: (value) => ENGINE_NAMES.some((name) => name === value),
  features: (value) => Array.isArray(value) && value.length > 0 && value.every(isFeature),
  members: (value) => Array.isArray(value) && value.length > 0 && value.every(isMember),
  calibration: (value) => hasNumbers(value, ['slope', 'intercept']),
  threshold: (value) => hasNumbers(value, ['probability']) && isRecord(value['rule']),
  baseRate: 'number',
  training: (value) => hasNumbers(value, ['rows', 'positives', 'fromMs', 'toMs', 'seed']),
  evaluation: (value) => value === null || hasNumbers(value, ['rows', 'positives', 'prAuc', 'brier', 'ece']),
  reference: (value) => Array.isArray(value) && value.every((entry) => hasNumbers(entry, ['missing'])),
};

/**
 * Checks that a parsed JSON document is a risk model this program can use.
 *
 * @throws RiskError `not-a-model`, `other-version` or `corrupted`, each naming what was expected and what was found
 */
export function checkModelFile(json: unknown): RiskModelFile {
  if (!isRecord(json) || json['format'] !== MODEL_FORMAT) {
    throw new RiskError(
      'not-a-model',
      `This is not a risk model: expected "format": "${MODEL_FORMAT}"; found ${shown(isRecord(json) ? json['format'] : json)}.`,
    );
  }
  if (json['schemaVersion'] !== MODEL_SCHEMA_VERSION) {
    throw new RiskError(
      'other-version',
      `The model has another schema version: expected ${MODEL_SCHEMA_VERSION}; found ${shown(json['schemaVersion'])}. Train it again with this version of rollwatch.`,
    );
  }
  for (const [field, shape] of Object.entries(FIELDS)) {
    if (!fits(json[field], shape)) {
      throw new RiskError('corrupted', `The model's "${field}" is damaged: found ${shown(json[field])}.`);
    }
  }
  const { checksum: found, ...content } = json;
  const expected = modelChecksum(content);
  if (found !== expected) {
    throw new RiskError(
      'corrupted',
      `The model was changed or damaged: its content gives checksum ${expected}; the file says ${shown(found)}.`,
    );
  }
  return json as unknown as RiskModelFile;
}

/** Fingerprint of a model's content without its `checksum`. */
export function modelChecksum(content: object): string {
  return checksum(canonicalJson(content));
}

function fits(value: unknown, shape: Shape): boolean {
  if (typeof shape === 'function') return shape(value);
  if (shape === 'array') return Array.isArray(value);
  if (shape === 'object') return isRecord(value);
  return shape === 'number' ? typeof value === 'number' && Number.isFinite(value) : typeof value === 'string';
}

function isFeature(value: unknown): boolean {
  if (!isRecord(value) || typeof value['name'] !== 'string') return false;
  return value['kind'] === 'number' || (value['kind'] === 'category' && Array.isArray(value['values']));
}

function isMember(value: unknown): boolean {
  if (!isRecord(value) || typeof value['weight'] !== 'number') return false;
  if (value['kind'] === 'forest') {
    const forest = value['forest'];
    return (
      isRecord(forest) &&
      hasNumbers(forest, ['trees']) &&
      Array.isArray(forest['thresholds']) &&
      typeof forest['nodes'] === 'string'
    );
  }
  const logistic = value['logistic'];
  return value['kind'] === 'logistic' && hasNumbers(logistic, ['intercept']) && Array.isArray(logistic['terms']);
}

function hasNumbers(value: unknown, names: readonly string[]): value is Record<string, unknown> {
  return isRecord(value) && names.every((name) => typeof value[name] === 'number' && Number.isFinite(value[name]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
