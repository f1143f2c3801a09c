import { once } from 'node:events';
import { createServer } from 'node:http';

type Json = Record<string, unknown>;

/** A Docker Engine on a unix socket: one service of a swarm, and changes that are answered as the test says. */
export interface FakeEngine {
  cluster: string;
  manager: boolean;
  service: Json;
  tasks: Json[];
  /** Paths of the changes that were sent. */
  readonly changes: string[];
  /** Answer to a change; null closes the connection. */
  onChange: (path: string) => { readonly status: number; readonly message?: string } | null;
  close(): void;
}

export async function fakeEngine(path: string): Promise<FakeEngine> {
  const engine: FakeEngine = {
    cluster: 'k1q7v0kd2nq0zw9y3o8m5x4ab',
    manager: true,
    service: {},
    tasks: [],
    changes: [],
    onChange: (change) => {
      throw new Error(`unexpected: ${change}`);
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  const server = createServer((request, response) => {
    request.resume();
    request.once('end', () => {
      const { status, body } = answerTo(request.method ?? '', request.url ?? '');
      if (status === 0) return void request.socket.destroy();
      response.statusCode = status;
      response.end(JSON.stringify(body));
    });
  }).listen(path);
  await once(server, 'listening');

  function answerTo(method: string, url: string): { readonly status: number; readonly body: unknown } {
    if (method === 'POST') {
      engine.changes.push(url);
      const answer = engine.onChange(url);
      return { status: answer?.status ?? 0, body: { message: answer?.message ?? '' } };
    }
    if (url === '/info') {
      return { status: 200, body: { Swarm: { ControlAvailable: engine.manager, Cluster: { ID: engine.cluster } } } };
    }
    if (url === '/services/checkout') return { status: 200, body: engine.service };
    if (url.startsWith('/tasks?')) return { status: 200, body: engine.tasks };
    return { status: 404, body: { message: `no ${url}` } };
  }

  return engine;
}

/** A spec that runs an image. */
export function spec(image: string, more: Json = {}): Json {
  return { TaskTemplate: { ContainerSpec: { Image: image } }, Mode: { Replicated: { Replicas: 1 } }, ...more };
}

/** A task that runs an image. */
export function task(image: string, state = 'running'): Json {
  return { Spec: { ContainerSpec: { Image: image } }, Status: { State: state }, DesiredState: 'running' };
}
