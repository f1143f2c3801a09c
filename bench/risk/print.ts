import type { Measures } from './compare.ts';
import type { jitProtocol } from './jitdp-protocol.ts';
import type { rollbackProtocol } from './rollback-protocol.ts';
import type { speedProtocol } from './speed.ts';

type Gain = { readonly gain: number; readonly low: number; readonly high: number };

/** JIT-DP table and what it must show. */
export function printJit(result: ReturnType<typeof jitProtocol>): void {
  console.log('JIT-DP protocol: defect-inducing changes, ROC-AUC');
  printTable(result.byProject);
  line('mean AUC', result.meanAuc, '>=', 0.755, 0.77);
  line('mean calibration error', result.ece, '<=', 0.03, null);
  gain('over logistic regression', result.gainOverLogistic);
  gain('over scikit-learn RF leaf 20', result.gainOverSklearnRf);
  console.log();
}

/** Rollback table and what it must show. */
export function printRollback(result: ReturnType<typeof rollbackProtocol>): void {
  console.log('Rollback protocol: changes reverted within 14 days, ROC-AUC (PR-AUC)');
  const projects = Object.entries(result.byProject);
  printTable(Object.fromEntries(projects.map(([name, project]) => [name, project.contenders])), true);
  for (const [name, project] of projects) {
    const { low, high } = project.aucInterval;
    console.log(
      `  ${name}: AUC interval ${low.toFixed(3)} to ${high.toFixed(3)}, base rate ${(100 * project.baseRate).toFixed(2)} %, ` +
        `PR-AUC ${project.prAucOverBaseRate.toFixed(1)} x base rate (must >= 2: ${verdict(project.prAucOverBaseRate >= 2)})`,
    );
  }
  line('own+others mean AUC', result.ownPlusOthersMeanAuc, '>=', 0.715, 0.74);
  gain('own+others over LR own+others', result.gainOverLogistic);
  line('zero-shot mean AUC', result.zeroShotMeanAuc, '>=', result.logisticZeroShotMeanAuc, 0.7);
  gain('zero-shot over LR zero-shot', result.zeroShotGainOverLogistic);
  console.log();
}

/** Fit, prediction and size. */
export function printSpeed(result: ReturnType<typeof speedProtocol>): void {
  console.log(`Speed: ${result.rows} rows x ${result.columns}, 100 trees, median of nine turns`);
  console.log(
    `  fit ${result.fitSeconds.toFixed(2)} s, scikit-learn n_jobs=1 ${result.sklearnFitSeconds?.toFixed(2) ?? '-'} s`,
  );
  if (result.fitRatioVsSklearn !== null) line('ratio to scikit-learn', result.fitRatioVsSklearn, '<=', 0.7, null);
  line('prediction with explanation, ms', result.predictMs, '<=', 1, null);
  line('model file, MB', result.modelMb, '<=', 3, null);
  console.log();
}

function printTable(byProject: Readonly<Record<string, Readonly<Record<string, Measures>>>>, withPr = false): void {
  const projects = Object.keys(byProject);
  const names = Object.keys(byProject[projects[0]!]!);
  const width = withPr ? 16 : 12;
  console.log(`  ${''.padEnd(26)}${[...projects, 'mean'].map((name) => name.padStart(width)).join('')}`);
  for (const name of names) {
    const cells = projects.map((project) => byProject[project]![name]!);
    const mean = cells.reduce((sum, cell) => sum + cell.auc, 0) / cells.length;
    const texts = cells.map((cell) =>
      withPr ? `${cell.auc.toFixed(3)} (${cell.prAuc.toFixed(3)})` : cell.auc.toFixed(3),
    );
    console.log(`  ${name.padEnd(26)}${[...texts, mean.toFixed(4)].map((text) => text.padStart(width)).join('')}`);
  }
}

function line(what: string, value: number, sign: '>=' | '<=', must: number, aim: number | null): void {
  const fits = (limit: number): boolean => (sign === '>=' ? value >= limit : value <= limit);
  const aimText = aim === null ? '' : `; aim ${sign} ${aim}: ${verdict(fits(aim))}`;
  console.log(
    `  ${what}: ${value.toFixed(4)} (must ${sign} ${Number(must.toFixed(4))}: ${verdict(fits(must))}${aimText})`,
  );
}

function gain(what: string, result: Gain | null): void {
  if (result === null) return;
  const { gain, low, high } = result;
  console.log(`  gain ${what}: ${gain.toFixed(4)} (95 % interval ${low.toFixed(4)} to ${high.toFixed(4)})`);
}

function verdict(ok: boolean): string {
  return ok ? 'yes' : 'NO';
}
