import { decideHumanRequest } from '../../core/decide/decide.ts';
import type { Actor, Proposal } from '../../core/model/rollback.ts';
import { visibleText } from '../../core/model/visible.ts';
import type { CommandResult, WayWanted } from '../../core/session/command.ts';
import { decideInput } from './decide-input.ts';
import { draw, say } from './deciding.ts';
import { goingBackTogether, groupAround, groupChosen } from './grouping.ts';
import { closeProposal, openProposal } from './proposals.ts';
import type { EngineState, PipelineEntry, Wish } from './state.ts';
import { ALONE, factsOf, wayBack } from './way-back.ts';

/** What a person wants other than the default; null where it is the default. */
export function wishOf({ toVersion = null, strategy = null }: WayWanted, by: Actor): Wish | null {
  return toVersion === null && strategy === null ? null : { toVersion, strategy, by: by.name };
}

/**
 * Puts the question a person asks for. Where it has first to be found out what a rollback will not undo, the question
 * follows by itself; one about another version or way takes the place of the open one.
 */
export function propose(state: EngineState, pipeline: string, wanted: WayWanted, by: Actor): CommandResult {
  const entry = state.entry(pipeline);
  const open = state.open.get(pipeline);
  const wish = wishOf(wanted, by);
  if (open !== undefined && isAbout(open, wish))
    return { ok: true, text: `already asked: question ${open.id} is open` };
  entry.looked = null;
  const first = decideInput(state, entry, null, wish);
  const group = wish === null ? groupAround(state, entry) : null;
  const { plan, facts, isLooking } = wayBack(state, entry, first, wish, false, goingBackTogether(group));
  const input = { ...first, plan: facts };
  const decision = decideHumanRequest(input);
  if (decision.kind !== 'ask' || plan === null) {
    if (isLooking) return wait(state, entry, wish, by);
    if (open === undefined) say(state, entry, decision);
    entry.wanted = null;
    return { ok: false, text: decision.text };
  }
  if (isLooking || group?.isLooking === true) return wait(state, entry, wish, by);
  if (open === undefined) say(state, entry, decision);
  else closeProposal(state, open, 'superseded', by, `another way back was chosen: ${visibleText(plan.toVersion, 60)}`);
  entry.wish = wish;
  // What it is about stays what it was, and nothing counts down under the eyes of a person.
  const proposal = openProposal(state, entry, decision, input, plan, open === undefined ? {} : heldLike(open), group);
  return { ok: true, text: `asks: question ${proposal.id}` };
}

/** Puts the question about exactly those services of a group that a person named. */
export function proposeGroup(state: EngineState, name: string, pipelines: readonly string[]): CommandResult {
  const asked = groupChosen(state, name, pipelines);
  if (typeof asked === 'string') return { ok: false, text: asked };
  const { members } = asked.group;
  const inputs = members.map(({ pipeline, plan }) => {
    const entry = state.entry(pipeline);
    return { entry, plan, input: decideInput(state, entry, factsOf(entry, plan)) };
  });
  for (const { entry, input } of inputs) {
    const decision = decideHumanRequest(input);
    if (decision.kind !== 'ask') return { ok: false, text: `${visibleText(entry.pipeline, 60)}: ${decision.text}` };
  }
  // What is needed by all goes back last; it is the one the others are asked for.
  const { entry, plan, input } = inputs.at(-1)!;
  const proposal = openProposal(state, entry, decideHumanRequest(input), input, plan, {}, asked);
  return { ok: true, text: `asks: question ${proposal.id}` };
}

/** Finds out what a rollback would be, and asks nothing. */
export function look(
  state: EngineState,
  pipeline: string,
  wanted: WayWanted,
  by: Actor,
  along: ReadonlySet<string>,
): CommandResult {
  const entry = state.entry(pipeline);
  const wish = wishOf(wanted, by);
  entry.looked = { wish, along };
  draw(state, entry, entry.looked, true);
  return { ok: true, text: '' };
}

/** Puts an open question anew since what it was put on has changed; answers to the old one count no more. */
export function askAnew(state: EngineState, entry: PipelineEntry, open: Proposal): void {
  const { wish } = entry;
  const first = decideInput(state, entry, null, wish);
  const { plan, facts } = wayBack(state, entry, first, wish);
  if (plan === null) return;
  const input = { ...first, plan: facts };
  const decision = decideHumanRequest(input);
  closeProposal(state, open, 'superseded', null, 'what it will not undo is not what it was');
  entry.wish = wish;
  openProposal(state, entry, decision, input, plan, {
    because: open.because,
    held: open.held,
    expiresAtMs: open.expiresAtMs,
  });
}

function wait(state: EngineState, entry: PipelineEntry, wish: Wish | null, by: Actor): CommandResult {
  entry.wish = wish;
  entry.wanted = by;
  draw(state, entry, { wish, along: ALONE });
  return { ok: true, text: 'asks as soon as it is known what a rollback will not undo' };
}

function isAbout({ plan }: Proposal, wish: Wish | null): boolean {
  return (wish?.toVersion ?? plan.toVersion) === plan.toVersion && (wish?.strategy ?? plan.strategy) === plan.strategy;
}

function heldLike({ because }: Proposal): Pick<Proposal, 'because' | 'held'> {
  return { because, held: true };
}
