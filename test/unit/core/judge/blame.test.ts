import { describe, expect, it } from 'vitest';
import { blameAfter, suspectsOf, type DeployedNow } from '../../../../src/core/judge/blame.ts';

const MINUTE_MS = 60_000;
const ANALYSIS_MS = 120 * MINUTE_MS;
const GRAPH: Readonly<Record<string, readonly string[]>> = {
  checkout: ['payments'],
  shop: ['payments'],
  app: ['payments'],
};
const callees = (pipeline: string): ReadonlySet<string> => new Set(GRAPH[pipeline]);
const nobody = (): ReadonlySet<string> => new Set();
const deployed = (pipeline: string, minute: number): DeployedNow => {
  return { pipeline, version: `${pipeline}-new`, atMs: minute * MINUTE_MS, analysisMs: ANALYSIS_MS };
};
const failing = (pipeline: string, minute: number) => ({ pipeline, sinceMs: minute * MINUTE_MS });

describe('the blame of a deployment', () => {
  it.each([
    [-1, 0],
    [0, 1],
    [30, 1],
    [90, 0.5],
    [120, 0.354],
  ])('for what begins %d minutes after it is %d', (minutes, blame) => {
    expect(blameAfter(minutes * MINUTE_MS, ANALYSIS_MS)).toBeCloseTo(blame, 3);
  });
});

describe('the suspects of a failure', () => {
  const shares = (...args: Parameters<typeof suspectsOf>): string =>
    suspectsOf(...args)
      .map(({ pipeline, share }) => `${pipeline} ${share.toFixed(2)}`)
      .join(', ');

  it.each([
    {
      why: 'vote: two failures speak for what both need, one for the caller',
      failures: [failing('checkout', 3), failing('payments', 3)],
      deployments: [deployed('checkout', 0), deployed('payments', 1)],
      graph: callees,
      found: 'payments 0.67, checkout 0.33',
    },
    {
      why: 'a callee that is well itself is suspected by half',
      failures: [failing('checkout', 3)],
      deployments: [deployed('checkout', 0), deployed('payments', 1)],
      graph: callees,
      found: 'checkout 0.67, payments 0.33',
    },
    {
      why: 'several callers fail: what they all call is likelier than the deployment of one of them',
      failures: [failing('checkout', 3), failing('shop', 4), failing('app', 5), failing('checkout2', 90)],
      deployments: [deployed('checkout', 0), deployed('payments', 1)],
      graph: callees,
      found: 'payments 0.60, checkout 0.40',
    },
    {
      why: 'veto: what was deployed after the failure began is not suspected',
      failures: [failing('checkout', 3), failing('payments', 5)],
      deployments: [deployed('checkout', 0), deployed('payments', 4)],
      graph: callees,
      found: '',
    },
    ...[callees, nobody].map((graph) => ({
      why: 'veto: it was well beside the failing other until its own deployment',
      failures: [failing('checkout', 5), failing('payments', 3)],
      deployments: [deployed('checkout', 4), deployed('payments', 1)],
      graph,
      found: '',
    })),
    {
      why: 'decay: an old deployment is less likely than a new one of a callee',
      failures: [failing('checkout', 112)],
      deployments: [deployed('checkout', 0), deployed('payments', 110)],
      graph: callees,
      found: 'payments 0.56, checkout 0.44',
    },
    {
      why: 'without a call between them, what failed first is suspected',
      failures: [failing('checkout', 4), failing('payments', 3)],
      deployments: [deployed('checkout', 0), deployed('payments', 1)],
      graph: nobody,
      found: 'payments 0.60, checkout 0.40',
    },
    {
      why: 'what fails half an hour apart has nothing to do with each other',
      failures: [failing('checkout', 34), failing('payments', 3)],
      deployments: [deployed('checkout', 0), deployed('payments', 1)],
      graph: nobody,
      found: '',
    },
    {
      why: 'what others deployed and bears well is no suspect',
      failures: [failing('checkout', 3)],
      deployments: [deployed('checkout', 0), deployed('payments', 1)],
      graph: nobody,
      found: '',
    },
  ])('$why', ({ failures, deployments, graph, found }) => {
    expect(shares(failures[0]!, failures, deployments, graph)).toBe(found);
  });

  it('nobody deployed the failing one: the deployment of a callee is the only suspect', () => {
    const all = [failing('checkout', 3), failing('payments', 2)];
    expect(shares(all[0]!, all, [deployed('payments', 1)], callees)).toBe('payments 1.00');
  });
});
