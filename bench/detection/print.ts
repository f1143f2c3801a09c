import type { DeployReport } from './deploy.ts';
import type { EventCount } from './events.ts';
import type { Interval } from './intervals.ts';
import { type LstmReport, REFERENCE_SECONDS } from './lstm.ts';
import type { ManyRow } from './many.ts';
import type { MemoryRow } from './memory.ts';
import type { MultiRow } from './multi.ts';
import type { NabRow } from './nab.ts';
import type { ProductReport } from './product.ts';
import type { RcaReport } from './rca.ts';
import type { ForestRace } from './sklearn-forest.ts';
import type { SpeedRow } from './speed.ts';

const NAME = 32;

function ratio(value: number): string {
  return value.toFixed(3).replace(/^0/, '').padStart(6);
}

function span({ low, high }: Interval): string {
  return `${ratio(low).trim()}..${ratio(high).trim()}`;
}

/** Whether a pair of figures meets its two levels. */
function met(must: boolean, aim: boolean): string {
  return aim ? 'aim met' : must ? 'must met, aim not' : 'must NOT met';
}

export function printDeploy(report: DeployReport): void {
  console.log(
    `DEPLOY: ${report.cases} deployments, half of them bad; must F1 ≥ .90 at FPR ≤ .06, aim .93 at .05, delay ≤ 7 min, AUC ≥ .97`,
  );
  console.log(`${'detector'.padEnd(NAME)}     P      R     F1    FPR   R@10   R@30  delay    AUC`);
  for (const row of report.rows) {
    const shares = [row.precision, row.recall, row.f1, row.fpr, row.recall10, row.recall30].map(ratio).join(' ');
    console.log(`${row.name.padEnd(NAME)}${shares} ${String(row.medianDelayMin).padStart(6)} ${ratio(row.auc)}`);
  }
  const { gate, auto, gain, crossValidated } = report;
  const aim = gate.f1 >= 0.93 && gate.fpr <= 0.05 && gate.medianDelayMin <= 7 && gate.auc >= 0.97;
  console.log(
    `ask   F1 ${ratio(gate.f1)} (95 % ${span(gate.f1Interval)}), FPR ${ratio(gate.fpr)} (${span(gate.fprInterval)}): ${met(gate.f1 >= 0.9 && gate.fpr <= 0.06, aim)}`,
  );
  console.log(
    `      limit chosen on these cases; chosen on all other KPI blocks: F1 ${ratio(crossValidated.f1)}, FPR ${ratio(crossValidated.fpr)}`,
  );
  console.log(
    `auto  FPR ${ratio(auto.fpr)} (${span(auto.fprInterval)}), recall ${ratio(auto.recall)} (${span(auto.recallInterval)})`,
  );
  console.log(
    `gain  F1 ${ratio(gain.f1)} over seasonal z, 3 in a row, with F1 ${ratio(gain.baselineF1)} at the same FPR ${ratio(gain.baselineFpr)} (paired bootstrap ${span(gain.interval)})\n`,
  );
}

/** The same deployments as users get them judged. */
export function printProduct({ f1, recall, fpr, fprInterval, medianDelayMin, warn, auto }: ProductReport): void {
  console.log(
    'PRODUCT: the same deployments through the engine, as `replay --deployed-at T --backtest` with all defaults',
  );
  console.log(
    `warn  FPR ${ratio(warn.fpr)} (${span(warn.fprInterval)}), recall ${ratio(warn.recall)}, median delay ${warn.medianDelayMin} min`,
  );
  console.log(
    `ask   F1 ${ratio(f1)}, recall ${ratio(recall)}, FPR ${ratio(fpr)} (${span(fprInterval)}), median delay ${medianDelayMin.toFixed(0)} min: ${met(f1 >= 0.9 && fpr <= 0.06, f1 >= 0.93 && fpr <= 0.05)}`,
  );
  console.log(`auto  FPR ${ratio(auto.fpr)} (${span(auto.fprInterval)}), recall ${ratio(auto.recall)}\n`);
}

function events({ f1, found, events: all, falseAlarms }: EventCount): string {
  return `${ratio(f1)} ${`${found}/${all}`.padStart(8)} ${String(falseAlarms).padStart(6)}`;
}

export function printNabRows(rows: readonly NabRow[]): void {
  console.log(
    'NAB: score by its rules (best common limit), events by re-raise every 30 points; must 58, F1 ≥ .60 at ≤ .3 per 1000, aim 70/65, .70 at .2',
  );
  console.log(`${'detector'.padEnd(NAME)}  std  lowFP     F1    found  false  per 1000`);
  for (const row of rows) {
    const per1000 = (1000 * row.events.falseAlarms) / row.events.points;
    const scores = `${row.standard.toFixed(1).padStart(5)} ${row.lowFp.toFixed(1).padStart(6)}`;
    const note = row.fitted ? '  (event limit fitted here)' : '';
    console.log(`${row.name.padEnd(NAME)}${scores} ${events(row.events)} ${per1000.toFixed(2).padStart(9)}${note}`);
  }
}

/** The same table, with the last row held against what was asked for. */
export function printNab(rows: readonly NabRow[]): void {
  printNabRows(rows);
  const ours = rows.at(-1)!;
  const rate = (1000 * ours.events.falseAlarms) / ours.events.points;
  console.log(
    `events: ${met(ours.events.f1 >= 0.6 && rate <= 0.3, ours.events.f1 >= 0.7 && rate <= 0.2)}; score: ${met(ours.standard >= 58, ours.standard >= 70 && ours.lowFp >= 65)}\n`,
  );
}

export function printMulti(title: string, rows: readonly MultiRow[]): void {
  console.log(`${title}: one score per machine; must F1 ≥ .52, aim .65, at ≤ .3 false alarms a day`);
  console.log(`${'detector'.padEnd(NAME)}    F1    found  false  per day   limit from the other machines: F1, per day`);
  for (const row of rows) {
    const left = row.leftOut;
    const other = left === null ? '' : `${ratio(left.f1)}, ${(left.falseAlarms / left.days).toFixed(2)}`;
    const perDay = (row.events.falseAlarms / row.events.days).toFixed(2).padStart(8);
    console.log(
      `${row.name.padEnd(NAME)}${events(row.events)} ${perDay}   ${other}${row.fitted ? '  (limit fitted here)' : ''}`,
    );
  }
  const ours = rows.at(-1)!.events;
  const rate = ours.falseAlarms / ours.days;
  console.log(`${met(ours.f1 >= 0.52 && rate <= 0.3, ours.f1 >= 0.65 && rate <= 0.3)}\n`);
}

/** Deployments on machines with dozens of metrics, by set. */
export function printMany(sets: Readonly<Record<string, readonly ManyRow[] | null>>): void {
  console.log('MANY METRICS: deployments on real machines through the judge, two hours, all defaults');
  console.log(`${'metrics'.padEnd(NAME)}quiet    FPR                 events recall`);
  for (const [set, rows] of Object.entries(sets)) {
    for (const { name, quiet, fpr, fprInterval, events: all, recall } of rows ?? []) {
      const rate = `${ratio(fpr)} (${span(fprInterval)})`;
      console.log(
        `${`${set}, ${name}`.padEnd(NAME)}${String(quiet).padStart(5)} ${rate} ${String(all).padStart(6)} ${ratio(recall)}`,
      );
    }
  }
  console.log('');
}

export function printRca(report: RcaReport): void {
  console.log(
    'ROOT CAUSE: PetShop must AC@1 .625, AC@3 .938, aim .75, .97; Nezha Online Boutique must Avg@5 .76, aim .85',
  );
  for (const [set, accuracy] of Object.entries(report)) {
    if (accuracy === null) continue;
    const { cases, ac1, ac3, avg5 } = accuracy;
    console.log(`${set.padEnd(NAME)}AC@1 ${ratio(ac1)}  AC@3 ${ratio(ac3)}  Avg@5 ${ratio(avg5)}  of ${cases}`);
  }
  console.log('');
}

export function printSpeed(rows: readonly SpeedRow[], race: ForestRace | null, memory: readonly MemoryRow[]): void {
  console.log('SPEED: processor time to score and learn one sample; the default detector ≤ 5 µs');
  for (const { name, usPerSample } of rows) console.log(`${name.padEnd(NAME)}${usPerSample.toFixed(2).padStart(7)} µs`);
  const held = memory.map(({ days, bytesPerSeries }) => {
    return `${(bytesPerSeries / 1000).toFixed(0)} kB after ${days < 1 ? 'an hour' : `${days} d`}`;
  });
  console.log(`memory per series of ensemble, a sample a minute: ${held.join(', ')}`);
  const title = 'Isolation Forest, fit and score of 10,000 rows of 5 columns, 100 trees of 256 rows:';
  if (race === null) console.log(`${title} no scikit-learn here to race with`);
  else {
    const ms = (seconds: number): string => `${(1000 * seconds).toFixed(0)} ms`;
    console.log(
      `${title} ${ms(race.seconds)}, scikit-learn ${ms(race.sklearnSeconds)}, ratio ${race.ratio.toFixed(2)}: ${met(race.ratio < 1, race.ratio < 1)}; scores correlate ${race.correlation.toFixed(2)}`,
    );
  }
  console.log('');
}

export function printLstm({ seconds, lastLoss }: LstmReport): void {
  console.log('LSTM: processor time of training, 5,000 windows of 30 rows of 4, 32 units, batches of 64, 5 epochs');
  const ratio = seconds / REFERENCE_SECONDS;
  console.log(
    `${seconds.toFixed(1)} s, ${ratio.toFixed(2)} of the ${REFERENCE_SECONDS} s to stay within 2 of: ${met(ratio <= 2, ratio <= 1)}; loss ${lastLoss.toExponential(1)}\n`,
  );
}
