import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takeAnswer } from '../../../../src/app/approvals.ts';
import { leaveRequest } from '../../../../src/app/executor/act-request.ts';
import { memberProposal } from '../../../../src/core/model/group-proposal.ts';
import type { GroupRun } from '../../../../src/core/model/group-run.ts';
import type { Execution, Plan, Proposal } from '../../../../src/core/model/rollback.ts';
import { TERMINAL_STATES } from '../../../../src/core/model/rollback.ts';
import { blamedGroup } from '../../../../src/core/plan/group.ts';
import { groupEnd } from '../../../../src/core/plan/group-end.ts';
import { alice, command, plan, proposalOf, unproven, verdict } from '../../../fakes/act-bench.ts';
import { groupQuestion } from '../../../fakes/group-bench.ts';
import { fateOf, modelWorld, orDeath, SUPERVISORS, type Fate, type ModelWorld } from '../../../fakes/model-world.ts';

/** `ROLLWATCH_MODEL_RUNS=10000 vitest run test/unit/app/group-rollback/model` for the long version. */
const RUNS = Number(process.env['ROLLWATCH_MODEL_RUNS'] ?? 300);

const NAMES = ['web', 'api', 'auth', 'db'] as const;
type Name = (typeof NAMES)[number];

/** How the services fare once the first has gone back. */
const MOODS = ['each-recovers', 'none-recovers', 'others-get-worse', 'all-recover', 'unseen'] as const;

interface Story {
  /** `[a, b]`: `a` needs `b`. */
  readonly needs: readonly (readonly [Name, Name])[];
  readonly blamed: readonly Name[];
  readonly steps: number;
  readonly readsBack: boolean;
  readonly answer: 'approved' | 'dismissed';
  readonly mood: (typeof MOODS)[number];
  /** What a person says at a hold. */
  readonly word: 'continue' | 'abort' | null;
  /** A stop is asked for when the group is at its so-manieth record. */
  readonly abortAt: number | null;
  readonly actors: readonly Fate[];
  readonly settlers: readonly Fate[];
  /** Someone else asks for one of the services alone, at the same time. */
  readonly rival: number | null;
  readonly ways: readonly (typeof SUPERVISORS)[number][];
  readonly deploy: { readonly commands: number; readonly pipeline: Name } | null;
  readonly haltsAfterActors: boolean;
}

/** Only towards what comes later in the list: needs without a circle. */
const edge = fc
  .tuple(fc.constantFrom(0, 1, 2), fc.integer({ min: 1, max: 3 }))
  .map(([from, by]): readonly [Name, Name] => [NAMES[from], NAMES[Math.min(from + by, 3)]!]);

const story: fc.Arbitrary<Story> = fc.record({
  needs: fc.array(edge, { maxLength: 4 }),
  blamed: fc.subarray([...NAMES], { minLength: 1 }),
  steps: fc.integer({ min: 1, max: 2 }),
  readsBack: fc.constantFrom(true, true, true, false),
  answer: fc.constantFrom('approved', 'approved', 'approved', 'approved', 'dismissed'),
  mood: fc.constantFrom('each-recovers', 'each-recovers', 'each-recovers', ...MOODS),
  word: fc.constantFrom('continue', 'abort', null),
  abortAt: fc.option(fc.integer({ min: 1, max: 8 }), { freq: 1, nil: null }),
  actors: fc.array(fateOf(140), { minLength: 1, maxLength: 3 }),
  settlers: fc.array(fateOf(60), { maxLength: 2 }),
  rival: fc.option(fc.integer({ min: 0, max: 3 }), { freq: 1 }),
  ways: fc.array(fc.constantFrom('ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'ok', ...SUPERVISORS), { maxLength: 8 }),
  deploy: fc.option(fc.record({ commands: fc.integer({ min: 1, max: 20 }), pipeline: fc.constantFrom(...NAMES) }), {
    freq: 1,
  }),
  haltsAfterActors: fc.boolean(),
});

let world: ModelWorld;
let ends: Map<string, number>;
let stories = 0;

beforeAll(() => {
  world = modelWorld();
  ends = new Map();
});
afterAll(() => world.close());

function planOf({ steps, readsBack }: Story, pipeline: string, kind: string): Plan {
  const version = command(['/version', pipeline]);
  return plan(version, {
    id: `${kind}-${stories}-${pipeline}`,
    pipeline,
    deploymentId: `${pipeline}@v2@${stories}`,
    target: { platform: 'model', id: `target-${stories}-${pipeline}`, text: `${pipeline} of the model` },
    steps: Array.from({ length: steps }, (_, index) => ({
      index,
      text: `step ${index}`,
      command: command(['/act', String(index)], 20),
      readBack: null,
      retry: null,
    })),
    verify: { ...unproven, versionCommand: readsBack ? version : null, healthAtLeast: 70, withinMs: 3 },
  });
}

/** Who needs whom, also through others. */
function closureOf(edges: Story['needs']): ReadonlySet<string> {
  const all = new Set(edges.map(([from, to]) => `${from} ${to}`));
  for (let before = -1; before !== all.size;) {
    before = all.size;
    for (const a of NAMES) {
      for (const b of NAMES) {
        if (NAMES.some((mid) => all.has(`${a} ${mid}`) && all.has(`${mid} ${b}`))) all.add(`${a} ${b}`);
      }
    }
  }
  return all;
}

function questionOf(one: Story): Proposal {
  const needs = Object.fromEntries(
    NAMES.map((name) => [name, one.needs.filter(([a]) => a === name).map(([, b]) => b)]),
  );
  const { order } = blamedGroup(NAMES, new Set(one.blamed), needs);
  return groupQuestion(
    order.map(({ pipeline }) => planOf(one, pipeline, 'plan')),
    { forMs: 6, holdMs: 4 },
  );
}

/** The first answer counts, whoever gives the others. */
function ask(proposal: Proposal, answer: Story['answer']): void {
  world.store.saveProposal(proposal);
  const taken = [answer, 'approved', 'dismissed'].map((one, index) => {
    const by = { ...alice, name: `person ${index}` };
    const given = { proposalId: proposal.id, answer: one as Story['answer'], by, typedName: null, reason: null };
    return takeAnswer(world.store, given, Date.now()).ok;
  });
  expect(taken).toEqual([true, false, false]);
}

/** Health by mood; live, and newer than whatever was read before. */
function seeHealth({ mood }: Story, proposal: Proposal): void {
  const first = memberProposal(proposal, 0).pipeline;
  const isBack = (pipeline: string): boolean => world.serving(pipeline) === 'v1';
  const health = (pipeline: string): number | null => {
    if (mood === 'unseen') return null;
    if (mood === 'each-recovers') return isBack(pipeline) ? 95 : 20;
    if (mood === 'all-recover') return isBack(first) ? 95 : 20;
    return mood === 'others-get-worse' && isBack(first) && pipeline !== first ? 5 : 40;
  };
  world.verdictOf = (pipeline) => {
    const value = health(pipeline);
    if (value === null) return verdict({ pipeline, health: { value: 95, confidence: 1, parts: [] }, atMs: 0 });
    return verdict({ pipeline, health: { value, confidence: 1, parts: [] }, atMs: world.clock.nowMs() });
  };
}

function executionOf(member: Proposal): Execution | null {
  return world.store.executionsOfPlan(member.plan.id).find(({ proposalId }) => proposalId === member.id) ?? null;
}

const WENT_BACK: ReadonlySet<string> = new Set(['verifying', 'done', 'restored-unhealthy', 'unverified']);

/** At the moment of each effect: everything that goes back before it was read back to serve the earlier version. */
function watchOrder(one: Story, proposal: Proposal): { readonly broken: readonly string[] } {
  const members = proposal.group!.members.map((_, index) => memberProposal(proposal, index));
  const needs = closureOf(one.needs);
  const broken: string[] = [];
  world.onEffect = ({ pipeline, proposalId }) => {
    const at = members.findIndex(({ id }) => id === proposalId);
    if (at === -1) return;
    for (const before of members.slice(0, at)) {
      const state = executionOf(before)?.state ?? 'not begun';
      if (!WENT_BACK.has(state)) broken.push(`${pipeline} after ${before.pipeline}, which is ${state}`);
    }
    for (const later of members.slice(at + 1)) {
      // What needs this one goes back before it.
      if (needs.has(`${later.pipeline} ${pipeline}`))
        broken.push(`${pipeline} before ${later.pipeline}, which needs it`);
    }
  };
  return { broken };
}

function listen({ word, abortAt }: Story, proposal: Proposal): void {
  let records = 0;
  world.onGroup = (run) => {
    records += 1;
    const kind = records === abortAt ? 'abort' : run.state === 'held' ? word : null;
    if (kind === null) return;
    leaveRequest(world.dir, proposal.id, { kind, by: alice, atMs: world.clock.nowMs(), reason: null });
  };
}

async function settle(by?: Fate): Promise<void> {
  const { executor, groups, dead } = world.start('a settler', by);
  await orDeath(world, dead, async () => {
    await executor.reconcile();
    groups.settle();
  });
}

async function play(one: Story): Promise<void> {
  stories += 1;
  world.reset();
  world.ways = [...one.ways];
  world.deployAfter = one.deploy;
  const proposal = questionOf(one);
  seeHealth(one, proposal);
  listen(one, proposal);
  const { broken } = watchOrder(one, proposal);
  ask(proposal, one.answer);
  const rival = one.rival === null ? null : rivalOf(one, proposal, one.rival);
  if (rival !== null) ask(rival, 'approved');
  const works = one.actors.map((by, index) => {
    const { groups, dead } = world.start(`actor ${index}`, by);
    return orDeath(world, dead, () => groups.execute(proposal, approvalOf(proposal)));
  });
  if (rival !== null) {
    const { executor, dead } = world.start('a rival');
    works.push(orDeath(world, dead, () => executor.execute(rival, approvalOf(rival))));
  }
  await Promise.all(works);
  if (one.haltsAfterActors) world.halted = 'storm';
  for (const by of one.settlers) await settle(by);
  await world.settled();
  // Two that begin at once: what the one follows, the other must not call ended.
  await Promise.all([settle(), settle()]);
  await settle();
  const run = world.store.group(proposal.id);
  const effects = world.effects.length;
  await settle();
  expect(broken).toEqual([]);
  check(one, proposal, run, effects);
}

function rivalOf(one: Story, proposal: Proposal, index: number): Proposal {
  const members = proposal.group!.members;
  return proposalOf(planOf(one, members[index % members.length]!.pipeline, 'rival'));
}

function approvalOf(proposal: Proposal) {
  // Forged where the question was dismissed: nothing must come of it.
  const forged = { by: alice, atMs: 1, reason: null, proposalId: proposal.id, planId: proposal.plan.id };
  return world.store.approval(proposal.id) ?? forged;
}

function check(one: Story, proposal: Proposal, run: GroupRun | null, effects: number): void {
  const members = proposal.group!.members.map((_, index) => memberProposal(proposal, index));
  const seen = world.effects.map(({ executionId, stepIndex }) => `${executionId} ${stepIndex}`);
  expect(new Set(seen).size).toBe(seen.length);
  expect(world.effects.filter(({ approved, lease }) => !approved || !lease)).toEqual([]);
  expect(world.strayWrites).toEqual([]);
  // A second look runs nothing.
  expect(world.effects).toHaveLength(effects);
  for (const member of members) {
    const attempts = world.store.executionsOfPlan(member.plan.id);
    expect(attempts.length).toBeLessThanOrEqual(1);
    for (const { state } of attempts) expect(TERMINAL_STATES.has(state)).toBe(true);
  }
  const own = world.effects.filter(({ proposalId }) => members.some(({ id }) => id === proposalId));
  if (one.answer === 'dismissed') {
    expect([run?.state ?? 'none', own]).toEqual([run === null ? 'none' : 'cancelled', []]);
    return;
  }
  if (run === null) return expect(own).toEqual([]);
  ends.set(run.state, (ends.get(run.state) ?? 0) + 1);
  truthful(run, members);
}

/** What the record of the group says is what is on disk of its services, and what was done to them. */
function truthful(run: GroupRun, members: readonly Proposal[]): void {
  const onDisk = members.map((member) => executionOf(member)?.state ?? 'waiting');
  expect([run.id, run.steps.map(({ state }) => state)]).toEqual([run.id, onDisk]);
  expect(run.state).toBe(groupEnd(onDisk));
  expect(run.state === 'unknown').toBe(onDisk.includes('unknown'));
  expect(run.state === 'done').toBe(onDisk.every((state) => state === 'done'));
  if (onDisk.includes('waiting')) expect(['failed', 'cancelled', 'unknown']).toContain(run.state);
  expect(run.endedAtMs).not.toBeNull();
  expect(world.store.unfinishedGroups()).toEqual([]);
  for (const [index, member] of members.entries()) {
    const own = world.effects.filter(({ proposalId }) => proposalId === member.id);
    const state = onDisk[index]!;
    if (state === 'waiting') expect(own).toEqual([]);
    if (state === 'done') expect(own.map(({ stepIndex }) => stepIndex)).toContain(member.plan.steps.length - 1);
    const holder = world.store.holderOf(member.plan.target.id);
    if (state === 'unknown') expect(holder).not.toBeNull();
  }
}

describe('whatever dies, doubles or is robbed while a group goes back', () => {
  it(
    `no service goes back twice, unasked or before what needs it, and the record tells the truth (${RUNS} runs)`,
    async () => {
      await fc.assert(fc.asyncProperty(story, play), { numRuns: RUNS });
      // The stories reach every kind of end.
      for (const state of ['done', 'failed', 'cancelled', 'unknown', 'restored-unhealthy']) {
        expect([state, (ends.get(state) ?? 0) > 0]).toEqual([state, true]);
      }
    },
    60_000 + RUNS * 200,
  );
});
