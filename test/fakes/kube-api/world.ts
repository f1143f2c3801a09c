import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Objects, Thing } from './objects.ts';
import type { KubeApi } from './server.ts';

/** Where a real kubectl may be; the dispatcher of the Cloud SDK counts. */
export const KUBECTL = ['/usr/local/bin/kubectl', '/usr/bin/kubectl'].find(existsSync) ?? null;

/** A kubeconfig with a context for each name; the current context is none. */
export function writeKubeconfig(dir: string, contexts: Readonly<Record<string, string>>): string {
  const path = join(dir, 'kubeconfig');
  const names = Object.keys(contexts);
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: names.map((name) => ({ name, cluster: { server: contexts[name] } })),
    contexts: names.map((name) => ({ name, context: { cluster: name, user: 'me' } })),
    users: [{ name: 'me', user: { token: 'sesame' } }],
  };
  writeFileSync(path, JSON.stringify(config), { mode: 0o600 });
  return path;
}

/** A workload `name` with one container `app` of an image. */
export function workload(name: string, image: string, more: Thing = {}): Thing {
  const labels = { app: name };
  const { metadata, spec, containers, ...template } = more;
  return {
    metadata: { name, labels, annotations: {}, ...metadata },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels, ...template.template },
        spec: { containers: [{ name: 'app', image, ...containers }] },
      },
      ...spec,
    },
    status: {},
  };
}

/** Deploys an image over what is there, as `kubectl set image` would. */
export function deploy(objects: Objects, plural: string, name: string, image: string, cause?: string): void {
  const thing = objects.get(plural, name);
  thing.spec.template.spec.containers[0].image = image;
  if (cause !== undefined) thing.metadata.annotations['kubernetes.io/change-cause'] = cause;
  objects.write(plural, thing);
}

/** The image that serves now. */
export function imageOf(api: KubeApi, plural: string, name: string): string {
  return api.objects.get(plural, name).spec.template.spec.containers[0].image as string;
}
