/** What the fake API server serves: enough of discovery for a real kubectl to find it. */
export interface Kind {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly kind: string;
  readonly short: readonly string[];
  readonly namespaced: boolean;
  readonly subresources: readonly string[];
}

function kind(
  group: string,
  version: string,
  plural: string,
  name: string,
  subresources: readonly string[] = [],
): Kind {
  return { group, version, plural, kind: name, short: [], namespaced: true, subresources };
}

export const KINDS: readonly Kind[] = [
  { ...kind('', 'v1', 'namespaces', 'Namespace'), namespaced: false },
  kind('', 'v1', 'configmaps', 'ConfigMap'),
  kind('', 'v1', 'secrets', 'Secret'),
  kind('', 'v1', 'pods', 'Pod'),
  kind('apps', 'v1', 'deployments', 'Deployment', ['scale', 'status']),
  kind('apps', 'v1', 'statefulsets', 'StatefulSet', ['scale', 'status']),
  kind('apps', 'v1', 'daemonsets', 'DaemonSet', ['status']),
  kind('apps', 'v1', 'replicasets', 'ReplicaSet', ['scale', 'status']),
  kind('apps', 'v1', 'controllerrevisions', 'ControllerRevision'),
  kind('networking.k8s.io', 'v1', 'ingresses', 'Ingress', ['status']),
  kind('discovery.k8s.io', 'v1', 'endpointslices', 'EndpointSlice'),
  kind('gateway.networking.k8s.io', 'v1', 'httproutes', 'HTTPRoute', ['status']),
  kind('networking.istio.io', 'v1', 'virtualservices', 'VirtualService', ['status']),
  kind('argoproj.io', 'v1alpha1', 'rollouts', 'Rollout', ['scale', 'status']),
];

/** Answers to discovery; null where the path asks for something else. */
export function discovery(path: string): object | null {
  const groups = [...new Set(KINDS.map(({ group, version }) => `${group}/${version}`))].filter((one) => one[0] !== '/');
  if (path === '/version') return { major: '1', minor: '30', gitVersion: 'v1.30.0' };
  if (path === '/api') return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] };
  if (path === '/apis') return { kind: 'APIGroupList', apiVersion: 'v1', groups: groups.map(groupOf) };
  const [, group = '', version = ''] = /^\/(?:apis\/([^/]+)|api)\/([^/]+)$/.exec(path) ?? [];
  const kinds = KINDS.filter((one) => one.group === group && one.version === version);
  if (version === '' || kinds.length === 0) return null;
  const groupVersion = group === '' ? version : `${group}/${version}`;
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources: kinds.flatMap(resourcesOf) };
}

function groupOf(text: string): object {
  const [name, version] = text.split('/');
  const preferredVersion = { groupVersion: text, version };
  return { name, versions: [preferredVersion], preferredVersion };
}

function resourcesOf({ plural, kind, namespaced, subresources }: Kind): readonly object[] {
  const verbs = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'];
  const own = { name: plural, singularName: kind.toLowerCase(), namespaced, kind, verbs };
  const scale = { group: 'autoscaling', version: 'v1', kind: 'Scale' };
  return [
    own,
    ...subresources.map((name) => {
      const answer = name === 'scale' ? scale : { kind };
      return { name: `${plural}/${name}`, singularName: '', namespaced, verbs: ['get', 'patch', 'update'], ...answer };
    }),
  ];
}
