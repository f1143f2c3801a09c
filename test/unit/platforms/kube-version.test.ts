import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { versionOf } from '../../../src/platforms/kube-version.ts';
import { namingOf } from '../../../src/platforms/kube-config.ts';

const template = (image: string, more: object = {}) => ({
  metadata: { labels: { 'app.kubernetes.io/version': '1.2' }, annotations: { commit: 'abc' } },
  spec: {
    containers: [
      { name: 'proxy', image: 'envoy:v9' },
      { name: 'checkout', image },
    ],
    ...more,
  },
});

describe('version of a pod template', () => {
  it.each([
    ['shop/checkout:v1', 'v1'],
    ['registry.example:5000/shop/checkout:v1', 'v1'],
    ['registry.example:5000/shop/checkout', 'latest'],
    ['shop/checkout:v1@sha256:0f', 'v1'],
    ['shop/checkout@sha256:0f', 'sha256:0f'],
    ['checkout', 'latest'],
  ])('takes the tag of %s', (image, version) => {
    expect(versionOf(template(image), namingOf(undefined, undefined), 'checkout')).toBe(version);
  });

  it('takes the container that is named, else the one named like the workload, else the first', () => {
    const one = template('shop/checkout:v1');
    expect(versionOf(one, namingOf('image-tag', 'proxy'), 'checkout')).toBe('v9');
    expect(versionOf(one, namingOf('image-tag', undefined), 'other')).toBe('v9');
    expect(versionOf(one, namingOf('image-tag', 'gone'), 'checkout')).toBeNull();
  });

  it('takes a label, an annotation or the whole image', () => {
    const one = template('shop/checkout:v1');
    expect(versionOf(one, namingOf('label:app.kubernetes.io/version', undefined), 'checkout')).toBe('1.2');
    expect(versionOf(one, namingOf('annotation:commit', undefined), 'checkout')).toBe('abc');
    expect(versionOf(one, namingOf('annotation:gone', undefined), 'checkout')).toBeNull();
    expect(versionOf(one, namingOf('image', undefined), 'checkout')).toBe('shop/checkout:v1');
  });

  it('finds any tag behind any registry, with or without a digest', () => {
    const tag = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,40}$/);
    const name = fc.stringMatching(/^[a-z0-9.-]{1,20}(:[0-9]{1,5})?(\/[a-z0-9-]{1,20}){1,3}$/);
    const digest = fc.constantFrom('', '@sha256:0f0f');
    fc.assert(
      fc.property(name, tag, digest, (repository, version, end) => {
        const image = `${repository}:${version}${end}`;
        expect(versionOf(template(image), namingOf(undefined, undefined), 'checkout')).toBe(version);
      }),
    );
  });
});
