import type { CliContext } from './context.ts';
import { EXIT } from './exit-code.ts';

/** Errors that are the operator's to put right, by name: their message says how. */
const TO_PUT_RIGHT: ReadonlySet<string> = new Set([
  'UsageError',
  'ConfigError',
  'RiskError',
  'SimulateError',
  'StoreError',
  'AssessError',
  'PlanError',
  'MarkerError',
  'TrustError',
  'GitError',
]);

/** Says what went wrong on stderr: one message without a stack (with `--debug` also the stack); gives the exit code. */
export async function reportError(error: unknown, context: CliContext): Promise<number> {
  const debug = context.argv.includes('--debug');
  const known = error instanceof Error && TO_PUT_RIGHT.has(error.name);
  const message = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error ? (error.stack ?? message) : message;
  if (known) {
    context.stderr.write(
      `${message
        .split('\n')
        .map((line) => `rollwatch: ${line}`)
        .join('\n')}\n`,
    );
    if (debug) context.stderr.write(`${stack}\n`);
    return EXIT.usage;
  }
  const log = await logUnexpected(stack, context);
  context.stderr.write(`rollwatch: unexpected error: ${message}\n`);
  context.stderr.write(debug ? `${stack}\n` : `rollwatch: ${log}; --debug shows the stack\n`);
  return EXIT.unexpected;
}

/** Writes the stack to rollwatch's own log; says where it is, or why there is none. */
async function logUnexpected(stack: string, context: CliContext): Promise<string> {
  try {
    const { openOwnLog } = await import('./own-log.ts');
    const log = openOwnLog(context);
    log.file.write({ level: 'error', text: stack });
    const { why } = log.file.dropped();
    log.file.close();
    return why === null ? `more is in ${log.path}` : `the log ${log.path} could not be written (${why})`;
  } catch (failure) {
    return `there is no log (${failure instanceof Error ? failure.message : String(failure)})`;
  }
}
