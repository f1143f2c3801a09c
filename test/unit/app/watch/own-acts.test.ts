import { expect, it } from 'vitest';
import { createOwnActs, leaveActs } from '../../../../src/app/watch/own-acts.ts';
import type { ExecutionState, Proposal } from '../../../../src/core/model/rollback.ts';
import { execution, plan } from '../../../builders/engine.ts';

const request = {
  pipeline: 'checkout',
  environment: null,
  deploymentId: 'd',
  fromVersion: 'v2',
  toVersion: 'v1',
} as unknown as Parameters<typeof plan>[0];
const one = plan(request).steps[0]!;
const PLAN = plan(request, { steps: [one, { ...one, index: 1 }] });
const PROPOSAL = { id: 'p', pipeline: 'checkout', plan: PLAN } as unknown as Proposal;

function openAt(state: ExecutionState, stepIndex: number, change: { dryRun?: boolean } = {}) {
  const acts = createOwnActs();
  acts.begin(PROPOSAL);
  acts.changed(execution('p', PLAN, { state, stepIndex, ...change }));
  return acts;
}

it.each([
  ['approved', 0, 'needed'],
  ['leased', 0, 'needed'],
  ['executing', 0, 'needed'],
  ['executing', 1, 'released'],
  ['verifying', 1, 'released'],
] as const)('an act that is %s at step %i is %s', (state, step, kind) => {
  expect(openAt(state, step).open()).toEqual({ needed: [], released: [], [kind]: ['checkout'] });
});

it('counts neither dry runs, nor what has ended, nor what another process began', () => {
  expect(openAt('executing', 0, { dryRun: true }).open()).toEqual({ needed: [], released: [] });
  const acts = openAt('leased', 0);
  acts.over(PROPOSAL);
  expect(acts.open()).toEqual({ needed: [], released: [] });
  acts.changed(execution('other', PLAN, { state: 'executing' }));
  expect(acts.open()).toEqual({ needed: [], released: [] });
});

it('waits for the last step to begin and says what goes on', async () => {
  const acts = openAt('executing', 0);
  const said: string[] = [];
  const left = leaveActs(acts, (text) => said.push(text));
  expect(said).toEqual([expect.stringMatching(/^waits until the last step of the rollback of checkout/)]);
  acts.changed(execution('p', PLAN, { state: 'executing', stepIndex: 1 }));
  await left;
  expect(said[1]).toMatch(/^the rollback of checkout goes on by itself/);
});
