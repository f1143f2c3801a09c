import type { Container, PodTemplate } from './kube-objects.ts';

/** Where the version of a pod template stands. */
export interface VersionNaming {
  /** `image-tag` (the digest where there is no tag), `image` (all of it), or a label or annotation of the template. */
  readonly source: 'image-tag' | 'image' | 'label' | 'annotation';
  /** Key of the label or annotation. */
  readonly key: string | null;
  /** Container whose image counts; null: the one named like the workload, else the first. */
  readonly container: string | null;
}

/** The version of a pod template; null where it states none. */
export function versionOf(template: PodTemplate, naming: VersionNaming, workload: string): string | null {
  const key = naming.key ?? '';
  if (naming.source === 'label') return template.metadata?.labels?.[key] ?? null;
  if (naming.source === 'annotation') return template.metadata?.annotations?.[key] ?? null;
  const image = containerOf(template, naming.container, workload)?.image;
  if (image === undefined) return null;
  return naming.source === 'image' ? image : tagOf(image);
}

/** Every image of a template, for people. */
export function imagesText(template: PodTemplate): string {
  return template.spec.containers.map(({ image }) => image).join(', ');
}

function containerOf({ spec }: PodTemplate, name: string | null, workload: string): Container | undefined {
  if (name !== null) return spec.containers.find((one) => one.name === name);
  return spec.containers.find((one) => one.name === workload) ?? spec.containers[0];
}

/** `registry:5000/app:v1@sha256:…` → `v1`; without a tag the digest, without either `latest`, as the runtime takes it. */
function tagOf(image: string): string {
  const [name = '', digest] = image.split('@');
  const tag = /:([\w][\w.-]{0,127})$/.exec(name.slice(name.lastIndexOf('/') + 1))?.[1];
  return tag ?? digest ?? 'latest';
}
