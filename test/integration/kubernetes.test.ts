import { afterEach, beforeEach, expect, it } from 'vitest';
import { kubeBench, request, type KubeBench } from '../fakes/kube-api/bench.ts';
import type { Thing } from '../fakes/kube-api/objects.ts';
import { deploy, imageOf, KUBECTL, workload } from '../fakes/kube-api/world.ts';
import { sharedJson } from '../shared-data.ts';
import { describeWith } from './skip-loudly.ts';

let bench: KubeBench;
beforeEach(async () => {
  bench = await kubeBench();
});
afterEach(() => bench.close());

const V1 = 'registry.example:5000/shop/checkout:v1';
const V2 = 'registry.example:5000/shop/checkout:v2';

/** v0, v1 and then v2 were deployed. */
function threeDeployed(plural = 'deployments', more: Thing = {}): void {
  const { objects } = bench.api;
  const rolling = plural === 'deployments' ? {} : { updateStrategy: { type: 'RollingUpdate' } };
  const spec = { ...rolling, ...more.spec };
  objects.create(plural, workload('checkout', V1.replace('v1', 'v0'), { ...more, spec }));
  deploy(objects, plural, 'checkout', V1, 'release v1 by alice');
  deploy(objects, plural, 'checkout', V2, 'release v2 by bob');
}

describeWith('kubectl', KUBECTL !== null, 'kubernetes: undo of a workload through real kubectl', () => {
  it.each(['deployment', 'statefulset', 'daemonset'])(
    'puts the earlier version of a %s back and reads it back',
    async (kind) => {
      threeDeployed(`${kind}s`);
      const plan = bench.platform('kubernetes', { workload: `${kind}/checkout` }).plan(request);
      const end = await bench.act.run(plan);
      expect(end.text).toContain('the check of version v1 passed');
      expect(end.state).toBe('done');
      expect(imageOf(bench.api, `${kind}s`, 'checkout')).toBe(V1);
      expect(bench.api.changes).toHaveLength(1);
      const [change] = bench.api.changes;
      expect(change).toMatchObject({ method: 'PATCH', contentType: 'application/json-patch+json', status: 200 });
      expect(change!.path).toMatch(new RegExp(`^/apis/apps/v1/namespaces/shop/${kind}s/checkout\\b`));
      expect(change!.body.slice(0, 2).map(({ op, path }: Thing) => `${op} ${path}`)).toEqual([
        'test /metadata/uid',
        'test /metadata/generation',
      ]);
      expect(bench.api.objects.get(`${kind}s`, 'checkout').spec.template.metadata.labels).toEqual({ app: 'checkout' });
    },
  );

  it('goes two versions back, and keeps the change cause of the revision', async () => {
    threeDeployed();
    const end = await bench.act.run(bench.platform('kubernetes').plan({ ...request, toVersion: 'v0' }));
    expect(end.state).toBe('done');
    expect(imageOf(bench.api, 'deployments', 'checkout')).toContain(':v0');
  });

  it('does nothing when a newer version was deployed on top after the plan was made', async () => {
    threeDeployed();
    const plan = bench.platform('kubernetes').plan(request);
    deploy(bench.api.objects, 'deployments', 'checkout', V2.replace('v2', 'v3'));
    const end = await bench.act.run(plan);
    expect(end).toMatchObject({ state: 'cancelled' });
    expect(end.text).toContain('version v3 serves, not v2 as planned');
    expect(bench.api.changes).toEqual([]);
  });

  it('is refused by the server when a newer version comes between its look and its patch', async () => {
    threeDeployed();
    bench.api.beforeChange = () => deploy(bench.api.objects, 'deployments', 'checkout', V2.replace('v2', 'v3'));
    const end = await bench.act.run(bench.platform('kubernetes').plan(request));
    expect(bench.api.changes.map(({ status }) => status)).toEqual([422]);
    expect(end).toMatchObject({ state: 'failed', exitCode: 3 });
    expect(end.outputTail.join('\n')).toContain('deployment/checkout is at version v3, not v2: nothing was done');
    expect(imageOf(bench.api, 'deployments', 'checkout')).toContain(':v3');
  });

  it('looks again and goes on when only the number of replicas was changed in between', async () => {
    threeDeployed();
    bench.api.beforeChange = () => {
      const thing = bench.api.objects.get('deployments', 'checkout');
      bench.api.objects.write('deployments', { ...thing, spec: { ...thing.spec, replicas: 5 } });
    };
    const end = await bench.act.run(bench.platform('kubernetes').plan(request));
    expect(end.state).toBe('done');
    expect(bench.api.changes.map(({ status }) => status)).toEqual([422, 200]);
    expect(bench.api.objects.get('deployments', 'checkout').spec.replicas).toBe(5);
  });

  it('refuses a context that leads to another cluster, also one with the same workload', async () => {
    threeDeployed();
    bench.other.objects.create('deployments', workload('checkout', V1));
    deploy(bench.other.objects, 'deployments', 'checkout', V2);
    const plan = bench.platform('kubernetes').plan(request);
    bench.point(bench.other);
    const end = await bench.act.run(plan);
    expect(end.state).toBe('cancelled');
    const step = await bench.run(plan.steps[0]!.command);
    expect(step.exitCode).toBe(3);
    expect([...bench.other.changes, ...bench.api.changes]).toEqual([]);
  });

  it('says failed when the server answers OK and changes nothing', async () => {
    threeDeployed();
    bench.api.lies = true;
    const platform = bench.platform('kubernetes', { verify: { for: '0ms', within: '2s' } });
    const end = await bench.act.run(platform.plan(request));
    expect(end).toMatchObject({ state: 'failed', text: 'rollback failed: still version v2' });
  });

  it('knows that it was done when the answer was lost after it', async () => {
    threeDeployed();
    bench.api.cut = 'after';
    const end = await bench.act.run(bench.platform('kubernetes').plan(request));
    expect(end.state).toBe('done');
    expect(imageOf(bench.api, 'deployments', 'checkout')).toBe(V1);
  });

  it('says unknown when the answer was lost and nothing proves that it was done', async () => {
    threeDeployed();
    bench.api.cut = 'before';
    const end = await bench.act.run(bench.platform('kubernetes').plan(request));
    expect(end).toMatchObject({ state: 'unknown', exitCode: 75 });
    expect(end.text).toContain('version v2 serves');
  });

  it('fails when the earlier version does not come up, with what kubectl says', async () => {
    threeDeployed();
    bench.api.badImages.add(V1);
    const platform = bench.platform('kubernetes', { verify: { for: '0ms', within: '1s' } });
    const end = await bench.act.run(platform.plan(request));
    expect(end.state).toBe('failed');
    expect(imageOf(bench.api, 'deployments', 'checkout')).toBe(V1);
  });

  it.each([
    ['paused', { spec: { paused: true } }, 'deployment', 'is paused'],
    ['OnDelete', { spec: { updateStrategy: { type: 'OnDelete' } } }, 'statefulset', 'OnDelete'],
    ['partition', { spec: { updateStrategy: { rollingUpdate: { partition: 1 } } } }, 'statefulset', 'partition'],
  ])('refuses a workload whose undo would change no pods: %s', async (_, more, kind, text) => {
    threeDeployed(`${kind}s`, more);
    const end = await bench.act.run(bench.platform('kubernetes', { workload: `${kind}/checkout` }).plan(request));
    expect(end).toMatchObject({ state: 'failed', exitCode: 3 });
    expect(end.outputTail.join('\n')).toContain(text);
    expect(bench.api.changes).toEqual([]);
  });

  it('refuses a version that is not kept any more, and names those that are', async () => {
    threeDeployed();
    const end = await bench.act.run(bench.platform('kubernetes').plan({ ...request, toVersion: 'v-1' }));
    expect(end.outputTail.join('\n')).toContain(
      'no revision of deployment/checkout with version v-1 is kept (kept: v2, v1, v0',
    );
  });

  it('does nothing where it is not allowed to read the revisions', async () => {
    threeDeployed();
    bench.api.forbidden.add('replicasets');
    const end = await bench.act.run(bench.platform('kubernetes').plan(request));
    expect(end).toMatchObject({ state: 'failed', exitCode: 3 });
    expect(end.outputTail.join('\n')).toContain('forbidden');
  });
});

const ROUTES: readonly [string, string, Thing, (thing: Thing) => unknown][] = [
  [
    'httproute/checkout',
    'httproutes',
    {
      spec: {
        rules: [
          {
            backendRefs: [
              { name: 'blue', weight: 0 },
              { name: 'green', weight: 100 },
            ],
          },
        ],
      },
    },
    ({ spec }) => spec.rules[0].backendRefs.map(({ weight }: Thing) => weight),
  ],
  [
    'virtualservice/checkout',
    'virtualservices',
    {
      spec: {
        http: [
          {
            route: [
              { destination: { host: 'blue.shop.svc.cluster.local' } },
              { destination: { host: 'green' }, weight: 100 },
            ],
          },
        ],
      },
    },
    ({ spec }) => spec.http[0].route.map(({ weight }: Thing) => weight),
  ],
  [
    'ingress/checkout',
    'ingresses',
    { spec: { rules: [{ http: { paths: [{ backend: { service: { name: 'green' } } }] } }] } },
    ({ metadata }) => {
      const weight = Number(metadata.annotations['nginx.ingress.kubernetes.io/canary-weight']);
      return [100 - weight, weight];
    },
  ],
];

/** v1 in blue, v2 in green with all of the traffic. */
function blueAndGreen(plural: string, route: Thing, endpoints = [{ conditions: { ready: true } }]): void {
  const { objects } = bench.api;
  objects.create('deployments', workload('blue', V1));
  objects.create('deployments', workload('green', V2));
  const annotations = {
    'nginx.ingress.kubernetes.io/canary': 'true',
    'nginx.ingress.kubernetes.io/canary-weight': '100',
  };
  objects.create(plural, { metadata: { name: 'checkout', annotations }, ...route });
  const labels = { 'kubernetes.io/service-name': 'blue' };
  objects.create('endpointslices', { metadata: { name: 'blue-1', labels }, endpoints });
}

function sides(route: string): object {
  return {
    traffic: {
      route,
      sides: [
        { service: 'blue', workload: 'deployment/blue' },
        { service: 'green', workload: 'deployment/green' },
      ],
    },
  };
}

describeWith('kubectl', KUBECTL !== null, 'kubernetes: traffic between two sides', () => {
  it.each(ROUTES)(
    'goes back in steps by %s, each read back, and takes the bad side out',
    async (route, plural, thing, weights) => {
      blueAndGreen(plural, thing);
      const seen: unknown[] = [];
      bench.api.objects.events.on('change', ({ plural: changed, object }: Thing) => {
        if (changed === plural) seen.push(weights(object));
      });
      const plan = bench.platform('kubernetes', sides(route)).plan({
        ...request,
        strategy: 'progressive',
        actions: [
          { kind: 'check-capacity', percent: 100 },
          { kind: 'traffic', percent: 25 },
          { kind: 'switch' },
          { kind: 'drain' },
        ],
      });
      const end = await bench.act.run(plan);
      expect(end.text).toContain('v1');
      expect(end.state).toBe('done');
      expect(seen).toEqual([
        [25, 75],
        [100, 0],
      ]);
      expect(bench.api.objects.get('deployments', 'green').spec.replicas).toBe(0);
    },
  );

  it('sends nothing to a side without a ready endpoint', async () => {
    const [route, plural, thing] = ROUTES[0]!;
    blueAndGreen(plural, thing, [{ conditions: { ready: false } }]);
    const end = await bench.act.run(bench.platform('kubernetes', sides(route)).plan(request));
    expect(end).toMatchObject({ state: 'failed', exitCode: 3 });
    expect(end.outputTail.join('\n')).toContain('blue has no ready endpoint');
    expect(bench.api.changes).toEqual([]);
  });

  it('brings the earlier side up to the size of the present one', async () => {
    const [route, plural, thing] = ROUTES[0]!;
    blueAndGreen(plural, thing);
    const green = bench.api.objects.get('deployments', 'green');
    bench.api.objects.write('deployments', { ...green, spec: { ...green.spec, replicas: 6 } });
    const actions = [{ kind: 'scale', percent: 100 }, { kind: 'switch' }] as const;
    const plan = bench.platform('kubernetes', sides(route)).plan({ ...request, strategy: 'blue-green', actions });
    const end = await bench.act.run(plan);
    expect(end.state).toBe('done');
    expect(bench.api.objects.get('deployments', 'blue').spec.replicas).toBe(6);
  });

  it('lists the two sides as the versions there are', async () => {
    const [route, plural, thing] = ROUTES[0]!;
    blueAndGreen(plural, thing);
    const { versions } = await bench.facts(bench.platform('kubernetes', sides(route)));
    expect(versions.map(({ version, current }) => [version, current])).toEqual([
      ['v2', true],
      ['v1', false],
    ]);
  });
});

describeWith('kubectl', KUBECTL !== null, 'kubernetes: what is known before', () => {
  it('lists the versions with cause and revision, newest first', async () => {
    threeDeployed();
    const { versions, selfHeal, external } = await bench.facts(bench.platform('kubernetes'));
    expect(versions.map(({ version, revision, current }) => [version, revision, current])).toEqual([
      ['v2', '3', true],
      ['v1', '2', false],
      ['v0', '1', false],
    ]);
    expect(versions.map(({ change }) => change)).toEqual([
      'release v2 by bob',
      'release v1 by alice',
      expect.stringContaining('checkout:v0'),
    ]);
    expect(versions.every(({ deployedAtMs }) => Math.abs(Date.now() - deployedAtMs!) < 60_000)).toBe(true);
    expect([selfHeal, external]).toEqual([null, null]);
  });

  it('warns of config that changed since, that is gone, and that may not be read', async () => {
    const envFrom = [
      { configMapRef: { name: 'changed' } },
      { configMapRef: { name: 'same' } },
      { configMapRef: { name: 'gone' } },
    ];
    threeDeployed('deployments', { containers: { envFrom: [...envFrom, { secretRef: { name: 'key' } }] } });
    const at = (ms: number): string => new Date(Date.now() + ms).toISOString();
    const { objects } = bench.api;
    objects.create('configmaps', {
      metadata: { name: 'changed', managedFields: [{ manager: 'kubectl', time: at(60_000) }] },
    });
    objects.create('configmaps', { metadata: { name: 'same', creationTimestamp: at(-600_000) } });
    bench.api.forbidden.add('secrets');
    const { notUndone } = await bench.facts(bench.platform('kubernetes'));
    expect(notUndone).toEqual([
      expect.stringMatching(
        /^ConfigMap changed was changed at .* UTC, after revision 2 was made, and keeps its present content$/,
      ),
      'ConfigMap gone, which revision 2 takes, is not there any more',
      'Secret key could not be looked at: it may have changed since revision 2',
    ]);
  });

  it('names who will put the present version back', async () => {
    threeDeployed('deployments', {
      metadata: { annotations: { 'argocd.argoproj.io/tracking-id': 'shop:apps/Deployment:shop/checkout' } },
    });
    expect((await bench.facts(bench.platform('kubernetes'))).selfHeal).toContain('Argo CD application shop manages it');
  });

  it.each([
    ['aks', 'is not an AKS cluster'],
    ['gke', 'does not sign in by gke-gcloud-auth-plugin'],
  ])('checks the sign-in of %s before anything else', async (provider, text) => {
    threeDeployed();
    const plan = bench.platform('kubernetes', { provider }).plan(request);
    expect((await bench.run(plan.verify.versionCommand!)).exitCode).toBe(3);
    expect(await stderrOf(plan.verify.versionCommand!)).toContain(text);
  });
});

async function stderrOf(command: { readonly argv: readonly string[] }): Promise<string> {
  const { runProgram } = await import('../../src/platforms/kube-client.ts');
  const [program = '', ...args] = command.argv;
  const env = { PATH: '/usr/bin:/bin', HOME: bench.dir, ...bench.act.deps.env };
  return (await runProgram(program, args, env)).stderr;
}

describeWith('kubectl', KUBECTL !== null, 'kubernetes: the published API description', () => {
  it('knows every request that changes something, with its content type and the fields it touches', async () => {
    const swagger = sharedJson('schemas/kubernetes.swagger.json') as Swagger | null;
    if (swagger === null) return;
    threeDeployed();
    await bench.act.run(bench.platform('kubernetes').plan(request));
    const [route, plural, thing] = ROUTES[2]!;
    blueAndGreen(plural, thing);
    const actions = [{ kind: 'switch' }, { kind: 'drain' }] as const;
    const changed = { ...request, deploymentId: 'other', strategy: 'progressive', actions } as const;
    await bench.act.run(bench.platform('kubernetes', sides(route)).plan(changed));
    expect(bench.api.changes.map(({ method }) => method)).toHaveLength(3);
    for (const { method, path, contentType, body } of bench.api.changes) {
      const known = path
        .split('?')[0]!
        .replace('/shop/', '/{namespace}/')
        .replace(/(s)\/(?:checkout|green)/, '$1/{name}');
      const operation = swagger.paths[known]?.[method.toLowerCase()];
      expect(operation, known).toBeDefined();
      const consumes = operation!.consumes ?? ['*/*'];
      expect(consumes.includes('*/*') || consumes.includes(contentType)).toBe(true);
      const template = Array.isArray(body) ? body.find((one: Thing) => one.path === '/spec/template') : undefined;
      if (template !== undefined) {
        expect(Object.keys(swagger.definitions['io.k8s.api.core.v1.PodTemplateSpec']!.properties)).toEqual(
          expect.arrayContaining(Object.keys(template.value)),
        );
      }
    }
  });
});

interface Swagger {
  readonly paths: Record<string, Record<string, { readonly consumes?: readonly string[] }>>;
  readonly definitions: Record<string, { readonly properties: Record<string, unknown> }>;
}
