import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { CallGraph } from '../../core/rca/series.ts';
import { AssessError } from '../assess/assess-error.ts';

const jsonGraph = z.record(z.string(), z.array(z.string()));

/**
 * Who calls whom, from a file: JSON `{caller: [callee, …]}`, CSV with the columns `source,target` (or `caller,callee`),
 * or a CSV matrix whose first column and header are services and whose cells are above 0 where the row calls the column.
 *
 * @throws AssessError for a file that is none of these
 */
export function readGraph(path: string): CallGraph {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const why = isMissing ? 'it is not there' : error instanceof Error ? error.message : String(error);
    throw new AssessError(`--graph ${path}: ${why}.`);
  }
  return text.trimStart().startsWith('{') ? fromJson(path, text) : fromCsv(path, text);
}

function fromJson(path: string, text: string): CallGraph {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new AssessError(`--graph ${path}: expected JSON; ${error instanceof Error ? error.message : String(error)}.`);
  }
  const read = jsonGraph.safeParse(json);
  if (read.success) return new Map(Object.entries(read.data));
  throw new AssessError(`--graph ${path}: expected {"caller": ["callee", …]}, found other JSON.`);
}

function fromCsv(path: string, text: string): CallGraph {
  const [header = [], ...rows] = text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => line.split(',').map((cell) => cell.trim()));
  const names = header.map((name) => name.toLowerCase());
  const from = names.findIndex((name) => name === 'source' || name === 'caller');
  const to = names.findIndex((name) => name === 'target' || name === 'callee');
  if (from >= 0 && to >= 0) return edges(rows.map((row) => [row[from] ?? '', row[to] ?? ''] as const));
  const square = rows.length > 0 && rows.every((row) => row.length === header.length && header.includes(row[0]!));
  if (!square) throw new AssessError(`--graph ${path}: expected columns source,target, or a matrix of services.`);
  return new Map(rows.map((row) => [row[0]!, header.filter((_, i) => i > 0 && Number(row[i]) > 0)]));
}

function edges(pairs: readonly (readonly [string, string])[]): CallGraph {
  const graph = new Map<string, string[]>();
  for (const [caller, callee] of pairs) {
    if (caller !== '' && callee !== '') graph.set(caller, [...(graph.get(caller) ?? []), callee]);
  }
  return graph;
}
