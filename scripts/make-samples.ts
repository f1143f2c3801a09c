/** Writes the shipped samples into monitor_logs/: `node scripts/make-samples.ts`. A test compares the folder with what this makes. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sampleFiles } from './samples/files.ts';

const folder = path.join(import.meta.dirname, '..', 'monitor_logs');

mkdirSync(folder, { recursive: true });
let bytes = 0;
for (const [name, text] of sampleFiles()) {
  writeFileSync(path.join(folder, name), text);
  bytes += text.length;
}
console.log(`${sampleFiles().size} files, ${bytes} bytes in ${folder}`);
