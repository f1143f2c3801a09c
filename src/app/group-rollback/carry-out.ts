import { setTimeout as sleep } from 'node:timers/promises';
import type { GroupRun } from '../../core/model/group-run.ts';
import type { Approval, Execution, Proposal, ProposalGroup } from '../../core/model/rollback.ts';
import { durationText } from '../../core/model/time.ts';
import { visibleText } from '../../core/model/visible.ts';
import { groupEnd, groupEndText } from '../../core/plan/group-end.ts';
import { memberApproval, memberProposal } from '../../core/model/group-proposal.ts';
import { dropRequest, readRequest } from '../executor/act-request.ts';
import { awaitWord } from '../executor/await-word.ts';
import { healthsOf, judgeGroup } from './judge-group.ts';
import type { GroupRecord } from './record.ts';
import type { GroupDeps } from './types.ts';

/** Ends after which the next service may follow. `unverified` only on a person's word, or in a dry run. */
const WENT_BACK: ReadonlySet<Execution['state']> = new Set(['done', 'restored-unhealthy', 'unverified']);

/** What goes wrong with one service: nothing more is begun. */
interface Stop {
  readonly because: string;
  readonly expired: boolean;
}

/** What was asked, and the yes to it. */
interface Asked {
  readonly proposal: Proposal;
  readonly group: ProposalGroup;
  readonly approval: Approval;
}

/**
 * One service after the other: each by its own plan, lease and proof, begun when the one before was read back and did
 * not make the group worse. Whether that one recovers is still waited for meanwhile, since it may need the others.
 */
export async function carryOut(
  deps: GroupDeps,
  record: GroupRecord,
  proposal: Proposal,
  group: ProposalGroup,
  approval: Approval,
): Promise<GroupRun> {
  const acts: Promise<Execution | null>[] = [];
  try {
    const stop = await oneByOne(deps, record, { proposal, group, approval }, acts);
    await Promise.all(acts);
    return end(deps, record, stop);
  } finally {
    // Also where the group was taken over: what this process has begun is not left alone.
    await Promise.all(acts);
  }
}

async function oneByOne(
  deps: GroupDeps,
  record: GroupRecord,
  { proposal, group, approval }: Asked,
  acts: Promise<Execution | null>[],
): Promise<Stop | null> {
  const pipelines = group.members.map(({ pipeline }) => pipeline);
  const ailing = ailingOf(deps, group, pipelines);
  for (const [index, { pipeline }] of group.members.entries()) {
    const asked = readRequest(deps.stateDir, record.run.id);
    if (asked?.kind === 'abort') {
      return { because: `aborted by ${asked.by.name}${because(asked.reason)}`, expired: false };
    }
    const before = healthsOf(deps, pipelines, 0);
    record.move({ text: `${index + 1} of ${pipelines.length}: ${pipeline} goes back` });
    const member = memberProposal(proposal, index);
    const act = executed(deps, member, approval);
    acts.push(act.ended);
    const state = await served(deps, member, act);
    record.move({ text: `${index + 1} of ${pipelines.length}: ${pipeline} is ${state ?? 'not begun'}` });
    if (state === null || !(state === 'verifying' || WENT_BACK.has(state))) {
      return { because: act.why() ?? `${pipeline} did not go back`, expired: false };
    }
    if (index === pipelines.length - 1 || record.run.dryRun) continue;
    const look = { id: record.run.id, judge: group.judge, before, ailing: ailing.slice(index + 1).flat() };
    const judged =
      state === 'unverified'
        ? ({ kind: 'hold', why: 'unproven', text: `nothing proves that ${pipeline} went back` } as const)
        : await judgeGroup(deps, pipelines, look);
    if (judged.kind === 'go-on') record.move({ text: judged.text });
    else {
      const stop = await stand(deps, record, group, judged, `after ${index + 1} of ${pipelines.length} (${pipeline})`);
      if (stop !== null) return stop;
    }
  }
  return null;
}

/** By service: itself where it was unhealthy when the rollback began. */
function ailingOf(deps: GroupDeps, { judge }: ProposalGroup, pipelines: readonly string[]): readonly string[][] {
  const atStart = healthsOf(deps, pipelines, 0);
  return pipelines.map((one) => ((atStart.get(one)?.health ?? 100) < judge.healthAtLeast ? [one] : []));
}

interface Act {
  /** Null where nothing could be recorded, so that nothing was run. */
  readonly ended: Promise<Execution | null>;
  readonly why: () => string | null;
}

function executed(deps: GroupDeps, member: Proposal, approval: Approval): Act {
  let why: string | null = null;
  const ended = deps.executor.execute(member, memberApproval(approval, member)).then(
    (execution) => {
      why = `${execution.pipeline} is ${execution.state}: ${execution.text}`;
      return execution;
    },
    (error: unknown) => {
      why = `${member.pipeline} was not begun: ${error instanceof Error ? error.message : String(error)}`;
      return null;
    },
  );
  return { ended, why: () => why };
}

/** Its state once the earlier version was read back to serve, or at its end; null where nothing was begun. */
async function served(deps: GroupDeps, member: Proposal, act: Act): Promise<Execution['state'] | null> {
  const over = act.ended.then((execution) => ({ state: execution?.state ?? null }));
  for (;;) {
    const ended = await Promise.race([over, sleep(deps.pollMs ?? 250, null)]);
    if (ended !== null) return ended.state;
    const now = deps.store.executionsOfPlan(member.plan.id).find(({ proposalId }) => proposalId === member.id);
    if (now?.state === 'verifying' && now.servesSinceMs !== undefined) return now.state;
  }
}

/** Stands still and asks; null when a person lets it go on. */
async function stand(
  deps: GroupDeps,
  record: GroupRecord,
  { judge: { holdMs } }: ProposalGroup,
  { why, text }: { readonly why: 'recovered' | 'worse' | 'unproven'; readonly text: string },
  place: string,
): Promise<Stop | null> {
  const { clock, stateDir } = deps;
  const [sinceMs, endMs] = [clock.nowMs(), clock.monotonicMs() + holdMs];
  record.move({
    state: 'held',
    hold: { why, sinceMs, untilMs: sinceMs + holdMs },
    text: `held ${place}: ${text}; goes on only if a person says so within ${durationText(holdMs)}`,
  });
  const word = await awaitWord(stateDir, record.run.id, { sinceMs, endMs }, clock, deps.pollMs ?? 250);
  record.move({ state: 'running', hold: null, text: `${text}; ${wordText(word, holdMs)}` });
  if (word.kind === 'continue') return null;
  return { because: `stopped ${place}: ${text}; ${wordText(word, holdMs)}`, expired: word.kind === 'none' };
}

function wordText(word: Awaited<ReturnType<typeof awaitWord>>, holdMs: number): string {
  if (word.kind === 'none') return `nobody said within ${durationText(holdMs)} whether to go on; a person must decide`;
  return word.kind === 'continue'
    ? `${word.by.name} lets it go on`
    : `aborted by ${word.by.name}${because(word.reason)}`;
}

function end(deps: GroupDeps, record: GroupRecord, stop: Stop | null): GroupRun {
  dropRequest(deps.stateDir, record.run.id);
  // Written once more before it is summed up: the services have ended since.
  record.move({});
  const { steps, dryRun } = record.run;
  const why = stop === null ? null : visibleText(stop.because, 400);
  record.move({
    state: groupEnd(steps.map(({ state }) => state)),
    text: groupEndText(steps, why, dryRun),
    endedAtMs: deps.clock.nowMs(),
  });
  if (stop?.expired === true) deps.onHoldExpired?.(record.run);
  return record.run;
}

function because(reason: string | null): string {
  return reason === null ? '' : ` (${reason})`;
}
