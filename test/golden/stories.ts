import { rollbackView } from '../fakes/rollback-view.ts';
import { groupProposal, groupRun } from '../fakes/group-snapshots.ts';
import * as fake from '../fakes/snapshots.ts';
import { foreseen, nearLimit, refused } from '../fakes/warnings.ts';
import type { Story } from './frame.tsx';

const done = fake.execution({
  state: 'done',
  endedAtMs: fake.NOW_MS - 1000,
  exitCode: 0,
  text: 'v411 was read back, health 96 for 2 min',
});
const failed = fake.execution({ state: 'failed', endedAtMs: fake.NOW_MS - 1000, exitCode: 3, text: 'the command ended with 3' });
const asking = fake.snapshot({ proposals: [fake.proposal()], detail: fake.detail() });
const typed = fake.proposal({ confirmBy: 'typed-name', overrides: ['cooldown: rolled back 12 minutes ago, until 14:20'] });
const thePlan = fake.plan();
const dry = fake.proposal({ plan: { ...thePlan, dryRun: true, dryRunBecause: 'no rollback is configured for checkout' } });
const healthy = fake.snapshot({ pipelines: ['api', 'catalog', 'search'].map((name) => fake.pipeline(name)) });
const strange = fake.snapshot({
  pipelines: [fake.pipeline('订单服务'), fake.pipeline('evil\u001b[31m\nname'), fake.pipeline('a-very-long-name-that-goes-on-and-on-for-ever-and-ever')],
});
const halted = fake.snapshot();

const recorded = fake.fleetOfSix().map((view) => ({ ...view, freshness: 'recorded' as const }));

const progressive = fake.progressivePlan();
const stepwise = fake.snapshot({ proposals: [fake.proposal({ plan: progressive })] });
const blocked = fake.proposal({ plan: { ...progressive, blockedBy: ['migration 0042_add_index.sql ran with v412 (policy: block)'] } });
const ann = { kind: 'person', name: 'ann', via: 'uid 1001' } as const;
const looked = { ...fake.plan(), lookedAt: ['kubernetes', 'git: 12 files changed', 'hook'] };
const clean = fake.proposal({ plan: { ...looked, notUndone: [] } });
const migrated = 'data migrations stay as they are: db/migrations/0042_drop.sql';
const forward = fake.proposal({
  plan: { ...looked, notUndone: [migrated, 'Argo CD puts it back within 3 min (auto-sync, self-heal)'], blockedBy: [migrated], doubts: ['the review hook gave no answer within 20000 ms'] },
  overrides: [`the policy blocks it: ${migrated}`, 'it will not undo: Argo CD puts it back within 3 min (auto-sync, self-heal)'],
  instead: [
    { rule: 'fix-elsewhere', text: 'deploy v413: it is newer and has been healthy in staging (checkout-staging) for 2 h' },
    { rule: 'irreversible', text: 'a fix on top: the data stays migrated, and the earlier version was not written for it' },
    { rule: 'gitops', text: 'revert commit 9f8d111c0ffe in the repository the platform follows: what is changed here is put back' },
  ],
});
const rollbacks = [rollbackView()];
const draft = { ...fake.proposal(), id: '' };
const willAsk = { ...fake.silenced(fake.failedPipeline()).decision!, kind: 'ask', reason: 'anomaly', text: 'roll back v412 → v411?' } as const;
const soon = { ...fake.failedPipeline(), decision: willAsk };
const lookingUp = fake.snapshot({ pipelines: [soon, fake.pipeline('search')], rollbacks: [rollbackView({ isLooking: true, draft, versions: [] })] });
const quorum = fake.proposal({ approvalsNeeded: 2, approvedBy: [ann] });
const opened = { seq: 5, atMs: fake.NOW_MS - 60_000, event: { type: 'proposal-opened', proposal: fake.proposal({ plan: progressive }) } } as const;
const atStepTwo = fake.execution({ stepIndex: 1, text: 'judging the step: health 83', outputTail: ['v411 has 50 % of the traffic'] });
const held = fake.execution({
  ...atStepTwo,
  hold: { why: 'recovered', sinceMs: fake.NOW_MS - 20_000, untilMs: fake.NOW_MS + 580_000 },
  text: 'held after step 2 of 4 (give v411 50 % of the traffic): health has recovered: health 91 (21 before the step); goes on only if a person says so within 10 min',
});
const steps = (execution: typeof held) => fake.snapshot({ executions: [execution], recentEvents: [...fake.events(), opened] });
const foreseeing = fake.fleetOfSix().map((view) => (view.pipeline === 'search' ? foreseen(view) : view.pipeline === 'batch-report' ? fake.silenced(view) : view));
const searching = foreseeing.filter(({ pipeline }) => pipeline === 'search');

const ahead = fake.proposal({ because: 'predicted', evidence: [], warnings: [], predicted: foreseen(fake.pipeline('checkout')).verdict.predicted! });
const askedAhead = fake.snapshot({ pipelines: [foreseen(fake.pipeline('checkout'))], proposals: [ahead] });
const risky = fake.riskWithPast(0.78);
const toldRisk = fake.snapshot({
  pipelines: [{ ...fake.failedPipeline('checkout'), risk: risky }],
  proposals: [fake.proposal({ risk: risky })],
  detail: fake.detail(),
});
const back = fake.snapshot({ pipelines: [fake.putBack(), fake.pipeline('search')] });

const worst = fake.failedPipeline().verdict.evidence[0]!;
const latency = (index: number) => ({ ...worst, metric: `svc_0${index}_latency_ms`, observed: 912 + index });
const together = [{ ...latency(0), movesWith: 14 }, ...[1, 2].map((index) => ({ ...latency(index), movesAlong: 'svc_00_latency_ms' }))];
const slow = { ...fake.spark({ ...fake.METRICS.rt, name: 'svc_00_latency_ms' }, fake.wave(912)), flags: [1] as const };
const manyFailing = {
  ...fake.failedPipeline('checkout'),
  metricCount: 60,
  sparks: [slow],
  verdict: { ...fake.failedPipeline('checkout').verdict, evidence: together, failing: 15 },
};
const many = fake.snapshot({ pipelines: [manyFailing], proposals: [fake.proposal({ evidence: together, failing: 15 })], detail: fake.detail() });

const shop = groupProposal();
const halfWay = groupRun(shop);
const groupActs = [
  fake.execution({ id: 'g2', proposalId: `${shop.id}.2`, pipeline: 'checkout', planId: 'plan-checkout', state: 'verifying', text: 'waiting for health 70: now 31' }),
  fake.execution({ id: 'g1', proposalId: `${shop.id}.1`, pipeline: 'web', planId: 'plan-web', state: 'done', endedAtMs: fake.NOW_MS - 60_000, exitCode: 0 }),
];

/** Every view in every state that is drawn. */
export const STORIES: readonly Story[] = [
  { name: 'fleet-normal', snapshot: healthy },
  { name: 'fleet-empty', snapshot: fake.emptySnapshot() },
  { name: 'fleet-failed', snapshot: fake.snapshot() },
  { name: 'fleet-mixed', snapshot: fake.snapshot({ pipelines: [...fake.fleetOfSix(), fake.pipeline('big', { metricCount: 54 })] }) },
  { name: 'fleet-recorded', snapshot: fake.snapshot({ pipelines: recorded }) },
  { name: 'fleet-asking', snapshot: asking },
  { name: 'fleet-asks-soon', snapshot: lookingUp },
  { name: 'fleet-foreseen', snapshot: fake.snapshot({ pipelines: foreseeing }) },
  { name: 'fleet-refused', snapshot: fake.snapshot({ pipelines: [refused(), fake.pipeline('search')] }) },
  { name: 'fleet-near', snapshot: fake.snapshot({ pipelines: [nearLimit(), fake.pipeline('search')] }) },
  { name: 'fleet-asking-ahead', snapshot: askedAhead },
  { name: 'fleet-put-back', snapshot: back },
  { name: 'fleet-auto', snapshot: fake.snapshot({ proposals: [fake.proposal({ autoAtMs: fake.NOW_MS + 27_000 })] }) },
  { name: 'fleet-executing', snapshot: fake.snapshot({ executions: [fake.execution()] }) },
  { name: 'fleet-held', snapshot: steps(held) },
  { name: 'fleet-frozen', snapshot: fake.snapshot(), keys: ['f', '@', '@'] },
  { name: 'fleet-halted', snapshot: { ...halted, fleet: { ...halted.fleet, halted: 'maintenance of app-3', standing: ['halted'] } } },
  { name: 'fleet-filter', snapshot: fake.snapshot(), keys: ['/', 'p', 'a', 'y'] },
  { name: 'fleet-strange-names', snapshot: strange },
  { name: 'detail-normal', snapshot: { ...healthy, detail: null }, keys: ['enter'] },
  { name: 'detail-asking', snapshot: asking, keys: ['enter'] },
  { name: 'detail-foreseen', snapshot: fake.snapshot({ pipelines: searching }), keys: ['enter'] },
  { name: 'detail-near', snapshot: fake.snapshot({ pipelines: [nearLimit()], detail: fake.detail() }), keys: ['enter'] },
  { name: 'fleet-many', snapshot: many },
  { name: 'detail-many', snapshot: many, keys: ['enter'] },
  { name: 'dialog-many', snapshot: many, keys: ['r', '@'] },
  { name: 'detail-risk', snapshot: toldRisk, keys: ['enter'] },
  { name: 'detail-risk-below', snapshot: toldRisk, keys: ['enter', 'end'] },
  { name: 'detail-executing', snapshot: fake.snapshot({ executions: [fake.execution()], detail: fake.detail() }), keys: ['enter'] },
  { name: 'dialog-asking', snapshot: asking, keys: ['r', '@'] },
  { name: 'dialog-typed', snapshot: fake.snapshot({ proposals: [typed] }), keys: ['r', '@', 'c', 'h', 'e', 'c'] },
  { name: 'dialog-risk', snapshot: toldRisk, keys: ['r', '@'] },
  { name: 'dialog-dry-run', snapshot: fake.snapshot({ proposals: [dry] }), keys: ['r', '@'] },
  { name: 'dialog-executing', snapshot: fake.snapshot({ executions: [fake.execution()] }), keys: ['r', '@'] },
  { name: 'dialog-ahead', snapshot: askedAhead, keys: ['r', '@'] },
  { name: 'dialog-steps', snapshot: stepwise, keys: ['r', '@'] },
  { name: 'dialog-blocked', snapshot: fake.snapshot({ proposals: [blocked] }), keys: ['r', '@', 'pagedown', 'pagedown', 'pagedown', '@', 'y'] },
  { name: 'dialog-looking', snapshot: lookingUp, keys: ['r', '@'] },
  { name: 'dialog-nothing-found', snapshot: fake.snapshot({ proposals: [clean] }), keys: ['r', '@'] },
  { name: 'dialog-forward', snapshot: fake.snapshot({ proposals: [forward] }), keys: ['r', '@'] },
  { name: 'dialog-override', snapshot: fake.snapshot({ proposals: [forward] }), keys: ['r', '@', 'pagedown', 'pagedown', 'pagedown', 'pagedown', 'pagedown', '@', 'tab', 'o', 'k', '@'] },
  { name: 'versions', snapshot: fake.snapshot({ proposals: [fake.proposal()], rollbacks }), keys: ['r', '@', 'v', 'j', 'j'] },
  { name: 'versions-of-detail', snapshot: fake.snapshot({ rollbacks, detail: fake.detail() }), keys: ['enter', 'v'] },
  { name: 'versions-looking', snapshot: fake.snapshot({ rollbacks: [rollbackView({ isLooking: true, versions: [] })], detail: fake.detail() }), keys: ['enter', 'v'] },
  { name: 'silence', snapshot: fake.snapshot(), keys: ['z', 'tab', 'l', 'o', 'a', 'd'] },
  { name: 'dialog-quorum', snapshot: fake.snapshot({ proposals: [quorum] }), keys: ['r', '@'] },
  { name: 'dialog-quorum-sent', snapshot: fake.snapshot({ proposals: [quorum] }), keys: ['r', '@', 'pagedown', '@', 'y'] },
  { name: 'dialog-step-2', snapshot: steps(atStepTwo), keys: ['r', '@'] },
  { name: 'dialog-held', snapshot: steps(held), keys: ['r', '@'] },
  { name: 'dialog-group', snapshot: fake.snapshot({ proposals: [shop] }), keys: ['r', '@'] },
  { name: 'fleet-group-held', snapshot: fake.snapshot({ pipelines: ['checkout', 'stock', 'web'].map((name) => fake.pipeline(name)), groups: [halfWay] }) },
  { name: 'dialog-group-held', snapshot: fake.snapshot({ executions: groupActs, groups: [halfWay] }), keys: ['r', '@'] },
  { name: 'dialog-done', snapshot: asking, keys: ['r', '@', 'y'], next: { proposals: [], executions: [done] } },
  { name: 'dialog-failed', snapshot: asking, keys: ['r', '@', 'y'], next: { proposals: [], executions: [failed] } },
  { name: 'dialog-gone', snapshot: asking, keys: ['r', '@'], next: { proposals: [] } },
  { name: 'audit', snapshot: asking, keys: ['a'] },
  { name: 'audit-event', snapshot: asking, keys: ['a', 'k', 'enter'] },
  { name: 'help', snapshot: healthy, keys: ['?'] },
  { name: 'by-hand', snapshot: fake.snapshot(), keys: ['h', '@'] },
  { name: 'quit', snapshot: fake.snapshot({ executions: [fake.execution()] }), keys: ['q', '@'] },
];
