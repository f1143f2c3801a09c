import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Appends one row a second to each of many files, spread evenly over the second, then says how many rows it wrote. */
async function main(folder: string, files: number, seconds: number): Promise<void> {
  const header = 'timestamp,cpu_usage,memory_usage,response_time,error_rate\n';
  const descriptors = Array.from({ length: files }, (_, i) => openSync(join(folder, `metrics_pipe-${i}.csv`), 'a'));
  for (const descriptor of descriptors) writeSync(descriptor, header);
  const startMs = performance.now();
  const total = files * seconds;
  for (let written = 0; written < total;) {
    const due = Math.min(total, Math.floor(((performance.now() - startMs) / 1000) * files));
    const at = new Date().toISOString();
    for (; written < due; written += 1) {
      const value = (written * 7919) % 100;
      writeSync(descriptors[written % files]!, `${at},${value}.25,${(value * 3) % 100}.5,${100 + value},0.${value}\n`);
    }
    await sleep(10);
  }
  for (const descriptor of descriptors) closeSync(descriptor);
  process.stdout.write(`${total}\n`);
}

const [folder = '', files = '0', seconds = '0'] = process.argv.slice(2);
await main(folder, Number(files), Number(seconds));
