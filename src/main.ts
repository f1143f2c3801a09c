import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCli } from './cli/run.ts';
import type { CliContext } from './cli/context.ts';
import { createInterrupt } from './cli/interrupt.ts';
import { processOutput } from './cli/process-output.ts';
import type { ShowScreen } from './app/watch/options.ts';

/** One folder up from src/ and from dist/ alike. */
const packageRoot = fileURLToPath(new URL('..', import.meta.url));

/** The composition root: the only place that knows the process, the clock and the screen. */
const interrupt = createInterrupt(process);

const context: CliContext = {
  argv: process.argv.slice(2),
  env: process.env,
  cwd: process.cwd(),
  stdin: { isTTY: process.stdin.isTTY },
  stdout: processOutput(process.stdout, interrupt.outputClosed),
  stderr: processOutput(process.stderr, () => undefined),
  clock: { nowMs: () => Date.now(), monotonicMs: () => performance.now() },
  version: ownVersion(),
  packageRoot,
  interrupt: interrupt.signal,
  loadScreen,
};

function ownVersion(): string {
  const text = readFileSync(join(packageRoot, 'package.json'), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}

/** Only here, and only when it is asked for: headless commands never load Ink. */
async function loadScreen(): Promise<ShowScreen> {
  const { needsAscii, showScreen } = await import('./tui/index.tsx');
  return async (port) => {
    const screen = showScreen(port, { ...port.options, ascii: port.options.ascii || needsAscii(process.env) });
    port.signal.addEventListener('abort', () => screen.close());
    if (port.signal.aborted) screen.close();
    await screen.closed;
  };
}

const code = await runCli(context);
await Promise.all([written(process.stdout), written(process.stderr)]);
// What is still followed here, a rollback above all, goes on without this process.
process.exit(code);

/** Resolves when all that was written has been taken, or nobody takes it any more. */
function written(stream: NodeJS.WriteStream): Promise<void> {
  if (!stream.writable) return Promise.resolve();
  return new Promise((resolve) => stream.write('', () => resolve()));
}
