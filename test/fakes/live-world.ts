import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync, chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openTerminal, type TerminalSession } from '../e2e/terminal.ts';
import { temporaryDir } from './act-bench.ts';

const ROOT = join(import.meta.dirname, '../..');
/** The program as it is shipped: from its source it takes three times as long to start. */
const BIN = join(ROOT, 'bin/rollwatch');
const HEADER = 'timestamp,cpu_usage,memory_usage,response_time,error_rate';
const HISTORY_ROWS = 300;
const ROW_EVERY_MS = 200;

/** What a run of the program gave. */
export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/** A folder with services whose logs grow, scripts that roll them back, and the program on it. */
export interface LiveWorld {
  readonly path: string;
  at(name: string): string;
  put(name: string, text: string): void;
  read(name: string): string;
  script(name: string, body: string): void;
  /** Lines that scripts appended to the file `effects`. */
  effects(): readonly string[];
  /** The beginning of a config that judges within seconds, with one environment `live`. */
  head(production?: boolean): string;
  /** The built program, until it ends. */
  run(...args: readonly string[]): Promise<Run>;
  /** The built program, whose end is waited for. @throws when it does not exit with 0. */
  built(...args: readonly string[]): string;
  /** The built program in a terminal of its own, the one of this world. */
  watch(columns?: number, rows?: number): TerminalSession;
  close(): void;
}

/**
 * Makes it; each service has been well for five minutes and goes on with the errors in percent that are asked for
 * whenever a row is written.
 */
export function liveWorld(errorsOf: Readonly<Record<string, () => number>>): LiveWorld {
  const path = temporaryDir();
  const at = (name: string): string => join(path, name);
  const logOf = (service: string): string => at(`logs/metrics_${service}.csv`);
  const env = { PATH: process.env['PATH']!, HOME: at('home'), NO_COLOR: '1' };
  const stateDir = ['--state-dir', at('state')];
  let screen: TerminalSession | null = null;
  for (const folder of ['logs', 'home']) mkdirSync(at(folder));
  for (const service of Object.keys(errorsOf)) {
    const past = Array.from({ length: HISTORY_ROWS }, (_, i) => row(Date.now() - (HISTORY_ROWS - i) * 1000, 0.2));
    writeFileSync(logOf(service), `${HEADER}\n${past.join('\n')}\n`, { mode: 0o600 });
  }
  const writer = setInterval(() => {
    for (const [service, errors] of Object.entries(errorsOf)) {
      appendFileSync(logOf(service), `${row(Date.now(), errors())}\n`);
    }
  }, ROW_EVERY_MS);

  return {
    path,
    at,
    put: (name, text) => writeFileSync(at(name), text, { mode: 0o600 }),
    read: (name) => readFileSync(at(name), 'utf8'),
    script(name, body) {
      writeFileSync(at(name), `#!/bin/sh\n${body}`);
      chmodSync(at(name), 0o755);
    },
    effects: () => (existsSync(at('effects')) ? readFileSync(at('effects'), 'utf8').trim().split('\n') : []),
    head: (production = false) => `sources: [{ paths: [logs] }]
analysis: { control: 10m, warmUp: 0s, minimumSamples: 3, persistence: 3, staleIntervals: 60 }
environments: { live: { mode: ask, production: ${String(production)} } }
`,
    run: (...args) =>
      new Promise((resolve) => {
        const child = spawn(process.execPath, [BIN, ...args, ...stateDir], {
          cwd: path,
          env,
          stdio: ['ignore', 'pipe', 'pipe'],
        });
        let [out, error] = ['', ''];
        child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
        child.stderr.setEncoding('utf8').on('data', (text: string) => (error += text));
        child.once('close', (code) => resolve({ code, out, error }));
      }),
    built: (...args) =>
      execFileSync(process.execPath, [BIN, ...args, ...stateDir], { cwd: path, env, encoding: 'utf8' }),
    watch(columns = 120, rows = 40) {
      const command = [process.execPath, BIN, 'watch', ...stateDir];
      screen = openTerminal({ command, cwd: path, env, columns, rows });
      return screen;
    },
    close() {
      clearInterval(writer);
      screen?.kill();
      rmSync(path, { recursive: true, force: true });
    },
  };
}

function row(atMs: number, errors: number): string {
  const latency = (errors > 1 ? 900 : 120) + (atMs % 7);
  return `${new Date(atMs).toISOString()},40,50,${latency},${errors}`;
}
