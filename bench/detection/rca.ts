/**
 * How often the root cause of a known incident is found, on `petshop` and `nezha` folders of the detection data.
 *
 * npm run bench:detection -- --data DIR --only rca [--json]
 *
 * Protocol: services are ranked; AC@k = the root is among the first k; Avg@5 = mean of AC@1 to AC@5. Which samples are
 * normal: see bench/detection/rca/.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { rankCauses } from '../../src/core/rca/rank.ts';
import { accuracyOf, type RcaAccuracy } from './rca/accuracy.ts';
import { isOnlineBoutique, nezhaCases } from './rca/nezha.ts';
import { petshopCases } from './rca/petshop.ts';
import type { RcaCase } from './rca/rca-case.ts';

/** Accuracy on each set; null where the folder has none of it. */
export interface RcaReport {
  readonly petshop: RcaAccuracy | null;
  readonly petshopWithoutGraph: RcaAccuracy | null;
  /** Online Boutique: metrics of pods and the latencies that callers measured. */
  readonly nezhaOb: RcaAccuracy | null;
  /** Online Boutique: metrics of pods alone. */
  readonly nezhaObPods: RcaAccuracy | null;
  /** TrainTicket: metrics of pods alone, there are no others. */
  readonly nezhaTt: RcaAccuracy | null;
}

/** Runs the whole root-cause benchmark on a folder of the detection data. */
export function rcaBenchmark(data: string): RcaReport {
  const petshop = petshopCases(join(data, 'petshop'));
  const days = folders(join(data, 'nezha'));
  const boutique = days.filter(isOnlineBoutique);
  const trains = days.filter((day) => !isOnlineBoutique(day));
  return {
    petshop: accuracyOf(ranksOf(petshop)),
    petshopWithoutGraph: accuracyOf(ranksOf(petshop.map((one) => ({ ...one, graph: null })))),
    nezhaOb: accuracyOf(ranksOf(boutique.flatMap((day) => nezhaCases(day, true)))),
    nezhaObPods: accuracyOf(ranksOf(boutique.flatMap((day) => nezhaCases(day, false)))),
    nezhaTt: accuracyOf(ranksOf(trains.flatMap((day) => nezhaCases(day, false)))),
  };
}

function ranksOf(cases: readonly RcaCase[]): readonly number[] {
  return cases.map(({ root, series, target, graph }) => {
    const place = rankCauses(series, { target, graph }).findIndex(({ service }) => service === root);
    return place < 0 ? Number.POSITIVE_INFINITY : place + 1;
  });
}

function folders(path: string): readonly string[] {
  if (!existsSync(path)) return [];
  const entries = readdirSync(path, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(path, name));
}

function print(report: RcaReport): void {
  for (const [set, accuracy] of Object.entries(report) as [string, RcaAccuracy | null][]) {
    if (accuracy === null) continue;
    const { cases, ac1, ac3, avg5, ac1Interval } = accuracy;
    const interval = ac1Interval.map((one) => one.toFixed(3)).join('–');
    console.log(
      `${set.padEnd(20)} n=${cases}  AC@1 ${ac1.toFixed(3)} (${interval})  AC@3 ${ac3.toFixed(3)}  Avg@5 ${avg5.toFixed(3)}`,
    );
  }
}

if (import.meta.main) {
  const { values: flags } = parseArgs({
    options: { data: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  if (flags.data === undefined) {
    console.error('bench/detection/rca.ts: --data DIR is needed: a folder with petshop/ and nezha/');
    process.exitCode = 2;
  } else {
    const report = rcaBenchmark(flags.data);
    if (flags.json) console.log(JSON.stringify(report));
    else print(report);
  }
}
