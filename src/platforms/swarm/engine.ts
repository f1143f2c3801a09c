import { request } from 'node:http';
import { StepRefused, StepUnknown, StepUnreached } from '../step.ts';

const ANSWER_MS = 30_000;

/** What the Engine answered. */
export interface EngineAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Reads from the Engine API. @throws StepUnreached without an answer, StepRefused for one of another status than 200. */
export async function readEngine(socket: string, path: string): Promise<unknown> {
  const answer = await exchange(socket, 'GET', path).catch((error: unknown) => {
    throw new StepUnreached((error as Error).message);
  });
  if (answer.status === 200) return answer.body;
  throw new StepRefused(`GET ${path}: HTTP ${answer.status}: ${messageOf(answer)}`);
}

/** Sends a change. @throws StepRefused when the Engine cannot have got it, StepUnknown when its answer was lost. */
export function writeEngine(socket: string, path: string, body: unknown): Promise<EngineAnswer> {
  return exchange(socket, 'POST', path, JSON.stringify(body));
}

/** What the Engine said, on one line. */
export function messageOf({ body }: EngineAnswer): string {
  const { message } = (body ?? {}) as { readonly message?: unknown };
  return typeof message === 'string' ? message.replaceAll(/\s+/g, ' ').slice(0, 300) : 'no reason given';
}

/** Paths carry no API version: each Engine answers in the newest it speaks, and what is read here is in all of them. */
function exchange(socketPath: string, method: string, path: string, body?: string): Promise<EngineAnswer> {
  return new Promise((resolve, reject) => {
    let text = '';
    let sent = false;
    const headers =
      body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const asked = request({ socketPath, method, path, headers, agent: false }, (response) => {
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.once('error', fail);
      response.once('end', () => {
        clearTimeout(timer);
        resolve({ status: response.statusCode ?? 0, body: parsed(text) });
      });
    });
    const timer = setTimeout(() => asked.destroy(new Error(`no answer within ${ANSWER_MS} ms`)), ANSWER_MS);
    asked.once('socket', (socket) => socket.once('connect', () => (sent = true)));
    asked.once('error', fail);
    asked.end(body);

    function fail(error: Error): void {
      clearTimeout(timer);
      const said = `Docker Engine at ${socketPath}: ${error.message}`;
      reject(sent ? new StepUnknown(said) : new StepRefused(said));
    }
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Errors of proxies before the Engine are plain text.
    return { message: text };
  }
}
