import { isKnownMetric } from '../core/series/metric-spec.ts';
import { labelOf, roleOf, timeIndex } from './field-role.ts';
import { shown } from './issues.ts';
import type { Bad, LineOutcome } from './line-reading.ts';
import { isMissing, parseNumber } from './number.ts';
import type { ParseOptions } from './parser.ts';
import type { SparseRows } from './sparse-rows.ts';
import { epochToMs, parseTimestamp } from './timestamp.ts';

/** A line as names with scalars: what JSON lines and logfmt have in common. Names are flat and unique. */
export type RecordFields = ReadonlyMap<string, string | number | null>;

/**
 * Adds a record as one row. Time and labels are found by name; a number is a metric unless its name says it is none (ids, states);
 * a text is a metric only if it reads as a number under a well-known metric's name, else it is ignored. `metric=… value=…` is the
 * value of the metric named. A record with a time but no metric is `other`: a log line among the metrics.
 */
export function addRecord(fields: RecordFields, rows: SparseRows, options: ParseOptions, quoted: boolean): LineOutcome {
  const values: [string, number][] = [];
  for (const [name, value] of longForm(fields)) {
    if (roleOf(name) !== 'value') continue;
    const read = metricValue(name, value, quoted);
    if (typeof read === 'object') return read;
    if (read !== undefined) values.push([name, read]);
  }
  const names = [...fields.keys()];
  const time = timeIndex(names);
  if (time < 0) {
    return { code: 'no-timestamp', message: 'expected a time (timestamp, time, ts, …), found none' };
  }
  const written = fields.get(names[time]!) ?? '';
  const atMs =
    typeof written === 'number' ? epochToMs(written) : parseTimestamp(written, options.defaultZoneOffsetMinutes);
  if (Number.isNaN(atMs)) {
    const expected = `expected an ISO time or epoch seconds, ms, µs or ns in ${shown(names[time]!)}`;
    return { code: 'bad-timestamp', message: `${expected}, found ${shown(String(written))}` };
  }
  if (values.length === 0) return 'other';
  rows.add(labelsOf(fields), atMs, values);
  return 'data';
}

/** NaN for a missing value, undefined for what is no metric. `textOnly`: the format does not tell numbers from texts. */
function metricValue(name: string, value: string | number | null, textOnly: boolean): number | undefined | Bad {
  if (value === null) return Number.NaN;
  if (typeof value === 'number') return Number.isFinite(value) ? value : Number.NaN;
  if (!textOnly && !isKnownMetric(name)) return isMissing(value) ? Number.NaN : undefined;
  const number = parseNumber(value);
  if (number !== null) return number;
  if (!isKnownMetric(name)) return undefined;
  const message = `expected a number in ${shown(name)}, found ${shown(value)}`;
  return { code: 'bad-number', message };
}

/** The fields, or the one metric that a record in long form (`metric`, `value`) is about. */
function longForm(fields: RecordFields): RecordFields {
  const metric = fields.get('metric');
  const value = fields.get('value');
  return typeof metric === 'string' && metric !== '' && value !== undefined ? new Map([[metric, value]]) : fields;
}

/** `pipeline`, `environment` and `version`; of several names for one the exact one wins. */
function labelsOf(fields: RecordFields): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const [name, value] of fields) {
    const label = labelOf(name);
    if (label === null || value === null || value === '') continue;
    if (!(label in labels) || name.toLowerCase() === label) labels[label] = String(value);
  }
  return labels;
}
