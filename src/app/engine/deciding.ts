import { decide, decideHumanRequest } from '../../core/decide/decide.ts';
import type { Decision } from '../../core/model/decision.ts';
import type { Proposal } from '../../core/model/rollback.ts';
import type { Verdict } from '../../core/model/verdict.ts';
import { isSameDecision } from '../../core/session/repeats.ts';
import { decideInput } from './decide-input.ts';
import { goingBackTogether, groupAround } from './grouping.ts';
import { closeProposal, followDecision, proposalOf } from './proposals.ts';
import type { EngineState, Look, PipelineEntry } from './state.ts';
import { factsOf, wayBack } from './way-back.ts';

/** Decides anew about a pipeline, says it when it changed, and opens, upgrades or closes its question. */
export function consider(state: EngineState, entry: PipelineEntry): void {
  const asked = state.open.get(entry.pipeline);
  // A question that a person raised stands until it is answered, whatever the verdict does.
  if (asked?.because === 'human-asked') return;
  const first = decideInput(state, entry, null);
  const wanted = decide(first);
  if (wanted.kind !== 'ask' && wanted.kind !== 'rollback') {
    if (entry.looked === null && entry.wanted === null) entry.draft = null;
    say(state, entry, wanted);
    followDecision(state, entry, wanted, first, null);
    return;
  }
  const open = takenBack(state, entry, asked, first.verdict);
  const group = open === undefined ? groupAround(state, entry) : null;
  const way =
    open === undefined
      ? wayBack(state, entry, first, entry.wish, false, goingBackTogether(group))
      : { plan: open.plan, facts: factsOf(entry, open.plan), isLooking: false };
  const input = { ...first, plan: way.facts };
  const decision = decide(input);
  say(state, entry, decision);
  if (!way.isLooking && group?.isLooking !== true) followDecision(state, entry, decision, input, way.plan, group);
  else if (entry.looked === null) draw(state, entry, { wish: entry.wish, along: goingBackTogether(group) });
}

/** The open question; none where what it foresaw has happened: that is asked about anew, with the evidence. */
function takenBack(
  state: EngineState,
  entry: PipelineEntry,
  asked: Proposal | undefined,
  { phase, text }: Verdict,
): Proposal | undefined {
  if (asked?.because !== 'predicted' || phase !== 'Failed') return asked;
  const { wish } = entry;
  closeProposal(state, asked, 'superseded', null, text);
  entry.wish = wish;
  return undefined;
}

/** Draws up what the question would be, to be looked at; asks nothing. */
export function draw(state: EngineState, entry: PipelineEntry, { wish, along }: Look, always = false): void {
  const first = decideInput(state, entry, null, wish);
  const { plan, facts, isLooking } = wayBack(state, entry, first, wish, always, along);
  const input = { ...first, plan: facts };
  const decision = decideHumanRequest(input);
  const proposal = plan === null ? null : proposalOf(state, entry, decision, input, plan);
  const refused = decision.kind === 'ask' ? '' : decision.text;
  entry.draft = { proposal, isLooking, why: proposal === null && refused === '' ? 'there is no plan' : refused };
}

/** Says a decision when it differs from the last in anything but its words. */
export function say(state: EngineState, entry: PipelineEntry, decision: Decision): void {
  const said = entry.decision;
  if (said !== null && isSameDecision(said, decision)) {
    // The words may have newer numbers; that is no event.
    entry.decision = { ...decision, atMs: said.atMs };
    return;
  }
  entry.decision = decision;
  state.emit({ type: 'decision-made', decision });
}
