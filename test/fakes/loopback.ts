import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, request, Agent, type Server } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';

/** A port of loopback that nothing listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createTcpServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A service that answers every request with its version. */
export interface VersionServer {
  readonly port: number;
  version: string;
  close(): void;
}

export async function versionServer(version: string): Promise<VersionServer> {
  const self = { port: 0, version, close: (): void => void server.close() };
  const server: Server = createServer((_, response) => response.end(`${self.version}\n`));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  self.port = (server.address() as AddressInfo).port;
  self.close = () => {
    server.closeAllConnections();
    server.close();
  };
  return self;
}

/** What a load loop saw. */
export interface LoadCount {
  readonly failed: readonly string[];
  /** Asked again on a new connection, as HTTP clients do when an idle one was closed under their request (RFC 9110, 9.2.2). */
  readonly retried: number;
  readonly answers: Readonly<Record<string, number>>;
}

/** Keep-alive connections that ask one after the other until stopped; never longer than `limitMs`. */
export function startLoad(
  port: number,
  connections = 8,
  limitMs = 170_000,
): { stop(): Promise<LoadCount>; take(): LoadCount; answered(): number } {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const endMs = performance.now() + limitMs;
  let [failed, answers, retried] = [[] as string[], {} as Record<string, number>, 0];
  const state = { running: true };
  const loops = Array.from({ length: connections }, async () => {
    while (state.running && performance.now() < endMs) {
      let answer = await ask(port, agent);
      if (answer.closedUnder) {
        retried += 1;
        answer = await ask(port);
      }
      if (answer.status === 200) answers[answer.text] = (answers[answer.text] ?? 0) + 1;
      else failed.push(`${answer.status} ${answer.text}`);
      // A pause, so that the loop does not take the machine from what it measures.
      await new Promise((resolve) => setTimeout(resolve, 4));
    }
  });
  const take = (): LoadCount => {
    const seen = { failed, answers, retried };
    [failed, answers, retried] = [[], {}, 0];
    return seen;
  };
  return {
    take,
    answered: () => Object.values(answers).reduce((sum, count) => sum + count, 0),
    async stop() {
      state.running = false;
      await Promise.all(loops);
      agent.destroy();
      return take();
    },
  };
}

/** What a GET came to; status 0 where there was no answer. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  /** The connection was an idle one that the server closed before it had read the request. */
  readonly closedUnder: boolean;
}

/** One GET. */
export function ask(port: number, agent: Agent | false = false, path = '/'): Promise<Answer> {
  return new Promise((resolve) => {
    const asked = request({ host: '127.0.0.1', port, path, agent, timeout: 10_000 }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.once('end', () => resolve({ status: response.statusCode ?? 0, text: text.trim(), closedUnder: false }));
      response.once('error', (error) => resolve({ status: 0, text: error.message, closedUnder: false }));
    });
    asked.once('timeout', () => asked.destroy(new Error('timeout')));
    asked.once('error', (error: NodeJS.ErrnoException) => {
      const closedUnder = asked.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
      resolve({ status: 0, text: error.message, closedUnder });
    });
    asked.end();
  });
}

/** A program in the foreground with what it said, ended by its own id. */
export interface Daemon {
  readonly child: ChildProcess;
  readonly said: () => string;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

export function startDaemon(program: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Daemon {
  let said = '';
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const hear = (part: Buffer): void => void (said = (said + part.toString()).slice(-20_000));
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  child.on('error', (error) => (said += error.message));
  return {
    child,
    said: () => said,
    async stop(signal = 'SIGTERM') {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill(signal);
      const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await gone;
      clearTimeout(timer);
    },
  };
}

/** Asks until it holds; what the daemon said stands in the error. */
export async function ready(what: string, holds: () => Promise<boolean>, said: () => string = () => ''): Promise<void> {
  const endMs = performance.now() + 60_000;
  while (!(await holds().catch(() => false))) {
    if (performance.now() > endMs) throw new Error(`never: ${what}\n${said()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
