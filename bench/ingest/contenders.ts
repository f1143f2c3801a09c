import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import Papa from 'papaparse';
import { judgeFile } from './judge-file.ts';

/** What a contender did with the file: rows seen. */
export interface Counted {
  readonly rows: number;
}

/** What is timed, each in a process of its own. `wc` and pandas are programs and timed by the main process. */
export const contenders = {
  /** The bare minimum a script does: lines, split, nothing kept. */
  readline: countFields,
  papaparse: parseOnly,
  rollwatch: judgeFile,
} satisfies Record<string, (path: string) => Promise<Counted>>;

async function countFields(path: string): Promise<Counted> {
  return new Promise((resolve, reject) => {
    const input = createReadStream(path).on('error', reject);
    const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
    let rows = -1;
    let fields = 0;
    lines.on('line', (line) => {
      rows++;
      fields += line.split(',').length;
    });
    lines.on('close', () => (fields < rows ? reject(new Error('no fields')) : resolve({ rows })));
  });
}

async function parseOnly(path: string): Promise<Counted> {
  return new Promise((resolve, reject) => {
    let rows = 0;
    Papa.parse(createReadStream(path), {
      header: false,
      chunk: ({ data }) => {
        rows += data.length;
      },
      complete: () => resolve({ rows: rows - 1 }),
      error: reject,
    });
  });
}
