import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PIPELINES, pipelineName } from './rows.ts';

const SAMPLES = 60;
const INTERVAL_MS = 10_000;

/** Writes a small fleet's logs, ten minutes of four metrics each, up to now; gives their folder. */
export function writeLogs(folder: string, nowMs: number): string {
  const logs = join(folder, 'logs');
  mkdirSync(logs);
  for (let index = 0; index < PIPELINES; index += 1) {
    const lines = ['timestamp,cpu_usage,memory_usage,response_time,error_rate'];
    for (let sample = SAMPLES; sample > 0; sample -= 1) {
      const time = new Date(nowMs - sample * INTERVAL_MS).toISOString();
      const wave = Math.sin(sample + index);
      lines.push([time, 30 + wave, 45 + wave, 120 + 5 * wave, 0.1 + 0.02 * wave].join(','));
    }
    writeFileSync(join(logs, `metrics_${pipelineName(index)}.csv`), `${lines.join('\n')}\n`);
  }
  return logs;
}
