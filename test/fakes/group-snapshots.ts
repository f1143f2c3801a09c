import type { GroupRun } from '../../src/core/model/group-run.ts';
import type { Plan, Proposal } from '../../src/core/model/rollback.ts';
import { NOW_MS, plan, proposal } from './snapshots.ts';

/** One question about three services of a shop on two platforms, put for `checkout`. */
export function groupProposal(): Proposal {
  const web = plan('web', {
    id: 'plan-web',
    target: { platform: 'haproxy', id: 'haproxy:edge-1:web', text: 'backend web of edge-1' },
    notUndone: [],
  });
  const member = (of: Plan, why: string) => ({ pipeline: of.pipeline, deploymentId: of.deploymentId, plan: of, why });
  const checkout = plan('checkout', { id: 'plan-checkout' });
  const stock = plan('stock', { id: 'plan-stock', notUndone: [] });
  const group = {
    id: 'group-1',
    name: 'shop',
    members: [
      member(web, 'it needs checkout, which goes back'),
      member(checkout, 'the evidence blames it'),
      member(stock, 'the evidence blames it'),
    ],
    left: [{ pipeline: 'mail', why: 'nothing blames it, and it needs nothing that goes back' }],
    judge: { healthAtLeast: 70, worseBy: 10, forMs: 120_000, holdMs: 900_000 },
  };
  return proposal({ plan: checkout, group });
}

/** A group rollback of that question that stands still after its second service. */
export function groupRun(of: Proposal): GroupRun {
  const states = ['done', 'verifying', 'waiting'] as const;
  return {
    id: of.id,
    name: 'shop',
    state: 'held',
    steps: of.group!.members.map(({ pipeline, plan: { id, fromVersion, toVersion } }, index) => {
      return { pipeline, planId: id, fromVersion, toVersion, state: states[index]! };
    }),
    hold: { why: 'worse', sinceMs: NOW_MS - 20_000, untilMs: NOW_MS + 580_000 },
    text: 'held after 2 of 3 (checkout): it made web worse: health 31 (88 before)',
    startedAtMs: NOW_MS - 300_000,
    endedAtMs: null,
    dryRun: false,
    by: { kind: 'person', name: 'ann', via: 'uid 1001' },
  };
}
