import { type Deployment, deploymentId } from '../../core/model/deployment.ts';
import type { ParseIssueCode } from '../../core/model/sample.ts';
import { shown } from '../../parsers/issues.ts';
import { epochToMs, parseTimestamp } from '../../parsers/timestamp.ts';

/** What a line of `deployments.jsonl` announces, or why it announces nothing. */
export type MarkerReading = { readonly deployment: Deployment } | Problem;

interface Problem {
  readonly problem: { readonly code: ParseIssueCode; readonly message: string };
}

const LONGEST_NAME = 200;
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;

/**
 * Reads one deploy marker: `{"pipeline","version","at"}`, optionally `commit`, `environment`, `previous` (texts) and `features`
 * (numbers by name). Names are at most 200 characters without control characters. Fields it does not know are ignored.
 */
export function readMarker(line: string, defaultZoneOffsetMinutes: number): MarkerReading {
  const marker = parseObject(line);
  if (marker === null) return syntax('expected one JSON object with pipeline, version and at, found something else');
  for (const name of ['pipeline', 'version', 'commit', 'environment', 'previous']) {
    const problem = nameProblem(name, marker[name], name === 'pipeline' || name === 'version');
    if (problem !== null) return problem;
  }
  const time = readTime(marker['at'], defaultZoneOffsetMinutes);
  if (typeof time !== 'number') return time;
  const features = readFeatures(marker['features']);
  if ('problem' in features) return features;
  const [pipeline, version] = [textOf(marker['pipeline'])!, textOf(marker['version'])!];
  const deployment: Deployment = {
    id: deploymentId(pipeline, version, time),
    pipeline,
    environment: textOf(marker['environment']),
    version,
    previous: textOf(marker['previous']),
    atMs: time,
    commit: textOf(marker['commit']),
    origin: 'marker',
    features: features.features,
  };
  return { deployment };
}

function readTime(at: unknown, defaultZoneOffsetMinutes: number): number | Problem {
  if (at === undefined || at === null || at === '') return problem('no-timestamp', 'expected a time in at, found none');
  const atMs = typeof at === 'number' ? epochToMs(at) : parseTimestamp(textOf(at) ?? '', defaultZoneOffsetMinutes);
  if (!Number.isNaN(atMs)) return atMs;
  const message = `expected an ISO time or epoch seconds, ms, µs or ns in at, found ${shown(JSON.stringify(at))}`;
  return problem('bad-timestamp', message);
}

function parseObject(line: string): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(line);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? { ...parsed } : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function nameProblem(name: string, value: unknown, needed: boolean): Problem | null {
  if (value === undefined || value === null || value === '')
    return needed ? syntax(`expected ${name}, found none`) : null;
  const text = textOf(value);
  if (text === null) return syntax(`expected a text in ${name}, found ${shown(JSON.stringify(value))}`);
  if (text.length > LONGEST_NAME)
    return syntax(`expected at most ${LONGEST_NAME} characters in ${name}, found ${text.length}`);
  return CONTROL.test(text) ? syntax(`expected no control characters in ${name}, found ${shown(text)}`) : null;
}

/** A version such as `42` is often written as a number. Empty is none. */
function textOf(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}

function readFeatures(value: unknown): { readonly features: Readonly<Record<string, number>> | null } | Problem {
  if (value === undefined || value === null) return { features: null };
  if (typeof value !== 'object' || Array.isArray(value)) {
    return syntax(`expected numbers by name in features, found ${shown(JSON.stringify(value))}`);
  }
  const features: [string, number][] = [];
  for (const [name, feature] of Object.entries(value) as [string, unknown][]) {
    const number = typeof feature === 'boolean' ? Number(feature) : feature;
    if (typeof number !== 'number' || !Number.isFinite(number)) {
      const message = `expected a number for the feature ${shown(name)}, found ${shown(JSON.stringify(feature))}`;
      return problem('bad-number', message);
    }
    features.push([name, number]);
  }
  return { features: Object.fromEntries(features) };
}

function syntax(message: string): Problem {
  return problem('bad-syntax', message);
}

function problem(code: ParseIssueCode, message: string): Problem {
  return { problem: { code, message } };
}
