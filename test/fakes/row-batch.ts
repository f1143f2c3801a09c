import type { Deployment } from '../../src/core/model/deployment.ts';
import { deploymentId } from '../../src/core/model/deployment.ts';
import type { RowBatch } from '../../src/core/model/sample.ts';

/** Rows of a simulated log as the engine takes them. `text` is CSV with a header or not, JSON lines or logfmt. */
export function rowBatch(text: string, extension: string, columns: readonly string[]): RowBatch {
  const lines = text
    .trimEnd()
    .split('\n')
    .filter((line) => !line.startsWith('timestamp,'));
  const rows = lines.map((line) => fieldsOf(line, extension, columns));
  return {
    labels: {},
    columns,
    rowCount: rows.length,
    atMs: Float64Array.from(rows, ([time]) => Date.parse(String(time))),
    values: Float64Array.from(rows.flatMap((row) => row.slice(1).map(Number))),
  };
}

function fieldsOf(line: string, extension: string, columns: readonly string[]): readonly unknown[] {
  if (extension === 'csv') return line.split(',');
  const fields: Record<string, unknown> =
    extension === 'jsonl' ? JSON.parse(line) : Object.fromEntries(line.split(' ').map((pair) => pair.split('=')));
  return [fields['timestamp'], ...columns.map((column) => fields[column])];
}

/** A line of `deployments.jsonl` as the engine takes it. */
export function markedDeployment(line: string): Deployment {
  const { pipeline, version, previous, at, commit, environment } = JSON.parse(line) as Record<string, string>;
  const atMs = Date.parse(at!);
  return {
    id: deploymentId(pipeline!, version!, atMs),
    pipeline: pipeline!,
    environment: environment ?? null,
    version: version!,
    previous: previous ?? null,
    atMs,
    commit: commit ?? null,
    origin: 'marker',
    features: null,
  };
}
