/**
 * How well anomalies are found, on a folder with `deploy/`, `nab/` and `multi/`.
 *
 * npm run bench:detection -- --data DIR [--only deploy,product,nab,smd,asd,many,rca,speed,lstm,lstm-nab] [--nab CHECKOUT] [--emit nab DIR] [--json]
 *
 * Without --only all parts but `lstm-nab`, the LSTM on NAB, and `many`, deployments on machines with dozens of metrics; `speed` and `lstm` need no --data.
 * `--nab` takes a whole checkout of NAB instead of DIR/nab; `--emit nab DIR` writes
 * DIR/results/rollwatch/<category>/rollwatch_<file>.csv for its own scorer.
 * Protocols: see bench/detection/. The last line is one JSON object.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { deployProtocol } from './detection/deploy.ts';
import { ASD, type MultiRow, multiProtocol, SMD } from './detection/multi.ts';
import { manyProtocol } from './detection/many.ts';
import { memoryProtocol } from './detection/memory.ts';
import { lstmProtocol } from './detection/lstm.ts';
import { nabOfLstm, nabProtocol } from './detection/nab.ts';
import {
  printDeploy,
  printLstm,
  printMany,
  printProduct,
  printMulti,
  printNab,
  printNabRows,
  printRca,
  printSpeed,
} from './detection/print.ts';
import { productProtocol } from './detection/product.ts';
import { rcaBenchmark } from './detection/rca.ts';
import { raceForests } from './detection/sklearn-forest.ts';
import { speedProtocol } from './detection/speed.ts';

const PARTS = ['deploy', 'product', 'nab', 'smd', 'asd', 'many', 'rca', 'speed', 'lstm', 'lstm-nab'] as const;
/** Parts that take minutes and are no part of the result. */
const ASKED_FOR: readonly string[] = ['lstm-nab', 'many'];
/** Parts that make up their own data. */
const WITHOUT_DATA: readonly string[] = ['speed', 'lstm'];

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: 'string' },
    only: { type: 'string' },
    nab: { type: 'string' },
    emit: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

/** Events found and false alarms a day of the last row: the project's own. */
function perDay(rows: readonly MultiRow[] | null): unknown {
  const ours = rows?.at(-1)?.events;
  return ours === undefined ? null : { f1: ours.f1, falseAlarmsPerDay: ours.falseAlarms / ours.days };
}

async function main(data: string, wanted: (part: (typeof PARTS)[number]) => boolean): Promise<void> {
  const nabFolder = flags.nab ?? join(data, 'nab');
  const deploy = wanted('deploy') && existsSync(join(data, 'deploy')) ? deployProtocol(join(data, 'deploy')) : null;
  if (deploy !== null) printDeploy(deploy);
  const throughEngine = wanted('product') && existsSync(join(data, 'deploy'));
  const product = throughEngine ? await productProtocol(join(data, 'deploy')) : null;
  if (product !== null) printProduct(product);
  const nab = wanted('nab') && existsSync(nabFolder) ? nabProtocol(nabFolder, positionals[0] ?? null) : null;
  if (nab !== null) printNab(nab);
  const smd = wanted('smd') ? multiProtocol(join(data, 'multi'), SMD) : null;
  if (smd !== null) printMulti('SMD', smd);
  const asd = wanted('asd') ? multiProtocol(join(data, 'multi'), ASD) : null;
  if (asd !== null) printMulti('ASD', asd);
  const many = wanted('many')
    ? { smd: manyProtocol(join(data, 'multi'), SMD), asd: manyProtocol(join(data, 'multi'), ASD) }
    : null;
  if (many !== null) printMany(many);
  const rca = wanted('rca') ? rcaBenchmark(data) : null;
  if (rca !== null) printRca(rca);
  const speed = wanted('speed') ? speedProtocol() : null;
  const race = speed === null ? null : raceForests();
  const memory = speed === null ? null : memoryProtocol();
  if (speed !== null) printSpeed(speed, race, memory ?? []);
  const lstm = wanted('lstm') ? lstmProtocol() : null;
  if (lstm !== null) printLstm(lstm);
  if (wanted('lstm-nab')) printNabRows([nabOfLstm(nabFolder)]);
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
    product,
    nab: ours && { standard: ours.standard, lowFp: ours.lowFp },
    nabEvents: ours && {
      f1: ours.events.f1,
      falseAlarmsPer1000: (1000 * ours.events.falseAlarms) / ours.events.points,
    },
    smd: perDay(smd),
    asd: perDay(asd),
    many,
    petshop: rca?.petshop && { ac1: rca.petshop.ac1, ac3: rca.petshop.ac3, avg5: rca.petshop.avg5 },
    nezhaOb: rca?.nezhaOb && { ac1: rca.nezhaOb.ac1, avg5: rca.nezhaOb.avg5 },
    speed: speed && {
      usPerSample: speed.find(({ name }) => name === 'ensemble')!.usPerSample,
      bytesPerSeries: Math.max(...memory!.map(({ bytesPerSeries }) => bytesPerSeries)),
      isolationForestVsSklearn: race && race.ratio,
    },
    lstm: lstm && { trainingSeconds: lstm.seconds },
  };
  console.log(flags.json ? JSON.stringify(summary) : JSON.stringify(summary, null, 2));
}

/** What is wrong with the command line, or null. */
function complaint(parts: readonly string[]): string | null {
  const unknown = parts.filter((part) => !PARTS.some((known) => known === part));
  if (unknown.length > 0) return `--only knows ${PARTS.join(', ')}; not ${unknown.join(', ')}`;
  if (flags.emit !== undefined && flags.emit !== 'nab') return `--emit knows nab; not ${flags.emit}`;
  if (positionals.length !== (flags.emit === undefined ? 0 : 1)) {
    return flags.emit === undefined ? `unexpected ${positionals.join(' ')}` : '--emit nab needs one folder to write to';
  }
  if (flags.emit === 'nab' && !parts.includes('nab')) return '--emit nab needs nab among the parts of --only';
  const folder = flags.nab ?? join(flags.data ?? '', 'nab');
  if (flags.emit === 'nab' && !existsSync(folder)) return `--emit nab needs the files of NAB; there is no ${folder}`;
  if (parts.every((part) => WITHOUT_DATA.includes(part))) return null;
  return flags.data === undefined ? '--data DIR is needed: a folder with deploy/, nab/ and multi/' : null;
}

const chosen = flags.only?.split(',') ?? PARTS.filter((part) => !ASKED_FOR.includes(part));
const wrong = complaint(chosen);
if (wrong !== null) {
  console.error(`bench/detection.ts: ${wrong}`);
  process.exitCode = 2;
} else {
  await main(flags.data ?? '', (part) => chosen.includes(part));
}
