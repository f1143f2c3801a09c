import { backtest } from '../../src/app/backtest.ts';
import type { EngineInput } from '../../src/app/engine/types.ts';
import { loadConfig } from '../../src/config/load.ts';
import { NO_FLAGS } from '../../src/config/outside.ts';
import { deploymentId } from '../../src/core/model/deployment.ts';
import { deployCases, type DeployCase } from './deploy-cases.ts';
import { f1Of, type Interval, wilson } from './intervals.ts';

/** What an operator would have been told of the deployments, with the defaults and the whole engine. */
export interface ProductReport {
  readonly f1: number;
  readonly recall: number;
  readonly fpr: number;
  readonly fprInterval: Interval;
  /** Minutes to the verdict Failed; at the least `minimumSamples` of a sample a minute, and the warm-up. */
  readonly medianDelayMin: number;
  /** Shown, and nothing asked: a score near its limit, a sample or two out of the ordinary, or a limit foreseen. */
  readonly warn: {
    readonly fpr: number;
    readonly fprInterval: Interval;
    readonly recall: number;
    readonly medianDelayMin: number;
  };
  readonly auto: { readonly fpr: number; readonly fprInterval: Interval; readonly recall: number };
}

/** Plays every case as `rollwatch replay FILE --deployed-at T --backtest` does, without a configuration. */
export async function productProtocol(folder: string): Promise<ProductReport> {
  const config = await loadConfig({ flags: NO_FLAGS, env: {}, cwd: folder });
  let [bad, normal, warnFp, tp, fp, autoTp, autoFp] = [0, 0, 0, 0, 0, 0, 0];
  const delays: number[] = [];
  const warnDelays: number[] = [];
  for (const one of deployCases(folder)) {
    const [fate] = backtest(inputsOf(one), config).cases;
    const failed = fate?.failedAfterMs ?? null;
    if (one.bad) bad += 1;
    else normal += 1;
    const warned = fate?.warnedAfterMs ?? null;
    if (warned !== null && one.bad) warnDelays.push(warned / 60_000);
    if (warned !== null && !one.bad) warnFp += 1;
    if (failed === null) continue;
    const acted = fate?.autoAfterMs !== null;
    if (one.bad) {
      tp += 1;
      autoTp += acted ? 1 : 0;
      delays.push(failed / 60_000);
    } else {
      fp += 1;
      autoFp += acted ? 1 : 0;
    }
  }
  return {
    f1: f1Of(tp, fp, bad),
    recall: tp / Math.max(1, bad),
    fpr: fp / Math.max(1, normal),
    fprInterval: wilson(fp, normal),
    medianDelayMin: medianOf(delays),
    warn: {
      fpr: warnFp / Math.max(1, normal),
      fprInterval: wilson(warnFp, normal),
      recall: warnDelays.length / Math.max(1, bad),
      medianDelayMin: medianOf(warnDelays),
    },
    auto: {
      fpr: autoFp / Math.max(1, normal),
      fprInterval: wilson(autoFp, normal),
      recall: autoTp / Math.max(1, bad),
    },
  };
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

function inputsOf({ atMs, values, change }: DeployCase): readonly EngineInput[] {
  const deployedMs = atMs[change]!;
  const batch = { labels: {}, columns: ['value'], rowCount: atMs.length, atMs, values };
  const deployment = {
    id: deploymentId('service', 'new', deployedMs),
    pipeline: 'service',
    version: 'new',
    previous: 'old',
    atMs: deployedMs,
    environment: null,
    commit: null,
    origin: 'command',
    features: null,
  } as const;
  return [
    { type: 'rows', nowMs: deployedMs, path: 'service.csv', pipeline: 'service', batch, backfill: true },
    { type: 'deployment', nowMs: deployedMs, deployment },
  ];
}
