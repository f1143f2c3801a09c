import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Traffic } from '../../../../src/platforms/kubernetes/call.ts';
import { shareOperations, sharesOf, type Route } from '../../../../src/platforms/kubernetes/route.ts';
import { StepRefused } from '../../../../src/platforms/step.ts';
import { jsonPatch } from '../../../fakes/kube-api/json-patch.ts';

const workload = { kind: 'deployment', name: 'x' } as const;

function traffic(kind: Traffic['kind']): Traffic {
  return {
    kind,
    name: 'checkout',
    sides: [
      { service: 'blue', workload },
      { service: 'green', workload },
    ],
  };
}

const metadata = {
  name: 'checkout',
  uid: 'u',
  annotations: {
    'nginx.ingress.kubernetes.io/canary': 'true',
    'nginx.ingress.kubernetes.io/canary-weight': '30',
  },
};

const ROUTES: readonly [Traffic['kind'], Route][] = [
  [
    'httproute',
    { metadata, spec: { rules: [{ backendRefs: [{ name: 'green' }, { name: 'blue', weight: 3 }, { name: 'api' }] }] } },
  ],
  [
    'virtualservice',
    {
      metadata,
      spec: {
        http: [
          {
            route: [
              { destination: { host: 'blue' }, weight: 70 },
              { destination: { host: 'green.shop' }, weight: 30 },
            ],
          },
        ],
      },
    },
  ],
  ['ingress', { metadata, spec: { rules: [{ http: { paths: [{ backend: { service: { name: 'green' } } }] } }] } }],
  ['ingress', { metadata, spec: { rules: [{ http: { paths: [{ backend: { service: { name: 'blue' } } }] } }] } }],
];

describe('shares of the traffic', () => {
  it('reads them by kind: a weight that is not there is 1 in an HTTPRoute', () => {
    const shares = ROUTES.map(([kind, route]) => sharesOf(traffic(kind), route));
    expect(shares).toEqual([
      [75, 25],
      [70, 30],
      [70, 30],
      [30, 70],
    ]);
  });

  it('reads back any share that was set, in every kind', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ROUTES), fc.integer({ min: 0, max: 100 }), ([kind, route], percent) => {
        const changed = jsonPatch(route, shareOperations(traffic(kind), route, percent)) as Route;
        expect(sharesOf(traffic(kind), changed)).toEqual([percent, 100 - percent]);
      }),
    );
  });

  it('touches nothing but the two sides', () => {
    const [kind, route] = ROUTES[0]!;
    expect(shareOperations(traffic(kind), route, 25).map(({ path }) => path)).toEqual([
      '/spec/rules/0/backendRefs/0/weight',
      '/spec/rules/0/backendRefs/1/weight',
    ]);
  });

  it.each([
    ['httproute', { metadata, spec: { rules: [{ backendRefs: [{ name: 'green' }] }] } }],
    [
      'httproute',
      {
        metadata,
        spec: {
          rules: [
            {
              backendRefs: [
                { name: 'green', weight: 0 },
                { name: 'blue', weight: 0 },
              ],
            },
          ],
        },
      },
    ],
    ['virtualservice', { metadata, spec: {} }],
    ['ingress', { metadata: { name: 'checkout', uid: 'u' }, spec: ROUTES[2]![1].spec }],
    ['ingress', { metadata, spec: {} }],
  ] as const)('refuses a route that does not share between them: %s', (kind, route) => {
    expect(() => sharesOf(traffic(kind), route)).toThrow(StepRefused);
  });
});
