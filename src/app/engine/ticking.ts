import { foreseesLimit } from '../../core/judge/predictions.ts';
import { membersOf } from '../../core/model/group-proposal.ts';
import { momentText } from '../../core/model/time.ts';
import { nowRefused } from './answering.ts';
import { consider } from './deciding.ts';
import { dropIdleAct } from './executions.ts';
import { failureKey } from './failure-key.ts';
import { inquire } from './inquiring.ts';
import { applyNews } from './judging.ts';
import { approveProposal, AUTO, closeProposal, holdProposal, SYSTEM } from './proposals.ts';
import type { EngineState, PipelineEntry } from './state.ts';

/** Time passes: silence, ends of analyses, expiry of questions, countdowns. */
export function tick(state: EngineState): void {
  dropIdleAct(state);
  for (const entry of state.pipelines.values()) tickPipeline(state, entry);
  endCountdowns(state);
}

/** What was there at the start is complete: every pipeline says for the first time what is true of it. */
export function catchUp(state: EngineState): void {
  state.caughtUp = true;
  tick(state);
}

/** True where a decision may change without news of the verdict: while it fails, is about to, or is being asked about. */
export function isWatchful(state: EngineState, entry: PipelineEntry): boolean {
  const { decision } = entry;
  return (
    decision === null ||
    decision.kind !== 'hold' ||
    entry.judge.board.blamed > 0 ||
    state.open.has(entry.pipeline) ||
    foreseesLimit(entry.judge)
  );
}

function tickPipeline(state: EngineState, entry: PipelineEntry): void {
  const { judge } = entry;
  // Before all that was there at the start is read, silence says nothing.
  if (!state.caughtUp && !judge.fresh.grown) return;
  expire(state, entry);
  lookAgain(state, entry);
  const news =
    entry.backfilling && state.caughtUp ? entry.cohorts.settle(state.nowMs) : entry.cohorts.tick(state.nowMs);
  entry.backfilling &&= !state.caughtUp;
  if (news.length > 0) applyNews(state, entry, news);
  if (news.length > 0 || isWatchful(state, entry)) consider(state, entry);
}

/** An unanswered question ends in hold, and is not put again for the same failure. */
function expire(state: EngineState, entry: PipelineEntry): void {
  const open = state.open.get(entry.pipeline);
  if (open === undefined || state.nowMs < open.expiresAtMs) return;
  for (const { pipeline } of membersOf(open)) {
    const one = state.entry(pipeline);
    if (open.because !== 'human-asked') one.expiredKey = failureKey(one, open.because === 'predicted');
    one.decision = null;
  }
  closeProposal(state, open, 'expired', null, `not answered by ${momentText(open.expiresAtMs, state.nowMs)}`);
}

/** What an open question was put on may change while it is open, and a rollback by others ends some time. */
function lookAgain(state: EngineState, entry: PipelineEntry): void {
  const { current } = entry.judge.timeline;
  const toVersion = state.open.get(entry.pipeline)?.plan.toVersion ?? goingBack(entry);
  if (current !== null && toVersion !== undefined) inquire(state, entry, current, toVersion, false);
}

function goingBack({ inquiries }: PipelineEntry): string | null | undefined {
  return [...inquiries.values()].find(({ findings }) => findings?.external?.inProgress === true)?.findings?.toVersion;
}

/** A countdown that has ended acts only if every rail passes again at this moment. */
function endCountdowns(state: EngineState): void {
  for (const proposal of Array.from(state.open.values())) {
    if (proposal.autoAtMs === null || proposal.held || state.nowMs < proposal.autoAtMs) continue;
    const entry = state.entry(proposal.pipeline);
    consider(state, entry);
    const still = state.open.get(proposal.pipeline);
    if (still === undefined || still.autoAtMs === null || still.id !== proposal.id) continue;
    if (nowRefused(state, entry, still) === null) approveProposal(state, still, AUTO, entry.decision?.text ?? null);
    else holdProposal(state, still, SYSTEM);
    consider(state, entry);
  }
}
