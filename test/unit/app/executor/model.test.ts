import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takeAnswer } from '../../../../src/app/approvals.ts';
import type { Execution, Plan, Proposal } from '../../../../src/core/model/rollback.ts';
import { TERMINAL_STATES } from '../../../../src/core/model/rollback.ts';
import { alice, command, plan, proposalOf, unproven } from '../../../fakes/act-bench.ts';
import { fateOf, modelWorld, orDeath, SUPERVISORS, type Fate, type ModelWorld } from '../../../fakes/model-world.ts';

/** `ROLLWATCH_MODEL_RUNS=10000 vitest run test/unit/app/executor/model` for the long version. */
const RUNS = Number(process.env['ROLLWATCH_MODEL_RUNS'] ?? 500);

interface Story {
  readonly steps: number;
  readonly readsBack: boolean;
  readonly retries: boolean;
  readonly answer: 'approved' | 'dismissed';
  /** Who carries it out at once, and then who settles what is left. */
  readonly actors: readonly Fate[];
  readonly settlers: readonly Fate[];
  readonly rival: boolean;
  readonly ways: readonly (typeof SUPERVISORS)[number][];
  readonly deployAfter: number | null;
  readonly haltsAfterActors: boolean;
}

const fate = fateOf(40);
const story: fc.Arbitrary<Story> = fc.record({
  steps: fc.integer({ min: 1, max: 4 }),
  readsBack: fc.boolean(),
  retries: fc.boolean(),
  answer: fc.constantFrom('approved', 'approved', 'approved', 'approved', 'dismissed'),
  actors: fc.array(fate, { minLength: 1, maxLength: 3 }),
  settlers: fc.array(fate, { maxLength: 2 }),
  rival: fc.boolean(),
  ways: fc.array(fc.constantFrom('ok', 'ok', 'ok', 'ok', 'ok', ...SUPERVISORS), { maxLength: 6 }),
  deployAfter: fc.option(fc.integer({ min: 0, max: 12 }), { freq: 2 }),
  haltsAfterActors: fc.boolean(),
});

let world: ModelWorld;
let ends: Map<string, number>;
let targets = 0;

beforeAll(() => {
  world = modelWorld();
  ends = new Map();
});
afterAll(() => world.close());

function planOf({ steps, readsBack, retries }: Story, id: string): Plan {
  const version = command(['/version', 'checkout']);
  return plan(version, {
    id,
    target: { platform: 'model', id: `target-${targets}`, text: 'a target of the model' },
    steps: Array.from({ length: steps }, (_, index) => ({
      index,
      text: `step ${index}`,
      command: command(['/act', String(index)], 20),
      readBack: null,
      retry: retries ? { attempts: 3, backoffMs: 0, exitCodes: [75] } : null,
    })),
    verify: { ...unproven, versionCommand: readsBack ? version : null, healthAtLeast: 70, withinMs: 0 },
  });
}

function ask(of: Plan, answer: Story['answer']): Proposal {
  const proposal = proposalOf(of);
  world.store.saveProposal(proposal);
  const answers = [answer, 'approved', 'approved'] as const;
  const taken = answers.map((one, index) => {
    const by = { ...alice, name: `person ${index}` };
    return takeAnswer(
      world.store,
      { proposalId: proposal.id, answer: one, by, typedName: null, reason: null },
      Date.now(),
    );
  });
  // Of several answers the first one counts, and only that one.
  expect(taken.map(({ ok }) => ok)).toEqual([true, false, false]);
  return proposal;
}

/** Carries it out as a process with this fate; what a crash cuts off is never heard of again. */
async function carryOut(proposal: Proposal, by: Fate, name: string): Promise<void> {
  const { executor, dead } = world.start(name, by);
  const approval = world.store.approval(proposal.id) ?? {
    ...FORGED,
    proposalId: proposal.id,
    planId: proposal.plan.id,
  };
  await orDeath(world, dead, () => executor.execute(proposal, approval));
}

const FORGED = { by: alice, atMs: 1, reason: null };

async function settle(by?: Fate): Promise<void> {
  const { executor, dead } = world.start('a settler', by);
  await orDeath(world, dead, () => executor.reconcile());
}

function executions(of: Plan): readonly Execution[] {
  return world.store.executionsOfPlan(of.id);
}

async function play(one: Story): Promise<void> {
  targets += 1;
  world.reset();
  world.ways = [...one.ways];
  world.deployAfter = one.deployAfter === null ? null : { commands: one.deployAfter, pipeline: 'checkout' };
  if (one.deployAfter === 0) world.deploy('checkout', 'v3');
  const first = planOf(one, `plan-${targets}`);
  const second = planOf(one, `rival-${targets}`);
  const asked = [ask(first, one.answer), ...(one.rival ? [ask(second, 'approved')] : [])];
  await Promise.all(one.actors.map((by, index) => carryOut(asked[index % asked.length]!, by, `actor ${index}`)));
  if (one.haltsAfterActors) world.halted = 'storm';
  const unknown = new Set(unknowns());
  for (const by of one.settlers) {
    await settle(by);
    for (const id of unknowns()) unknown.add(id);
  }
  await world.settled();
  await settle();
  // Neither a second look nor a new process makes up what cannot be known.
  expect(unknowns()).toEqual(expect.arrayContaining([...unknown]));
  const settled = [...executions(first), ...executions(second)];
  const effects = world.effects.length;
  await settle();
  check(one, settled, effects);
}

function unknowns(): readonly string[] {
  return world.store
    .unfinishedExecutions()
    .filter(({ state }) => state === 'unknown')
    .map(({ id }) => id);
}

function check(one: Story, settled: readonly Execution[], effects: number): void {
  // At most one effect per step of an attempt, none without approval, none without the lease.
  const steps = world.effects.map(({ executionId, stepIndex }) => `${executionId} ${stepIndex}`);
  expect(new Set(steps).size).toBe(steps.length);
  expect(world.effects.every(({ approved, lease }) => approved && lease)).toBe(true);
  expect(world.strayWrites).toEqual([]);
  if (one.answer === 'dismissed') {
    expect(settled.filter(({ planId }) => planId === `plan-${targets}`)).toEqual([]);
  }
  // One execution per approval.
  const approvals = settled.map(({ proposalId }) => proposalId);
  expect(new Set(approvals).size).toBe(approvals.length);
  for (const end of settled) {
    ends.set(end.state, (ends.get(end.state) ?? 0) + 1);
    const own = world.effects.filter(({ executionId }) => executionId === end.id);
    // Nobody is alive who could still have it in hand, so it has ended.
    expect(TERMINAL_STATES.has(end.state)).toBe(true);
    // Nothing is begun while another version serves than the plan replaces.
    if (one.readsBack && own[0]?.stepIndex === 0) expect(own[0].versionBefore).toBe('v2');
    // No success without a read-back and the effect of every step.
    if (end.state === 'done') {
      expect(one.readsBack).toBe(true);
      expect(own.map(({ stepIndex }) => stepIndex)).toContain(one.steps - 1);
    }
    if (end.state === 'cancelled' && end.text.startsWith('nothing was run')) expect(own).toEqual([]);
    const after = world.store.execution(end.id)!;
    // What is unknown stays so without a person, and its target stays locked.
    if (end.state === 'unknown') {
      expect(after.state).toBe('unknown');
      expect(world.store.holderOf(`target-${targets}`)).not.toBeNull();
    } else expect(after).toEqual(end);
  }
  // A second look runs nothing.
  expect(world.effects).toHaveLength(effects);
  const open = settled.some(({ state }) => state === 'unknown');
  if (!open) expect(world.store.holderOf(`target-${targets}`)).toBeNull();
}

describe('whatever dies, sleeps, doubles or is robbed', () => {
  it(
    `nothing is done twice, unproven or unasked (${RUNS} runs)`,
    async () => {
      await fc.assert(fc.asyncProperty(story, play), { numRuns: RUNS });
      // The stories reach every kind of end.
      for (const state of ['done', 'cancelled', 'failed', 'unknown', 'unverified']) {
        expect([state, (ends.get(state) ?? 0) > 0]).toEqual([state, true]);
      }
    },
    60_000 + RUNS * 100,
  );
});
