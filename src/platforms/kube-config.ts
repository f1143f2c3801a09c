import { z } from 'zod';
import { PlanError } from '../ports/platform.ts';
import { resolveExecutable } from './executable.ts';
import type { KubeAt } from './kube-client.ts';
import type { VersionNaming } from './kube-version.ts';
import { safeName } from './safe-name.ts';

const DNS_LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const DNS_NAME = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const LABEL_KEY = /^(?:[a-z0-9.-]{1,253}\/)?[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;
const VERSION_FROM = /^(image-tag|image|label|annotation)(?::(.+))?$/;

/** A word of the config that a pattern holds. */
export function word(pattern: RegExp, error: string, description: string) {
  return z.string({ error }).regex(pattern, { error }).meta({ description });
}

/** Keys by which a cluster and a place in it are named, the same for all that go through kubectl. */
export const kubePlaceKeys = {
  context: word(
    /^[A-Za-z0-9_][A-Za-z0-9._:@/-]{0,252}$/,
    'the name of a context of the kubeconfig',
    'Context of the kubeconfig; never the current one by default.',
  ),
  namespace: word(DNS_LABEL, 'the name of a namespace', 'Namespace; never the one of the context by default.'),
  cluster: word(
    UUID,
    'the UID of the namespace kube-system (kubectl get namespace kube-system -o jsonpath={.metadata.uid})',
    'UID of the namespace kube-system: a context that leads to another cluster is refused.',
  ),
  kubectl: z
    .string({ error: 'the path of kubectl' })
    .min(1, { error: 'the path of kubectl' })
    .meta({ description: 'kubectl; default the one on the fixed PATH.' })
    .optional(),
};

/** Where the version of a workload stands. */
export const versionKeys = {
  versionFrom: word(
    VERSION_FROM,
    'image-tag, image, label:KEY or annotation:KEY',
    'Where the version stands: image-tag (default), image, label:KEY or annotation:KEY of the pod template.',
  )
    .refine((text) => /^(?:label|annotation)/.test(text) === text.includes(':'), {
      error: 'image-tag, image, label:KEY or annotation:KEY',
    })
    .refine((text) => !text.includes(':') || LABEL_KEY.test(text.slice(text.indexOf(':') + 1)), {
      error: 'label: or annotation: with the key of one',
    })
    .optional(),
  container: word(
    DNS_LABEL,
    'the name of a container',
    'Container whose image is the version; default the one named like the workload, else the first.',
  ).optional(),
};

interface PlaceConfig {
  readonly context: string;
  readonly namespace: string;
  readonly cluster: string;
  readonly kubectl?: string | undefined;
}

/** Where kubectl goes. @throws PlanError when there is no kubectl that may be run. */
export function kubeAt(config: PlaceConfig, baseDir: string): KubeAt {
  const { context, namespace, cluster } = config;
  return { kubectl: resolveExecutable(config.kubectl ?? 'kubectl', baseDir), context, namespace, cluster };
}

/** How the config names versions. */
export function namingOf(versionFrom: string | undefined, container: string | undefined): VersionNaming {
  const [, source = 'image-tag', key] = VERSION_FROM.exec(versionFrom ?? 'image-tag') ?? [];
  return { source: source as VersionNaming['source'], key: key ?? null, container: container ?? null };
}

/** The name of an object, with `{pipeline}` filled in. @throws PlanError when no object can have it. */
export function objectName(template: string, pipeline: string): string {
  const name = template.replaceAll('{pipeline}', safeName('pipeline', pipeline));
  if (DNS_NAME.test(name)) return name;
  throw new PlanError(`no object of Kubernetes is called ${name}: set its name in the config`);
}

/** `kubectl --context=C --namespace=N …`, as people type it. */
export function kubectlText({ context, namespace }: PlaceConfig, call: string): string {
  return `kubectl --context=${context} --namespace=${namespace} ${call}`;
}
