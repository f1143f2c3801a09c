import { readFileSync } from 'node:fs';
import { readExport } from '../../core/risk/ci/read-export.ts';
import type { CiTask } from '../../core/risk/ci/task.ts';
import { taskStatus } from '../../core/risk/ci/task.ts';
import { RiskError } from '../../core/risk/risk-error.ts';
import { parseTimestamp } from '../../parsers/timestamp.ts';
import { readTable } from './read-table.ts';

const EXPECTED =
  'expected CSV or JSON lines with timestamp,pipeline_id,stage_name,job_name,task_name,status,… or a JSON export of ' +
  'GitHub Actions runs or jobs, GitLab pipelines or jobs, or Jenkins builds';

/**
 * Tasks of a CI log, whatever of the known forms it has.
 *
 * @throws RiskError naming file, line and what was expected when it is none of them or a time cannot be read
 */
export function readCiLog(path: string): readonly CiTask[] {
  const text = readText(path);
  const start = text.trimStart()[0];
  if (start !== '{' && start !== '[') return fromCsv(path);
  const json = wholeJson(text);
  const exported = json === undefined ? null : readExport(json, (time) => parseTimestamp(time, 0));
  if (exported !== null) return checked(path, exported);
  return fromLines(path, text);
}

function fromCsv(path: string): readonly CiTask[] {
  const table = readTable(path);
  if (!table.header.includes('pipeline_id') || !table.header.includes('status')) {
    throw new RiskError('bad-value', `${path}: ${EXPECTED}; found the columns ${table.header.join(', ')}.`);
  }
  return table.rows.map((row, i) => {
    const fields = Object.fromEntries(table.header.map((name, column) => [name, row[column]!]));
    return logLine(fields, `${path}, line ${i + 2}`);
  });
}

function fromLines(path: string, text: string): readonly CiTask[] {
  return text.split('\n').flatMap((line, i) => {
    if (line.trim() === '') return [];
    const json = wholeJson(line);
    if (typeof json !== 'object' || json === null || !('pipeline_id' in json)) {
      throw new RiskError('bad-value', `${path}, line ${i + 1}: ${EXPECTED}; found ${line.slice(0, 60)}`);
    }
    return [logLine({ ...json }, `${path}, line ${i + 1}`)];
  });
}

function logLine(fields: Readonly<Record<string, unknown>>, place: string): CiTask {
  const field = (name: string): string => {
    const value = fields[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
  };
  const atMs = parseTimestamp(field('timestamp'), 0);
  if (Number.isNaN(atMs)) {
    throw new RiskError('bad-value', `${place}: "timestamp" must be a time; found "${field('timestamp')}".`);
  }
  return {
    pipeline: field('pipeline_id'),
    // One commit through one pipeline is one run; a log without commits has one run per pipeline and day.
    run: field('run_id') || field('commit_id') || String(Math.floor(atMs / 86_400_000)),
    atMs,
    endedMs: NaN,
    stage: field('stage_name'),
    job: field('job_name'),
    task: field('task_name'),
    status: taskStatus(field('status')),
    message: field('message'),
    commit: field('commit_id'),
    branch: field('branch'),
    user: field('user'),
    environment: field('environment'),
    attempt: 1,
  };
}

function checked(path: string, tasks: readonly CiTask[]): readonly CiTask[] {
  const bad = tasks.findIndex((task) => Number.isNaN(task.atMs));
  if (bad !== -1) throw new RiskError('bad-value', `${path}: entry ${bad + 1} has no time that can be read.`);
  return tasks;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw new RiskError('bad-value', `Cannot read ${path}: ${(error as Error).message}.`);
  }
}

/** Undefined when the text is not one JSON document. */
function wholeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
