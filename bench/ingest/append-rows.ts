/**
 * Appends a row to each file of a folder once a second, evenly spread, for so many seconds: `append-rows.ts FOLDER SECONDS`.
 * The column `written_at` holds the moment of the append in Unix milliseconds, with their fraction.
 */
import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const [folder, seconds] = process.argv.slice(2) as [string, string];
const files = readdirSync(folder).map((name) => join(folder, name));
const start = performance.now();
const end = start + Number(seconds) * 1000;
let appended = 0;

/** Appends what is due by now. */
function appendDue(): void {
  const due = Math.floor(((performance.now() - start) / 1000) * files.length);
  for (; appended < due; appended++) {
    const at = new Date().toISOString();
    appendFileSync(
      files[appended % files.length]!,
      `${at},45.2,60.1,210,0.4,${performance.timeOrigin + performance.now()}\n`,
    );
  }
  if (performance.now() < end) setTimeout(appendDue, 1);
  else console.log(appended);
}

appendDue();
