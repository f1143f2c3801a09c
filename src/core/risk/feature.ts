import { RiskError } from './risk-error.ts';

/** One input of a model. Categories are coded by their place in `values`; others are missing. */
export type FeatureSpec =
  | { readonly name: string; readonly kind: 'number' }
  | { readonly name: string; readonly kind: 'category'; readonly values: readonly string[] };

/** Features of one deployment by name. null = not known; a name that is absent is a mismatch, not a missing value. */
export type FeatureVector = Readonly<Record<string, number | string | null>>;

/**
 * The vector as the model's row, in the order of `features`, NaN where a value is missing.
 *
 * @throws RiskError `feature-mismatch` when a feature is absent, `bad-value` when text stands where a number belongs.
 */
export function toRow(features: readonly FeatureSpec[], vector: FeatureVector): Float64Array {
  const absent = features.filter((feature) => vector[feature.name] === undefined);
  if (absent.length > 0) {
    throw new RiskError(
      'feature-mismatch',
      `The model expects the features ${listed(features.map((feature) => feature.name))}; ` +
        `found ${listed(Object.keys(vector))}; missing ${listed(absent.map((feature) => feature.name))}.`,
    );
  }
  return Float64Array.from(features, (feature) => encode(feature, vector[feature.name] ?? null));
}

/** What data frames write for yes and no. */
const TRUTH: Readonly<Record<string, number>> = { true: 1, false: 0 };

/**
 * One value as a number of the model's row, `True` and `False` as 1 and 0; NaN when missing or a category never seen.
 *
 * @throws RiskError `bad-value` when text that is no number stands where a number belongs.
 */
export function encode(feature: FeatureSpec, value: number | string | null): number {
  if (value === null || value === '') return NaN;
  if (feature.kind === 'category') {
    const code = feature.values.indexOf(String(value));
    return code === -1 ? NaN : code;
  }
  const number = typeof value === 'number' ? value : (TRUTH[value.toLowerCase()] ?? Number(value));
  if (typeof value === 'string' && !Number.isFinite(number)) {
    throw new RiskError('bad-value', `Feature "${feature.name}" must be a number; found "${value.slice(0, 60)}".`);
  }
  return Number.isFinite(number) ? number : NaN;
}

function listed(names: readonly string[]): string {
  if (names.length === 0) return 'none';
  const shown = names.slice(0, 60).join(', ');
  return names.length > 60 ? `${shown} and ${names.length - 60} more` : shown;
}
