import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { controllers, rolloutStatus } from './controllers.ts';
import { jsonPatch, mergePatch, PatchFailed } from './json-patch.ts';
import { discovery, KINDS } from './kinds.ts';
import { createObjects, kindOf, type Objects, type Thing } from './objects.ts';

/** A request that changed something, or tried to. */
export interface Change {
  readonly method: string;
  readonly path: string;
  readonly contentType: string;
  readonly body: Thing;
  readonly status: number;
}

/** A fake API server of one cluster with one namespace `shop`: stateful, and as strict about conflicts as the real one. */
export interface KubeApi {
  readonly url: string;
  /** UID of kube-system. */
  readonly cluster: string;
  readonly objects: Objects;
  readonly changes: Change[];
  readonly badImages: Set<string>;
  /** Runs right before a change is applied, once. */
  beforeChange: (() => void) | null;
  /** The answer to the next change is cut off after it was applied (`after`), or the change itself is (`before`). */
  cut: 'after' | 'before' | null;
  /** Answers 200 to changes and does nothing. */
  lies: boolean;
  /** Resources nobody may read. */
  readonly forbidden: Set<string>;
  close(): Promise<void>;
}

interface Address {
  readonly plural: string;
  readonly name: string | null;
  readonly subresource: string | null;
}

class HttpError extends Error {
  readonly status: number;
  readonly reason: string;
  constructor(status: number, reason: string, message: string) {
    super(message);
    this.status = status;
    this.reason = reason;
  }
}

export async function startKubeApi(): Promise<KubeApi> {
  const badImages = new Set<string>();
  const objects = createObjects(controllers(badImages), () => new Date());
  const changes: Change[] = [];
  const cluster = randomUUID();
  objects.create('namespaces', { metadata: { name: 'kube-system', uid: cluster } });
  const server = createServer((request, response) => {
    void answer(api, request, response).catch((error: unknown) => fail(response, error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const api: KubeApi = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cluster,
    objects,
    changes,
    badImages,
    beforeChange: null,
    cut: null,
    lies: false,
    forbidden: new Set(),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return api;
}

async function answer(api: KubeApi, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', api.url);
  const body = await bodyOf(request);
  const found = discovery(url.pathname);
  if (found !== null && request.method === 'GET') return send(response, 200, found);
  const address = addressOf(url.pathname);
  if (address === null) throw new HttpError(404, 'NotFound', `the server could not find ${url.pathname}`);
  if (api.forbidden.has(address.plural)) throw new HttpError(403, 'Forbidden', `${address.plural} is forbidden`);
  if (request.method === 'GET') return read(api, address, url, response);
  const { beforeChange } = api;
  api.beforeChange = null;
  beforeChange?.();
  if (api.cut === 'before') return cutOff(api, response);
  change(api, address, request, body, response);
}

function read(
  api: KubeApi,
  { plural, name, subresource }: Address,
  { searchParams }: URL,
  response: ServerResponse,
): void {
  if (name !== null) {
    const thing = existing(api, plural, name);
    return send(response, 200, subresource === 'scale' ? scaleOf(thing) : thing);
  }
  if (searchParams.get('watch') === 'true') return watch(api, plural, searchParams, response);
  const items = api.objects.list(plural).filter((thing) => selected(thing, searchParams));
  const { group, version, kind } = kindOf(plural);
  const apiVersion = group === '' ? version : `${group}/${version}`;
  send(response, 200, { kind: `${kind}List`, apiVersion, metadata: { resourceVersion: '999999' }, items });
}

function watch(api: KubeApi, plural: string, params: URLSearchParams, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.flushHeaders();
  const push = (event: Thing): void => {
    if (event.plural !== plural || !selected(event.object, params)) return;
    response.write(`${JSON.stringify({ type: event.type, object: event.object })}\n`);
  };
  api.objects.events.on('change', push);
  response.on('close', () => api.objects.events.off('change', push));
}

function change(
  api: KubeApi,
  address: Address,
  request: IncomingMessage,
  text: string,
  response: ServerResponse,
): void {
  const { plural, name, subresource } = address;
  const contentType = request.headers['content-type'] ?? '';
  const body: Thing = JSON.parse(text);
  const note = (status: number): void => {
    api.changes.push({ method: request.method ?? '', path: request.url ?? '', contentType, body, status });
  };
  try {
    if (name === null) throw new HttpError(405, 'MethodNotAllowed', 'only objects are changed here');
    const old = existing(api, plural, name);
    const seen = subresource === 'scale' ? scaleOf(old) : old;
    const next = request.method === 'PUT' ? body : patched(seen, contentType, body);
    const version = next.metadata?.resourceVersion;
    if (version !== undefined && version !== old.metadata.resourceVersion) {
      throw new HttpError(
        409,
        'Conflict',
        `Operation cannot be fulfilled on ${plural} "${name}": the object has been modified`,
      );
    }
    note(200);
    if (api.lies) return send(response, 200, seen);
    const whole =
      subresource === 'scale' ? { ...old, spec: { ...old.spec, replicas: next.spec?.replicas ?? 0 } } : next;
    if (plural === 'rollouts' && subresource === 'status') whole.status = rolloutStatus(whole.status);
    const written = api.objects.write(plural, whole, subresource ?? undefined);
    if (api.cut === 'after') return cutOff(api, response);
    send(response, 200, subresource === 'scale' ? scaleOf(written) : written);
  } catch (error) {
    if (error instanceof PatchFailed) {
      note(422);
      throw new HttpError(422, 'Invalid', 'the server rejected our request due to an error in our request');
    }
    if (error instanceof HttpError) note(error.status);
    throw error;
  }
}

function patched(old: Thing, contentType: string, body: Thing): Thing {
  if (contentType.startsWith('application/json-patch+json')) return jsonPatch(old, body);
  if (/^application\/(?:merge|strategic-merge)-patch\+json/.test(contentType)) return mergePatch(old, body);
  throw new HttpError(415, 'UnsupportedMediaType', contentType);
}

function existing(api: KubeApi, plural: string, name: string): Thing {
  const thing = api.objects.get(plural, name);
  if (thing === null) throw new HttpError(404, 'NotFound', `${plural} "${name}" not found`);
  return thing;
}

function selected({ metadata }: Thing, params: URLSearchParams): boolean {
  const field = params.get('fieldSelector');
  if (field !== null && field !== `metadata.name=${metadata.name}`) return false;
  const wanted = (params.get('labelSelector') ?? '').split(',').filter((one) => one !== '');
  return wanted.every((one) => metadata.labels?.[one.split('=')[0]!] === one.split('=')[1]);
}

function scaleOf({ metadata, spec, status }: Thing): object {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = metadata;
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: spec.replicas },
    status: { replicas: status?.replicas ?? 0 },
  };
}

function addressOf(path: string): Address | null {
  const [, group = '', , plural, name, subresource] =
    /^\/(?:apis\/([^/]+)|api)\/([^/]+)(?:\/namespaces\/shop)?\/([^/]+)(?:\/([^/]+))?(?:\/([^/]+))?$/.exec(path) ?? [];
  if (plural === undefined || !KINDS.some((one) => one.plural === plural && one.group === group)) return null;
  return { plural, name: name ?? null, subresource: subresource ?? null };
}

function cutOff(api: KubeApi, response: ServerResponse): void {
  api.cut = null;
  response.destroy();
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function fail(response: ServerResponse, error: unknown): void {
  const { status, reason } = error instanceof HttpError ? error : { status: 500, reason: 'InternalError' };
  const message = (error as Error).message;
  send(response, status, { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, reason, code: status });
}
