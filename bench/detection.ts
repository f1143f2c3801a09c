/**
 * How well anomalies are found, on a folder with `deploy/`, `nab/` and `multi/`.
 *
 * node bench/detection.ts --data DIR [--only deploy,nab,smd,asd,speed] [--nab CHECKOUT] [--emit-nab DIR] [--json]
 *
 * `--nab` takes a whole checkout of NAB instead of DIR/nab; `--emit-nab` writes results/rollwatch/ for its own scorer.
 * Protocols: see bench/detection/. The last line is one JSON object.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { deployProtocol } from './detection/deploy.ts';
import { ASD, type MultiRow, multiProtocol, SMD } from './detection/multi.ts';
import { nabProtocol } from './detection/nab.ts';
import { printDeploy, printMulti, printNab, printRca, printSpeed } from './detection/print.ts';
import { rcaBenchmark } from './detection/rca.ts';
import { speedProtocol } from './detection/speed.ts';

const PARTS = ['deploy', 'nab', 'smd', 'asd', 'rca', 'speed'] as const;

const { values: flags } = parseArgs({
  options: {
    data: { type: 'string' },
    only: { type: 'string' },
    nab: { type: 'string' },
    'emit-nab': { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

/** Events found and false alarms a day of the last row: the project's own. */
function perDay(rows: readonly MultiRow[] | null): unknown {
  const ours = rows?.at(-1)?.events;
  return ours === undefined ? null : { f1: ours.f1, falseAlarmsPerDay: ours.falseAlarms / ours.days };
}

function main(data: string, wanted: (part: (typeof PARTS)[number]) => boolean): void {
  const nabFolder = flags.nab ?? join(data, 'nab');
  const deploy = wanted('deploy') && existsSync(join(data, 'deploy')) ? deployProtocol(join(data, 'deploy')) : null;
  if (deploy !== null) printDeploy(deploy);
  const nab = wanted('nab') && existsSync(nabFolder) ? nabProtocol(nabFolder, flags['emit-nab'] ?? null) : null;
  if (nab !== null) printNab(nab);
  const smd = wanted('smd') ? multiProtocol(join(data, 'multi'), SMD) : null;
  if (smd !== null) printMulti('SMD', smd);
  const asd = wanted('asd') ? multiProtocol(join(data, 'multi'), ASD) : null;
  if (asd !== null) printMulti('ASD', asd);
  const rca = wanted('rca') ? rcaBenchmark(data) : null;
  if (rca !== null) printRca(rca);
  const speed = wanted('speed') ? speedProtocol() : null;
  if (speed !== null) printSpeed(speed);
  const ours = nab?.at(-1) ?? null;
  const summary = {
    deploy: deploy && {
      f1: deploy.gate.f1,
      fpr: deploy.gate.fpr,
      medianDelayMin: deploy.gate.medianDelayMin,
      auc: deploy.gate.auc,
      auto: { fpr: deploy.auto.fpr, recall: deploy.auto.recall },
      crossValidated: deploy.crossValidated,
      gain: deploy.gain,
    },
    nab: ours && { standard: ours.standard, lowFp: ours.lowFp },
    nabEvents: ours && {
      f1: ours.events.f1,
      falseAlarmsPer1000: (1000 * ours.events.falseAlarms) / ours.events.points,
    },
    smd: perDay(smd),
    asd: perDay(asd),
    petshop: rca?.petshop && { ac1: rca.petshop.ac1, ac3: rca.petshop.ac3, avg5: rca.petshop.avg5 },
    nezhaOb: rca?.nezhaOb && { ac1: rca.nezhaOb.ac1, avg5: rca.nezhaOb.avg5 },
    speed: speed && { usPerSample: speed.find(({ name }) => name === 'ensemble')!.usPerSample },
  };
  console.log(flags.json ? JSON.stringify(summary) : JSON.stringify(summary, null, 2));
}

const chosen = flags.only?.split(',') ?? [...PARTS];
const unknown = chosen.filter((part) => !PARTS.some((known) => known === part));
if (flags.data === undefined || unknown.length > 0) {
  console.error(
    flags.data === undefined
      ? 'bench/detection.ts: --data DIR is needed: a folder with deploy/, nab/ and multi/'
      : `bench/detection.ts: --only knows ${PARTS.join(', ')}; not ${unknown.join(', ')}`,
  );
  process.exitCode = 2;
} else {
  main(flags.data, (part) => chosen.includes(part));
}
