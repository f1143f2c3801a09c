import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BASELINES, type Contender, LSTM, NOVELTY } from './contender.ts';
import { bestEventLimit, countEvents, type EventCount } from './events.ts';
import { nabFiles, type NabFile } from './nab-files.ts';
import { nabScore } from './nab-score.ts';
import { lastInARow, scoresOf } from './scores.ts';

/** One detector on NAB. */
export interface NabRow {
  readonly name: string;
  readonly standard: number;
  readonly lowFp: number;
  readonly events: EventCount;
  /** True where the limit of the events was fitted to these very files. */
  readonly fitted: boolean;
}

/** Scores all files with the detector for steady series and with the baselines. */
export function nabProtocol(folder: string, emitTo: string | null): readonly NabRow[] {
  const files = nabFiles(folder);
  const named = [
    'global z > 3',
    'rolling z w60 > 3',
    'Hampel w60 > 3',
    'EWMA chart L = 3',
    'Isolation Forest, 3 in a row',
    'seasonal z > 5',
  ];
  const baselines = BASELINES.filter(({ name }) => named.includes(name));
  if (emitTo !== null) emit(files, emitTo);
  return [...baselines, NOVELTY].map((contender) => rowOf(files, contender));
}

/** The LSTM forecaster on the same files: minutes of work, so only when it is asked for. */
export function nabOfLstm(folder: string): NabRow {
  return rowOf(nabFiles(folder), LSTM);
}

function rowOf(files: readonly NabFile[], contender: Contender): NabRow {
  const scores = files.map(({ atMs, values }) => lastInARow(scoresOf(contender, atMs, values), contender.inARow));
  const series = files.map(({ windows, probation, pointsPerDay }, i) => ({
    scores: scores[i]!,
    windows,
    from: probation,
    early: 0,
    pointsPerDay,
  }));
  const fitted = contender !== NOVELTY;
  const limit = fitted ? bestEventLimit(series) : contender.limit;
  return {
    name: contender.name,
    standard: nabScore(files, scores, 'standard'),
    lowFp: nabScore(files, scores, 'lowFp'),
    events: countEvents(series, limit),
    fitted,
  };
}

/** Writes what NAB's scorer reads: `results/rollwatch/<category>/rollwatch_<file>.csv`, score in 0..1. */
function emit(files: readonly NabFile[], folder: string): void {
  for (const file of files) {
    const scores = scoresOf(NOVELTY, file.atMs, file.values);
    const [category = '', name = ''] = file.path.split('/');
    const path = join(folder, 'results', 'rollwatch', category, `rollwatch_${name}`);
    const lines = file.rows.map((row, i) => {
      const inWindow = file.windows.some(([first, last]) => i >= first && i <= last);
      return `${row},${scores[i]! / (1 + scores[i]!)},${inWindow ? 1 : 0}`;
    });
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `timestamp,value,anomaly_score,label\n${lines.join('\n')}\n`);
  }
}
