import { connect } from 'node:net';
import { StepRefused, StepUnknown, StepUnreached } from '../step.ts';

const ANSWER_MS = 10_000;
const MAX_CHARS = 16_777_216;

/** What the runtime socket answered to one line of commands, whole. @throws StepUnreached when it could not be asked. */
export function readRuntime(socket: string, command: string): Promise<string> {
  return exchange(socket, command).catch((error: unknown) => {
    throw new StepUnreached((error as Error).message);
  });
}

/**
 * Sends commands that answer with nothing when they succeed, as one line.
 *
 * @throws StepRefused when HAProxy cannot have got them, StepUnknown when some may have been carried out.
 */
export async function writeRuntime(socket: string, commands: readonly string[]): Promise<void> {
  const said = (await exchange(socket, commands.join('; '))).trim();
  if (said === '') return;
  const text = `HAProxy says: ${said.replaceAll(/\s+/g, ' ').slice(0, 300)}`;
  // Each command of a line is carried out by itself: with one alone, an error means that nothing was done.
  throw commands.length === 1 || /permission denied/i.test(said) ? new StepRefused(text) : new StepUnknown(text);
}

function exchange(path: string, line: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    let sent = false;
    const client = connect({ path });
    const timer = setTimeout(() => client.destroy(new Error(`no answer within ${ANSWER_MS} ms`)), ANSWER_MS);
    client.setEncoding('utf8');
    client.once('connect', () => {
      sent = true;
      client.write(`${line}\n`);
    });
    client.on('data', (part: string) => {
      text += part;
      if (text.length > MAX_CHARS) client.destroy(new Error('an answer too long'));
    });
    client.once('end', () => {
      // An answer always has at least an empty line; none at all is a socket closed on the way.
      if (text === '') client.destroy(new Error('closed without an answer'));
      else resolve(text);
    });
    client.once('error', (error) => {
      const said = `runtime socket ${path}: ${error.message}`;
      reject(sent ? new StepUnknown(said) : new StepRefused(said));
    });
    client.once('close', () => clearTimeout(timer));
  });
}
