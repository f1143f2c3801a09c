import type { MetricSpec } from '../core/model/metric.ts';
import { specOf } from '../core/series/metric-spec.ts';
import type { Layer } from './layers.ts';
import { matchesPattern } from './pattern.ts';
import { quantityIn } from './quantity.ts';
import type { SettingsLayer } from './schema.ts';

type Given = NonNullable<SettingsLayer['metrics']>[string];

/** What is known of a metric: its name's word, then each layer's, key by key. Remembers what it was asked. */
export function metricSpecs(layers: readonly Layer[]): (name: string) => MetricSpec {
  const entries = layers.flatMap((layer) => Object.entries(layer.settings.metrics ?? {}));
  if (entries.length === 0) return specOf;
  const known = new Map<string, MetricSpec>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const fitting = entries.filter(([pattern]) => matchesPattern(pattern, name));
    const spec = fitting.reduce((made, [, given]) => overlay(made, given), specOf(name));
    known.set(name, spec);
    return spec;
  };
}

/** One layer's word over what was known. A limit that does not fit the unit was refused when the file was checked. */
export function overlay(spec: MetricSpec, given: Given): MetricSpec {
  const unit = given.unit ?? spec.unit;
  // A limit that was known in another unit says nothing in this one.
  const kept = unit === spec.unit ? spec.limit : null;
  return {
    name: spec.name,
    unit,
    kind: given.kind ?? spec.kind,
    worse: given.worse ?? spec.worse,
    limit: given.limit === undefined ? kept : limitOf(unit, given.limit),
    weight: given.weight ?? spec.weight,
  };
}

function limitOf(unit: MetricSpec['unit'], written: number | string): number | null {
  if (written === 'none') return null;
  const result = quantityIn(unit, written);
  if ('value' in result) return result.value;
  throw new RangeError(`limit ${JSON.stringify(written)} ${result.problem}`);
}
