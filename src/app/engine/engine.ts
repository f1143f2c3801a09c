import { sideOf } from '../../core/series/side.ts';
import type { CommandResult } from '../../core/session/command.ts';
import { membersOf } from '../../core/model/group-proposal.ts';
import { followAnswer } from './answering.ts';
import { obey } from './commands.ts';
import { consider } from './deciding.ts';
import { followExecution, followGroup, isKnownReturn } from './executions.ts';
import { takeFindings } from './findings.ts';
import { applyNews } from './judging.ts';
import { keepOpen } from './proposals.ts';
import { snapshotOf } from './snapshot.ts';
import { EngineState } from './state.ts';
import { catchUp, isWatchful, tick } from './ticking.ts';
import type { Engine, EngineInput, EngineOptions } from './types.ts';

type Of<T extends EngineInput['type']> = Extract<EngineInput, { readonly type: T }>;

/**
 * One pass of the journey from rows to events. Deterministic: it has no clock, no randomness and no I/O of its own, so
 * the same inputs give the same events, byte for byte. The events of one input are complete when `advance` returns.
 */
export function createEngine(options: EngineOptions): Engine {
  const state = new EngineState(options);
  return {
    advance(input) {
      // A clock that was set back must not make anything younger than it is.
      state.nowMs = Math.max(state.nowMs, input.nowMs);
      const result = take(state, input);
      return { events: state.takeEvents(), result, inquiries: state.takeInquiries() };
    },
    verdict: (pipeline, nowMs) => state.pipelines.get(pipeline)?.cohorts.verdict(Math.max(nowMs, state.nowMs)) ?? null,
    samples: (pipeline, version, sinceMs) => state.pipelines.get(pipeline)?.cohorts.samplesOf(version, sinceMs) ?? null,
    snapshot: (nowMs, session, focus) => snapshotOf(state, Math.max(nowMs, state.nowMs), session, focus),
  };
}

function take(state: EngineState, input: EngineInput): CommandResult | null {
  switch (input.type) {
    case 'rows':
      takeRows(state, input);
      break;
    case 'caught-up':
      catchUp(state);
      break;
    case 'deployment':
      takeDeployment(state, input);
      break;
    case 'tick':
      tick(state);
      break;
    case 'facts':
      takeFacts(state, input);
      break;
    case 'command':
      return takeCommand(state, input);
    case 'execution':
      followExecution(state, input.execution);
      considerAll(state);
      break;
    case 'group':
      followGroup(state, input.group);
      considerAll(state);
      break;
    case 'restored':
      restore(state, input);
      break;
    case 'answered':
      followAnswer(state, input);
      break;
    case 'source':
      state.sources.set(input.path, { pipeline: input.pipeline, counters: input.counters });
      break;
    case 'findings':
      takeFindings(state, input.findings);
      break;
    case 'hint':
      state.hints.add(input.text);
      break;
  }
  return null;
}

function takeRows(state: EngineState, input: Of<'rows'>): void {
  const entry = state.entry(input.pipeline);
  if (input.backfill) entry.backfilling = true;
  const news = entry.cohorts.take(
    input.batch,
    sideOf(input.batch.labels, input.path),
    state.nowMs,
    input.backfill ? 'backfill' : 'live',
  );
  if (input.backfill && news.length === 0) return;
  applyNews(state, entry, news);
  if (news.length > 0 || (!entry.backfilling && isWatchful(state, entry))) consider(state, entry);
}

function takeDeployment(state: EngineState, { deployment }: Of<'deployment'>): void {
  const entry = state.entry(deployment.pipeline);
  if (isKnownReturn(entry.judge.timeline.current, deployment)) return;
  const news = entry.cohorts.announce(deployment);
  applyNews(state, entry, news);
  if (news.length > 0) consider(state, entry);
}

function takeFacts(state: EngineState, { history, standing }: Of<'facts'>): void {
  // What a plan may do changes with trust; asking the platform again every second would cost it dearly.
  const { configTrusted, readOnly } = state.standing;
  const replan = standing.configTrusted !== configTrusted || standing.readOnly !== readOnly;
  state.history = history;
  state.standing = standing;
  for (const entry of replan ? state.pipelines.values() : []) {
    if (!state.open.has(entry.pipeline)) entry.plans.clear();
  }
  considerAll(state);
}

function takeCommand(state: EngineState, { command, by }: Of<'command'>): CommandResult {
  const result = obey(state, command, by);
  considerAll(state);
  return result;
}

/** Decides anew wherever something other than samples may change the decision. */
function considerAll(state: EngineState): void {
  for (const entry of state.pipelines.values()) {
    if (entry.decision !== null && isWatchful(state, entry)) consider(state, entry);
  }
}

function restore(state: EngineState, { proposals, executions }: Of<'restored'>): void {
  for (const execution of executions) state.executions.set(execution.id, execution);
  for (const proposal of proposals) {
    for (const { pipeline } of membersOf(proposal)) state.entry(pipeline);
    keepOpen(state, proposal);
  }
}
