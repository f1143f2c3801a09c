import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createIngest } from '../src/app/ingest.ts';
import { createFileSource } from '../src/sources/file/index.ts';

/** Limits of issue "files in": a bench that misses one exits with 1. */
const MAX_CPU_PERCENT = 25;
const MAX_RSS_MB = 250;

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '60' },
    files: { type: 'string', default: '2000' },
  },
});
const seconds = Number(values.seconds);
const files = Number(values.files);
const folder = mkdtempSync(join(tmpdir(), 'rollwatch-bench-tail-'));
try {
  report(await measure());
} finally {
  rmSync(folder, { recursive: true });
}

interface Result {
  readonly files: number;
  readonly seconds: number;
  readonly rowsWritten: number;
  readonly rowsRead: number;
  readonly rowsLost: number;
  readonly cpuPercent: number;
  readonly rssMb: number;
}

async function measure(): Promise<Result> {
  const clock = { nowMs: () => Date.now(), monotonicMs: () => performance.now() };
  const source = createFileSource({ paths: [folder], clock });
  let rowsRead = 0;
  let losses = 0;
  const ingest = createIngest({
    onRows: (_pipeline, batch) => {
      rowsRead += batch.rowCount;
    },
    onDeployment: () => {
      throw new Error('there is no marker file');
    },
    onIssue: () => {
      losses += 1;
    },
    onNotice: (notice) => {
      if (notice.type === 'bytes-lost' || notice.type === 'refused') losses += 1;
    },
    parserStates: null,
    nowMs: clock.nowMs,
    defaultZoneOffsetMinutes: 0,
  });
  await source.start(ingest);
  const cpu = process.cpuUsage();
  const startMs = performance.now();
  let rss = 0;
  const sampling = setInterval(() => {
    rss = Math.max(rss, process.memoryUsage.rss());
  }, 500);
  const rowsWritten = await write();
  const usage = process.cpuUsage(cpu);
  const elapsedMs = performance.now() - startMs;
  clearInterval(sampling);
  await source.stop();
  if (losses > 0) throw new Error(`the source reported ${losses} losses`);
  const cpuPercent = ((usage.user + usage.system) / 1000 / elapsedMs) * 100;
  return {
    files,
    seconds,
    rowsWritten,
    rowsRead,
    rowsLost: rowsWritten - rowsRead,
    cpuPercent: Math.round(cpuPercent * 10) / 10,
    rssMb: Math.round(rss / 1e5) / 10,
  };
}

/** Runs the writer in a process of its own; resolves with the number of rows it wrote. */
function write(): Promise<number> {
  const script = join(import.meta.dirname, 'tail-writer.ts');
  const writer = spawn(process.execPath, [script, folder, String(files), String(seconds)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  writer.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  return new Promise((resolve, reject) => {
    writer.on('error', reject);
    writer.on('close', (code) => {
      if (code === 0) resolve(Number(output));
      else reject(new Error(`the writer ended with ${code}`));
    });
  });
}

function report(result: Result): void {
  const rows: readonly (readonly [string, string, string, boolean])[] = [
    ['rows written', String(result.rowsWritten), '', true],
    ['rows lost', String(result.rowsLost), '0', result.rowsLost === 0],
    ['CPU of one core, %', String(result.cpuPercent), `< ${MAX_CPU_PERCENT}`, result.cpuPercent < MAX_CPU_PERCENT],
    ['RSS, MB', String(result.rssMb), `< ${MAX_RSS_MB}`, result.rssMb < MAX_RSS_MB],
  ];
  console.log(`${files} files, one row a second each, ${seconds} s`);
  for (const [name, value, limit, ok] of rows) {
    console.log(
      `${name.padEnd(20)}${value.padStart(10)}  ${limit.padEnd(8)}${limit === '' ? '' : ok ? 'ok' : 'MISSED'}`,
    );
  }
  if (values.json) console.log(JSON.stringify(result));
  if (rows.some(([, , , ok]) => !ok)) process.exitCode = 1;
}
