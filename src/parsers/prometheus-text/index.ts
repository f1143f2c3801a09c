import { labelOf } from '../field-role.ts';
import { shown } from '../issues.ts';
import type { LineOutcome, NoState } from '../line-reading.ts';
import { noState, readLines, restoreNoState } from '../line-reading.ts';
import { parseNumber } from '../number.ts';
import type { Format, ParseOptions } from '../parser.ts';
import type { SparseRows } from '../sparse-rows.ts';
import { parseTimestamp } from '../timestamp.ts';
import { type ExpositionSample, readSample } from './line.ts';

const lenient = new TextDecoder();

/** Prometheus text exposition, as node_exporter's textfiles and scrapes have it. */
export const prometheusText: Format<NoState> = {
  name: 'prometheus-text',
  text: 'Prometheus text exposition; labels become part of the metric, without a timestamp the arrival time counts.',
  extensions: ['.prom', '.metrics'],
  sniff: sniffExposition,
  init: noState,
  restore: restoreNoState,
  parse: (state, block, options) => readLines(state, block, options, readExposition),
};

function readExposition(text: string, rows: SparseRows, options: ParseOptions): LineOutcome {
  if (text.trimStart().startsWith('#')) return 'other';
  const sample = readSample(text);
  if (sample === null) return { code: 'bad-syntax', message: 'expected name{label="value"} value [timestamp]' };
  const value = parseNumber(sample.value);
  if (value === null) {
    const message = `expected a number as the value of ${shown(sample.name)}, found ${shown(sample.value)}`;
    return { code: 'bad-number', message };
  }
  const atMs = sample.timestamp === '' ? options.nowMs : parseTimestamp(sample.timestamp, 0);
  if (Number.isNaN(atMs)) {
    const message = `expected Unix milliseconds or seconds behind the value, found ${shown(sample.timestamp)}`;
    return { code: 'bad-timestamp', message };
  }
  // Buckets are a distribution cut into counters: sum and count of the same histogram say what a series can say.
  if (sample.name.endsWith('_bucket') && sample.labels.some(([name]) => name === 'le')) return 'other';
  const [labels, column] = split(sample);
  rows.add(labels, atMs, [[column, value]]);
  return 'data';
}

/** The labels that say whose sample it is, and the name of its series: `name{a="1",b="2"}` with the other labels in order. */
function split(sample: ExpositionSample): readonly [Record<string, string>, string] {
  const own: Record<string, string> = {};
  const rest: string[] = [];
  for (const [name, value] of sample.labels) {
    const label = labelOf(name);
    if (label === null) rest.push(`${name}=${JSON.stringify(value)}`);
    else if (value !== '' && (!(label in own) || name === label)) own[label] = value;
  }
  return [own, rest.length === 0 ? sample.name : `${sample.name}{${rest.toSorted().join(',')}}`];
}

function sniffExposition(head: Uint8Array): number {
  const lines = lenient.decode(head.subarray(0, 8192)).split('\n').slice(0, 40);
  if (lines.some((line) => /^# (TYPE|HELP|UNIT) [a-zA-Z_:]/.test(line))) return 0.95;
  const samples = lines.filter((line) => {
    const sample = readSample(line);
    return sample !== null && parseNumber(sample.value) !== null;
  });
  return samples.length > 0 ? 0.6 : 0;
}
