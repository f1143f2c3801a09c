import { describe, expect, it } from 'vitest';
import { kubernetes } from '../../../../src/platforms/kubernetes/index.ts';
import { PlanError, type PlanRequest } from '../../../../src/ports/platform.ts';

const base = {
  context: 'prod',
  namespace: 'shop',
  cluster: '5f0c3a52-7a7e-4c58-9c0b-3b1d3f1f6a11',
  kubectl: '/bin/true',
};
const sides = {
  traffic: {
    route: 'httproute/{pipeline}',
    sides: [
      { service: '{pipeline}-blue', workload: 'deployment/{pipeline}-blue' },
      { service: '{pipeline}-green', workload: 'deployment/{pipeline}-green' },
    ],
  },
};
const request: PlanRequest = {
  pipeline: 'checkout',
  environment: null,
  deploymentId: 'checkout@v2@1',
  fromVersion: 'v2',
  toVersion: 'v1',
};

function platform(config: object = {}) {
  const context = { baseDir: '/', home: '/', host: { name: 'box', machineId: 'a' }, dryRunBecause: null };
  return kubernetes.create(kubernetes.schema.parse({ ...base, ...config }), context);
}

describe('kubernetes plans', () => {
  it('shows the exact call with context and namespace, and hands credentials on by name', () => {
    const [step] = platform().plan(request).steps;
    expect(step!.call).toContain('kubectl --context=prod --namespace=shop patch deployment/checkout --type=json');
    expect(step!.call).toContain('"path":"/metadata/generation"');
    expect(step!.command.envFrom).toContain('KUBECONFIG');
    expect(step!.expects).toEqual(['v2']);
  });

  it('pins the target by the cluster, not by the name of the context', () => {
    const { id } = platform().target('checkout');
    expect(id).toBe(`kubernetes:${base.cluster}:shop:deployment/checkout`);
    expect(platform({ context: 'renamed' }).target('checkout').id).toBe(id);
  });

  it('cannot share traffic out with one workload, and says why', () => {
    const actions = [{ kind: 'traffic', percent: 25 }] as const;
    expect(() => platform().plan({ ...request, actions })).toThrow(/no `traffic` between two sides/);
    expect(() => platform().plan({ ...request, strategy: 'progressive' })).toThrow(PlanError);
  });

  it('makes a step of each action, with a read-back of each share', () => {
    const actions = [
      { kind: 'check-capacity', percent: 100 },
      { kind: 'traffic', percent: 25 },
      { kind: 'switch' },
      { kind: 'drain' },
    ] as const;
    const { steps } = platform(sides).plan({ ...request, strategy: 'progressive', actions });
    expect(steps.map(({ action }) => action)).toEqual(actions);
    expect(steps.map(({ readBack }) => readBack !== null)).toEqual([false, true, true, false]);
    expect(steps[1]!.text).toBe('give v1 25 % of the traffic, after its endpoints were seen ready');
    expect(steps[1]!.expects).toEqual(['v2', 'v1']);
  });

  it.each(['Checkout', 'a_b', 'a/b', 'ab-'])('refuses %s, which no object can be called', (pipeline) => {
    expect(() => platform().plan({ ...request, pipeline })).toThrow(/no object of Kubernetes is called/);
  });

  it.each([
    { cluster: 'prod' },
    { namespace: '--all-namespaces' },
    { context: '-x' },
    { workload: 'pod/checkout' },
    { versionFrom: 'label' },
    { versionFrom: 'image:x' },
    { provider: 'eks' },
    { traffic: { route: 'service/x', sides: [] } },
  ])('refuses the config %j', (change) => {
    expect(kubernetes.schema.safeParse({ ...base, ...change }).success).toBe(false);
  });
});
