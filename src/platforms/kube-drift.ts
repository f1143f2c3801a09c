import type { Kubectl } from './kube-client.ts';
import type { Container, ObjectMeta, PodTemplate } from './kube-objects.ts';
import type { Revision } from './kube-revisions.ts';

interface Reference {
  readonly kind: 'configmap' | 'secret';
  readonly name: string;
}

/**
 * What a return from one revision to another leaves as it is: a sentence for each ConfigMap and Secret the earlier one
 * takes that was changed since it was made, is gone, or may not be looked at.
 */
export async function configDrift(kubectl: Kubectl, live: PodTemplate, earlier: Revision): Promise<readonly string[]> {
  const sentences = await Promise.all(referencesOf(earlier.template).map((one) => driftOf(kubectl, one, earlier)));
  return [...checksums(live, earlier), ...sentences.filter((text) => text !== null)];
}

async function driftOf(kubectl: Kubectl, { kind, name }: Reference, earlier: Revision): Promise<string | null> {
  const label = `${kind === 'secret' ? 'Secret' : 'ConfigMap'} ${name}`;
  const end = await kubectl.run([
    'get',
    `${kind}/${name}`,
    '--output=json',
    '--show-managed-fields',
    '--ignore-not-found',
    '--request-timeout=30s',
  ]);
  if (end.exitCode !== 0)
    return `${label} could not be looked at: it may have changed since revision ${earlier.number}`;
  if (end.stdout.trim() === '') return `${label}, which revision ${earlier.number} takes, is not there any more`;
  const { metadata } = JSON.parse(end.stdout) as { readonly metadata: ObjectMeta };
  const changedAtMs = changedAt(metadata);
  if (changedAtMs === null || earlier.createdAtMs === null || changedAtMs <= earlier.createdAtMs) return null;
  const at = new Date(changedAtMs).toISOString().slice(0, 16).replace('T', ' ');
  return `${label} was changed at ${at} UTC, after revision ${earlier.number} was made, and keeps its present content`;
}

/** When it was last written by anyone: of the managed fields the newest, else its creation. */
function changedAt({ managedFields = [], creationTimestamp }: ObjectMeta): number | null {
  const times = [creationTimestamp, ...managedFields.map(({ time }) => time)].map((time) => Date.parse(time ?? ''));
  const known = times.filter((time) => !Number.isNaN(time));
  return known.length === 0 ? null : Math.max(...known);
}

/** Charts put a checksum of the config into the template: another one means that the config changed with the version. */
function checksums(live: PodTemplate, { template, number }: Revision): readonly string[] {
  const before = template.metadata?.annotations ?? {};
  return Object.entries(live.metadata?.annotations ?? {})
    .filter(([key, value]) => key.startsWith('checksum/') && before[key] !== undefined && before[key] !== value)
    .map(([key]) => `the configuration behind ${key} changed since revision ${number} and keeps its present content`);
}

function referencesOf({ spec }: PodTemplate): readonly Reference[] {
  const containers = [...spec.containers, ...(spec.initContainers ?? [])];
  const found = [...containers.flatMap(ofContainer), ...(spec.volumes ?? []).flatMap(ofVolume)];
  const unique = new Map(found.map((one) => [`${one.kind}/${one.name}`, one]));
  return [...unique.values()];
}

type Named = Readonly<Record<string, { readonly name?: string } | undefined>>;

function ofContainer({ env = [], envFrom = [] }: Container): readonly Reference[] {
  return [
    ...env.flatMap(({ valueFrom = {} }) => ofNames(valueFrom, 'configMapKeyRef', 'secretKeyRef')),
    ...envFrom.flatMap((source) => ofNames(source, 'configMapRef', 'secretRef')),
  ];
}

function ofVolume({
  configMap,
  secret,
  projected,
}: NonNullable<PodTemplate['spec']['volumes']>[number]): readonly Reference[] {
  return [
    ...reference('configmap', configMap?.name),
    ...reference('secret', secret?.secretName),
    ...(projected?.sources ?? []).flatMap((source) => ofNames(source, 'configMap', 'secret')),
  ];
}

function ofNames(source: Named, configMap: string, secret: string): readonly Reference[] {
  return [...reference('configmap', source[configMap]?.name), ...reference('secret', source[secret]?.name)];
}

function reference(kind: Reference['kind'], name: string | undefined): readonly Reference[] {
  return name === undefined ? [] : [{ kind, name }];
}
