import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CallGraph, RcaSeries, RcaTarget } from '../../../src/core/rca/series.ts';
import type { RcaCase } from './rca-case.ts';
import { cellNumber, readCsv } from './read-csv.ts';

interface Table {
  readonly atMs: readonly number[];
  /** Values by `service`, metric and statistic of the three header rows. */
  readonly columns: ReadonlyMap<string, readonly number[]>;
}

interface TargetFile {
  readonly target: { readonly node: string; readonly metric: string; readonly agg: string };
  readonly root_cause: { readonly node: string };
}

/**
 * PetShop: every issue of every scenario below `folder`. Normal is the scenario's `noissue` file, abnormal the issue's;
 * only the target's metric and statistic; the target itself is no candidate.
 */
export function petshopCases(folder: string): readonly RcaCase[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'graph.csv')))
    .flatMap((entry) => scenario(join(folder, entry.name)));
}

function scenario(folder: string): readonly RcaCase[] {
  const normal = readTable(join(folder, 'noissue.csv.gz'));
  const graph = readGraph(join(folder, 'graph.csv'));
  const issues = readdirSync(folder).filter((name) => name.endsWith('.target.json'));
  return issues.toSorted().map((name) => {
    const { target, root_cause: root } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as TargetFile;
    const abnormal = readTable(join(folder, name.replace('.target.json', '.csv.gz')));
    const suffix = `\t${target.metric}\t${target.agg}`;
    const worse = target.metric === 'availability' ? 'down' : 'up';
    const series: RcaSeries[] = [...abnormal.columns].flatMap(([key, values]) => {
      const before = normal.columns.get(key);
      if (!key.endsWith(suffix) || before === undefined) return [];
      const service = key.slice(0, -suffix.length);
      const { metric } = target;
      return [{ service, metric, worse, caller: null, normal: before, abnormal: values, abnormalAtMs: abnormal.atMs }];
    });
    const aim: RcaTarget = { service: target.node, metric: target.metric };
    return { root: root.node, series, target: aim, graph };
  });
}

function readTable(path: string): Table {
  const [services, metrics, statistics, , ...rows] = readCsv(path);
  const columns = new Map<string, readonly number[]>();
  for (let i = 1; i < services!.length; i += 1) {
    columns.set(
      `${services![i]}\t${metrics![i]}\t${statistics![i]}`,
      rows.map((row) => cellNumber(row[i])),
    );
  }
  return { atMs: rows.map((row) => Number(row[0]) * 1000), columns };
}

function readGraph(path: string): CallGraph {
  const [header, ...rows] = readCsv(path);
  return new Map(rows.map((row) => [row[0]!, header!.filter((_, i) => i > 0 && cellNumber(row[i]) > 0)]));
}
