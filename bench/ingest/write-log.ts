import { closeSync, openSync, writeSync } from 'node:fs';
import { mulberry32 } from '../../src/core/simulate/rng.ts';

const HEADER = 'timestamp,cpu_usage,memory_usage,response_time,error_rate\n';
const START_MS = Date.UTC(2026, 0, 1);
const ROWS_PER_WRITE = 10_000;
/** The error rate of the last row of each write: far beyond any limit, so that there is something to find. */
const SPIKE_PERCENT = 9;

/** Writes a log like the seed's, a row per second, of about so many bytes; gives its number of rows. The same every time. */
export function writeLog(path: string, sizeBytes: number): number {
  const rng = mulberry32(1);
  const file = openSync(path, 'w');
  let written = writeSync(file, HEADER);
  let rows = 0;
  while (written < sizeBytes) {
    let text = '';
    for (let row = 0; row < ROWS_PER_WRITE; row++) {
      const at = new Date(START_MS + rows++ * 1000).toISOString().slice(0, 19);
      const [cpu, memory] = [40 + 20 * rng(), 50 + 10 * rng()];
      const response = 180 + 80 * rng();
      const errors = row === ROWS_PER_WRITE - 1 ? SPIKE_PERCENT : rng();
      text += `${at}Z,${cpu.toFixed(2)},${memory.toFixed(2)},${response.toFixed(1)},${errors.toFixed(3)}\n`;
    }
    written += writeSync(file, text);
  }
  closeSync(file);
  return rows;
}
