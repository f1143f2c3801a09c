/**
 * How well risk is predicted, on a folder of `jitdp_<project>.csv` and `rollback_<project>.csv` files.
 *
 * npm run bench:risk -- --data DIR [--json]
 *
 * Protocols and intervals: see bench/risk/. Beside it stand logistic regression, computed here, and scikit-learn's
 * random forest and gradient boosting where python3 has scikit-learn.
 */
import { parseArgs } from 'node:util';
import { readRollbackProjects } from '../src/app/risk/project-data.ts';
import { RiskError } from '../src/core/risk/risk-error.ts';
import { jitProtocol } from './risk/jitdp-protocol.ts';
import { readJitProjects } from './risk/jitdp.ts';
import { printJit, printRollback, printSpeed } from './risk/print.ts';
import { rollbackProtocol } from './risk/rollback-protocol.ts';
import { findSklearn } from './risk/sklearn.ts';
import { speedProtocol } from './risk/speed.ts';

const { values: flags } = parseArgs({
  options: { data: { type: 'string' }, json: { type: 'boolean', default: false } },
});

function main(): number {
  if (flags.data === undefined) {
    console.error('bench/risk.ts: --data DIR is needed: a folder with jitdp_*.csv and rollback_*.csv files');
    return 2;
  }
  try {
    const jitProjects = readJitProjects(flags.data);
    const rollbackProjects = readRollbackProjects(flags.data);
    if (jitProjects.length === 0 && rollbackProjects.length === 0) {
      console.error(`bench/risk.ts: ${flags.data} has neither jitdp_*.csv nor rollback_*.csv files`);
      return 2;
    }
    const python = findSklearn();
    if (python === null) console.log('scikit-learn is not installed: its columns are left out\n');
    const jitdp = jitProjects.length === 0 ? null : jitProtocol(jitProjects, python);
    if (jitdp !== null) printJit(jitdp);
    const rollback = rollbackProjects.length < 2 ? null : rollbackProtocol(rollbackProjects, python);
    if (rollback !== null) printRollback(rollback);
    const trains = jitProjects.map((project) => project.train).sort((a, b) => b.rowCount - a.rowCount);
    const speed = trains[0] === undefined ? null : speedProtocol(trains[0], python);
    if (speed !== null) printSpeed(speed);
    if (flags.json) console.log(JSON.stringify({ jitdp, rollback, speed }));
    return 0;
  } catch (error) {
    if (!(error instanceof RiskError)) throw error;
    console.error(`bench/risk.ts: ${error.message}`);
    return 2;
  }
}

process.exitCode = main();
