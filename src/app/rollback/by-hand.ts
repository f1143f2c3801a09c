import { setTimeout as sleep } from 'node:timers/promises';
import { canonicalJson } from '../../core/model/canonical-json.ts';
import type { Execution, Plan, Proposal } from '../../core/model/rollback.ts';
import { visibleText } from '../../core/model/visible.ts';
import type { WayWanted } from '../../core/session/command.ts';
import type { PipelineView, RollbackView } from '../../core/session/snapshot.ts';
import type { WatchContext } from '../watch/options.ts';
import { openParts, type SessionParts } from '../watch/parts.ts';
import type { Session } from '../watch/session.ts';
import {
  HandError,
  type HandEnd,
  type HandOptions,
  type HandPlan,
  type HandWatcher,
  type HandYes,
} from './hand-options.ts';
import { listen, type Listening } from './listen.ts';

/** A session in which one person looks at one rollback and may carry it out. */
export interface ByHand {
  readonly plan: HandPlan;
  /** Asks and says yes in one go, by the rules of every other answer; resolves when it has ended. */
  run(yes: HandYes, watcher: HandWatcher): Promise<HandEnd>;
  close(): Promise<void>;
}

const LOOK_EVERY_MS = 50;
/** Longer than all that is asked may take: each has its own limit of at most a minute. */
const LOOKS_FOR_MS = 150_000;

/**
 * Reads the logs as a watch does, and plans the rollback a person asks for with the same engine, facts and rules.
 *
 * @throws HandError for a pipeline that is not watched or has no version to go back to; PlanError; StoreError
 */
export async function openByHand(options: HandOptions, context: WatchContext): Promise<ByHand> {
  // One pipeline was named: no group is made of it.
  const parts = { ...(await openParts(options.watch, context, context.clock)), groups: [] };
  let listening: Listening | null = null;
  try {
    listening = await listen(parts, options, context);
    const heard = listening;
    const { session } = heard;
    const wanted = { toVersion: options.toVersion, strategy: options.strategy };
    const plan = await look(parts, session, options.pipeline, wanted);
    return {
      plan,
      run: (yes, watcher) => carryOut(parts, session, plan, wanted, yes, watcher),
      async close() {
        await heard.stop();
        parts.close();
      },
    };
  } catch (error) {
    await listening?.stop();
    parts.close();
    throw error;
  }
}

/** What a rollback of a pipeline would be, together with those that go back along with it. @throws HandError where there is none */
export async function look(
  parts: SessionParts,
  session: Session,
  named: string | null,
  wanted: WayWanted,
  along: readonly string[] = [],
): Promise<HandPlan> {
  const { pipeline, deployment } = pipelineOf(session.snapshot().pipelines, named);
  if (deployment === null || deployment.origin === 'inferred') {
    throw new HandError(
      `no deployment of ${pipeline} was announced, so there is nothing to return to (rollwatch deployed)`,
    );
  }
  await session.send({ type: 'look', pipeline, along, ...wanted });
  const { draft, versions, why } = await known(session, pipeline);
  if (draft === null) {
    const nowhere = versions.length === 0 && (wanted.toVersion ?? null) === null;
    throw new HandError(nowhere ? `no earlier version of ${pipeline} is known: name one with --to` : why);
  }
  const isKnown = versions.some(({ version }) => version === draft.plan.toVersion);
  return {
    plan: draft.plan,
    versions,
    needsName: parts.config.settingsFor(pipeline).policy.production,
    approvalsNeeded: draft.approvalsNeeded ?? 1,
    instead: draft.instead ?? [],
    overrides: draft.overrides,
    warnings: [
      ...(why === '' ? [] : [why]),
      ...(isKnown ? [] : [`nothing is known of version ${visibleText(draft.plan.toVersion, 60)}`]),
      ...draft.warnings.filter((text) => !text.startsWith('dry run')),
    ],
  };
}

/** Waits until it is known what the rollback will not undo, or could not be found out. */
async function known(session: Session, pipeline: string): Promise<RollbackView> {
  for (let waitedMs = 0; ; waitedMs += LOOK_EVERY_MS) {
    const view = session.snapshot().rollbacks?.find((one) => one.pipeline === pipeline);
    if (view !== undefined && !view.isLooking) return view;
    if (waitedMs > LOOKS_FOR_MS) throw new HandError('what a rollback will not undo could not be found out in time');
    await sleep(LOOK_EVERY_MS);
  }
}

function pipelineOf(views: readonly PipelineView[], named: string | null): PipelineView {
  const names = views.map(({ pipeline }) => visibleText(pipeline, 60)).join(', ');
  const watched = names === '' ? 'no pipeline is watched here' : `watched are ${names}`;
  if (named === null) {
    if (views.length === 1) return views[0]!;
    throw new HandError(`which pipeline? name it with --pipeline; ${watched}`);
  }
  const found = views.find(({ pipeline }) => pipeline === named);
  if (found === undefined) throw new HandError(`no pipeline is called ${visibleText(named, 60)}; ${watched}`);
  return found;
}

async function carryOut(
  parts: SessionParts,
  session: Session,
  shown: HandPlan,
  wanted: WayWanted,
  yes: HandYes,
  { onChange, say }: HandWatcher,
): Promise<HandEnd> {
  const proposal = await ask(session, shown.plan.pipeline, wanted);
  if (typeof proposal === 'string') return { kind: 'refused', why: proposal };
  if (actText(proposal.plan) !== actText(shown.plan)) {
    return { kind: 'refused', why: 'the plan has changed since it was shown; look at it again' };
  }
  const answer = await session.send({ type: 'approve', proposalId: proposal.id, ...yes });
  if (!answer.ok) return { kind: 'refused', why: answer.text };
  if (shown.approvalsNeeded > 1) say(`${answer.text}: rollwatch approve ${proposal.id}`);
  return follow(parts, session, proposal, onChange);
}

/** All of a plan that says what is done and what stays; who chose the way is no part of it. */
function actText(plan: Plan): string {
  return canonicalJson({ ...plan, strategyBecause: [] });
}

/** Puts the question, waiting where facts have grown old; why it is not put, as a sentence. */
async function ask(session: Session, pipeline: string, wanted: WayWanted): Promise<Proposal | string> {
  const asked = await session.send({ type: 'propose', pipeline, ...wanted });
  if (!asked.ok) return asked.text;
  const { why } = await known(session, pipeline);
  const found = session.snapshot().proposals.find((one) => one.pipeline === pipeline);
  return found ?? (why === '' ? asked.text : why);
}

async function follow(
  parts: SessionParts,
  session: Session,
  proposal: Proposal,
  onChange: (execution: Execution) => void,
): Promise<HandEnd> {
  let last = '';
  let closedLooks = 0;
  for (;;) {
    const execution = session.snapshot().executions.find((one) => one.proposalId === proposal.id);
    if (execution !== undefined && canonicalJson(execution) !== last) {
      last = canonicalJson(execution);
      onChange(execution);
    }
    if (execution !== undefined && execution.endedAtMs !== null) return { kind: 'ended', execution };
    const stored = parts.place.store.executionsOfPlan(proposal.plan.id).find((one) => one.proposalId === proposal.id);
    const open = session.snapshot().proposals.some(({ id }) => id === proposal.id);
    if (stored === undefined && execution === undefined && !open) closedLooks += 1;
    // Between the yes and the first record of the act there is a moment with neither.
    if (closedLooks > 50) return { kind: 'refused', why: 'the question was closed, and nothing was run' };
    if (stored?.state === 'unknown') return { kind: 'ended', execution: stored };
    await sleep(100);
  }
}
