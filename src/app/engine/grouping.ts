import { overrideTexts } from '../../core/decide/decide.ts';
import type { ServiceGroup } from '../../core/model/group.ts';
import type { GroupMember, LeftOut } from '../../core/model/rollback.ts';
import { visibleText } from '../../core/model/visible.ts';
import { blamedGroup, chosenGroup, deployedTogether, type RollbackGroup } from '../../core/plan/group.ts';
import { decideInput } from './decide-input.ts';
import { warningsOf, type GroupQuestion } from './proposals.ts';
import type { EngineState, PipelineEntry } from './state.ts';
import { factsOf, wayBack } from './way-back.ts';

/**
 * The group rollback a question about a pipeline belongs to: those of the services deployed together with it that the
 * evidence blames, also after their own analysis, and those that need them. Null where it stands alone.
 */
export function groupAround(state: EngineState, entry: PipelineEntry): GroupQuestion | null {
  const settings = state.options.groups?.find(({ has }) => has(entry.pipeline)) ?? null;
  if (settings === null) return null;
  const { free, taken } = companions(state, settings, entry);
  const blamed = new Set(free.filter((one) => state.entry(one).judge.board.blamed > 0));
  const { order, left } = blamedGroup(free, blamed.add(entry.pipeline), settings.needs);
  if (order.length < 2) return null;
  const question = questionOf(state, settings, { order, left: [...left, ...taken] }, entry.pipeline);
  return question.group.members.length < 2 && !question.isLooking ? null : question;
}

/** The rollback of exactly those services of a group that a person named; a text says why there is none. */
export function groupChosen(state: EngineState, name: string, pipelines: readonly string[]): GroupQuestion | string {
  const settings = state.options.groups?.find((one) => one.name === name) ?? null;
  if (settings === null) return `no group is called ${visibleText(name, 60)}`;
  const known = [...state.pipelines.keys()].filter((one) => settings.has(one));
  const strange = pipelines.find((one) => !known.includes(one));
  if (strange !== undefined) return `${visibleText(strange, 60)} is no pipeline of it that is watched here`;
  const chosen = chosenGroup(known, pipelines, settings.needs);
  const question = questionOf(state, settings, chosen, chosen.order.at(-1)?.pipeline ?? '');
  const planless = question.group.left.find(({ pipeline }) => pipelines.includes(pipeline));
  if (planless !== undefined) return `${visibleText(planless.pipeline, 60)}: ${planless.why}`;
  return question.isLooking ? 'what it will not undo is still being found out: ask again' : question;
}

/** Services deployed together with one: those that may go back, and those that are somebody's already. */
function companions(
  state: EngineState,
  settings: ServiceGroup,
  entry: PipelineEntry,
): { readonly free: readonly string[]; readonly taken: readonly LeftOut[] } {
  const { current: of } = entry.judge.timeline;
  const current = [...state.pipelines.values()].flatMap(({ pipeline, judge: { timeline } }) =>
    timeline.current !== null && settings.has(pipeline) ? [timeline.current] : [],
  );
  const together = of === null ? [] : deployedTogether(of, current, settings.togetherMs);
  const why = together.map(({ pipeline, id }) => ({
    pipeline,
    why: pipeline === entry.pipeline ? null : takenBecause(state, pipeline, id),
  }));
  return {
    free: why.filter((one) => one.why === null).map(({ pipeline }) => pipeline),
    taken: why.flatMap(({ pipeline, why: because }) => (because === null ? [] : [{ pipeline, why: because }])),
  };
}

function takenBecause(state: EngineState, pipeline: string, deploymentId: string): string | null {
  const { inFlight, humanDecided } = state.knownHistory;
  const running = [...state.executions.values()].some((one) => one.pipeline === pipeline && one.endedAtMs === null);
  if (running || inFlight?.pipeline === pipeline) return 'its rollback is under way';
  return humanDecided.includes(deploymentId) ? 'a person has decided about its deployment' : null;
}

/** The group with a plan for each service, those without one left out; `lead` is the one the question is put for. */
function questionOf(
  state: EngineState,
  { name, judge }: ServiceGroup,
  { order, left }: RollbackGroup,
  lead: string,
): GroupQuestion {
  const members: GroupMember[] = [];
  const without: LeftOut[] = [];
  let isLooking = false;
  const along = new Set(order.map(({ pipeline }) => pipeline));
  for (const { pipeline, why } of order) {
    const entry = state.entry(pipeline);
    const way = wayBack(state, entry, decideInput(state, entry, null), entry.wish, false, along);
    isLooking ||= way.isLooking;
    if (way.plan !== null) members.push({ pipeline, deploymentId: way.plan.deploymentId, plan: way.plan, why });
    else without.push({ pipeline, why: whyPlanless(way.facts) });
  }
  const id = state.options.hash(`group|${members.map(({ plan }) => plan.id).join('|')}`);
  return {
    group: { id, name, members, left: [...without, ...left], judge },
    ...asked(state, members, lead),
    isLooking,
  };
}

/** The pipelines of a group that go back; empty without one. */
export function goingBackTogether(question: GroupQuestion | null): ReadonlySet<string> {
  return new Set(question?.group.members.map(({ pipeline }) => pipeline));
}

function whyPlanless(facts: ReturnType<typeof wayBack>['facts']): string {
  return facts?.possible === false ? facts.why : 'there is no version to go back to';
}

function asked(
  state: EngineState,
  members: readonly GroupMember[],
  lead: string,
): Omit<GroupQuestion, 'group' | 'isLooking'> {
  const all = members.map(({ pipeline, plan }) => {
    const entry = state.entry(pipeline);
    const input = decideInput(state, entry, factsOf(entry, plan));
    const named = (text: string): string => `${visibleText(pipeline, 60)}: ${text}`;
    return {
      policy: entry.settings.policy,
      overrides: pipeline === lead ? [] : overrideTexts(input).map(named),
      warnings: pipeline === lead ? [] : warningsOf(input, plan).map(named),
    };
  });
  return {
    approvals: Math.max(1, ...all.map(({ policy }) => policy.approvals ?? 1)),
    production: all.some(({ policy }) => policy.production),
    overrides: all.flatMap(({ overrides }) => overrides),
    warnings: all.flatMap(({ warnings }) => warnings),
  };
}
