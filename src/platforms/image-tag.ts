/** `registry:5000/app:v1@sha256:…` → `v1`; without a tag the digest, without either `latest`, as the runtime takes it. */
export function imageTag(image: string): string {
  const [name = '', digest] = image.split('@');
  const tag = /:([\w][\w.-]{0,127})$/.exec(name.slice(name.lastIndexOf('/') + 1))?.[1];
  return tag ?? digest ?? 'latest';
}
