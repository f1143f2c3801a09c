import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { jsonPatch, PatchFailed } from '../kube-api/json-patch.ts';

// eslint-disable-next-line typescript/no-explicit-any -- an Application, written and read by tests.
export type App = any;

export interface ArgoRequest {
  readonly method: string;
  readonly path: string;
  readonly body: App;
  readonly status: number;
}

/** A stateful fake of the part of Argo CD's API that concerns one application `checkout`. */
export interface ArgoCdServer {
  readonly url: string;
  readonly token: string;
  app: App;
  readonly changes: ArgoRequest[];
  /** Runs right before a change is applied, once. */
  beforeChange: (() => void) | null;
  /** How the next sync ends. */
  ends: 'Succeeded' | 'Failed';
  /** Reads until a sync has ended. */
  looks: number;
  /** The answer to the next change is cut off, after or before it was applied. */
  cut: 'after' | 'before' | null;
  /** Answers OK and begins nothing. */
  lies: boolean;
  close(): Promise<void>;
}

export const REVISIONS = ['0'.repeat(40), 'a1b2c3d'.padEnd(40, '1'), 'f6e5d4c'.padEnd(40, '2')] as const;

export async function startArgoCd(): Promise<ArgoCdServer> {
  const server = createServer((request, response) => void answer(argo, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const argo: ArgoCdServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: `token-${randomUUID()}`,
    app: application(),
    changes: [],
    beforeChange: null,
    ends: 'Succeeded',
    looks: 2,
    cut: null,
    lies: false,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return argo;
}

function application(): App {
  return {
    metadata: { name: 'checkout', namespace: 'argocd', uid: randomUUID(), resourceVersion: '100' },
    spec: { project: 'shop', syncPolicy: {}, source: { targetRevision: 'main' } },
    status: {
      health: { status: 'Healthy' },
      sync: { status: 'Synced', revision: REVISIONS[2] },
      history: REVISIONS.map((revision, index) => ({
        id: index + 4,
        revision,
        deployedAt: `2026-01-0${index + 1}T10:00:00Z`,
        initiatedBy: index === 2 ? { automated: true } : { username: 'alice' },
        source: { targetRevision: 'main', helm: { parameters: [{ name: 'image.tag', value: `v${index}` }] } },
      })),
      operationState: {
        phase: 'Succeeded',
        startedAt: '2026-01-03T10:00:00Z',
        operation: { sync: { revision: REVISIONS[2] } },
      },
    },
  };
}

async function answer(argo: ArgoCdServer, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { pathname } = new URL(request.url ?? '/', argo.url);
  const method = request.method ?? '';
  const send = (status: number, body: object): void => {
    if (method !== 'GET') argo.changes.push({ method, path: pathname, body: parsed(chunks), status });
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  if (request.headers.authorization !== `Bearer ${argo.token}`)
    return send(401, { message: 'invalid session', code: 16 });
  const known = /^\/api\/v1\/applications\/checkout(\/rollback)?$/.exec(pathname);
  if (known === null) return send(403, { message: 'permission denied', code: 7 });
  if (method === 'GET') {
    advance(argo);
    return send(200, argo.app);
  }
  const { beforeChange } = argo;
  argo.beforeChange = null;
  beforeChange?.();
  if (argo.cut === 'before') return cutOff(argo, response);
  const [status, body] = change(argo, method, known[1] ?? '', parsed(chunks));
  if (argo.cut === 'after') return cutOff(argo, response);
  send(status, body);
}

function change(argo: ArgoCdServer, method: string, path: string, body: App): readonly [number, object] {
  const { app } = argo;
  if (method === 'PATCH' && path === '' && body.patchType === 'json') {
    try {
      argo.app = jsonPatch(app, JSON.parse(body.patch));
    } catch (error) {
      if (error instanceof PatchFailed) return [400, { message: error.message, code: 3 }];
      throw error;
    }
    argo.app.metadata.resourceVersion = String(Number(app.metadata.resourceVersion) + 1);
    return [200, argo.app];
  }
  if (method !== 'POST' || path !== '/rollback') return [404, { message: 'not found', code: 5 }];
  const { automated } = app.spec.syncPolicy;
  if (automated !== undefined && automated.enabled !== false) {
    return [400, { message: 'rollback cannot be initiated when auto-sync is enabled', code: 9 }];
  }
  if (app.operation !== undefined) return [400, { message: 'another operation is already in progress', code: 9 }];
  const entry = app.status.history.find(({ id }: App) => id === body.id);
  if (entry === undefined)
    return [400, { message: `application checkout does not have deployment with id ${body.id}`, code: 3 }];
  if (!argo.lies) app.operation = { sync: { revision: entry.revision, prune: body.prune } };
  return [200, app];
}

/** The controller: an operation ends after some looks at it. */
function advance(argo: ArgoCdServer): void {
  const { app } = argo;
  if (app.operation === undefined) return;
  argo.looks -= 1;
  if (argo.looks > 0) return;
  const { operation } = app;
  delete app.operation;
  app.status.operationState = {
    phase: argo.ends,
    message: 'sync ended',
    startedAt: new Date().toISOString(),
    operation,
  };
  if (argo.ends !== 'Succeeded') return;
  const like = app.status.history.find(({ revision }: App) => revision === operation.sync.revision);
  const id = Math.max(...app.status.history.map((one: App) => one.id)) + 1;
  app.status.history.push({ ...like, id, deployedAt: new Date().toISOString() });
}

function cutOff(argo: ArgoCdServer, response: ServerResponse): void {
  argo.cut = null;
  response.destroy();
}

function parsed(chunks: readonly Buffer[]): App {
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? null : JSON.parse(text);
}
