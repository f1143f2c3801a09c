import { setTimeout as sleep } from 'node:timers/promises';
import { canonicalJson } from '../../core/model/canonical-json.ts';
import type { Deployment } from '../../core/model/deployment.ts';
import type { GroupRun } from '../../core/model/group-run.ts';
import type { ServiceGroup } from '../../core/model/group.ts';
import type { LeftOut, Proposal } from '../../core/model/rollback.ts';
import { visibleText } from '../../core/model/visible.ts';
import { blamedGroup, chosenGroup, deployedTogether, type RollbackGroup } from '../../core/plan/group.ts';
import { PlanFault } from '../../core/plan/plan-fault.ts';
import type { Snapshot } from '../../core/session/snapshot.ts';
import type { WatchContext, WatchOptions } from '../watch/options.ts';
import { openParts, type SessionParts } from '../watch/parts.ts';
import type { Session } from '../watch/session.ts';
import { look } from './by-hand.ts';
import { HandError, type HandPlan, type HandYes } from './hand-options.ts';
import { listen, type Listening } from './listen.ts';
import { serviceGroup } from './service-group.ts';

/** A rollback of several services a person asks for in a shell. */
export interface GroupHandOptions {
  /** A configured group, or a pipeline with which others were deployed. */
  readonly which: { readonly group: string } | { readonly deployedWith: string };
  /** Exactly these; null = those the evidence blames, and what needs them. */
  readonly only: readonly string[] | null;
  /** All that were deployed together, blamed or not. */
  readonly all: boolean;
  readonly waitMs: number;
  readonly watch: WatchOptions;
}

/** What would be done, with all that a person is shown before the yes. */
export interface GroupHandPlan {
  readonly name: string;
  /** In the order in which they go back. */
  readonly members: readonly (HandPlan & { readonly why: string })[];
  readonly left: readonly LeftOut[];
  readonly needsName: boolean;
}

/** How it ended; `refused` = nothing was begun. */
export type GroupHandEnd =
  { readonly kind: 'ended'; readonly run: GroupRun } | { readonly kind: 'refused'; readonly why: string };

/** A session in which one person looks at one group rollback and may carry it out. */
export interface GroupByHand {
  readonly plan: GroupHandPlan;
  /** Asks and says yes in one go, by the rules of every other answer; resolves when it has ended. */
  run(yes: HandYes, onChange: (run: GroupRun) => void): Promise<GroupHandEnd>;
  close(): Promise<void>;
}

/**
 * Reads the logs as a watch does, and plans the rollback of several services with the same engine, facts and rules.
 *
 * @throws HandError where no group or no service of it is meant; PlanError; StoreError
 */
export async function openGroupByHand(options: GroupHandOptions, context: WatchContext): Promise<GroupByHand> {
  const opened = await openParts(options.watch, context, context.clock);
  let listening: Listening | null = null;
  try {
    const group = serviceGroup(options.which, opened.config.groups);
    const parts = { ...opened, groups: [group] };
    const pipeline = 'deployedWith' in options.which ? options.which.deployedWith : null;
    listening = await listen(parts, { ...options, pipeline, toVersion: null, strategy: null }, context);
    const heard = listening;
    const plan = await lookAll(parts, heard.session, group, options);
    return {
      plan,
      run: (yes, onChange) => carryOut(parts, heard.session, plan, yes, onChange),
      async close() {
        await heard.stop();
        opened.close();
      },
    };
  } catch (error) {
    await listening?.stop();
    opened.close();
    throw error;
  }
}

async function lookAll(
  parts: SessionParts,
  session: Session,
  group: ServiceGroup,
  options: GroupHandOptions,
): Promise<GroupHandPlan> {
  const { order, left } = wanted(session.snapshot(), group, options);
  const members: GroupHandPlan['members'][number][] = [];
  const along = order.map(({ pipeline }) => pipeline);
  for (const { pipeline, why } of order) members.push({ ...(await look(parts, session, pipeline, {}, along)), why });
  return { name: group.name, members, left, needsName: members.some(({ needsName }) => needsName) };
}

function wanted(snapshot: Snapshot, group: ServiceGroup, options: GroupHandOptions): RollbackGroup {
  const { which, only, all } = options;
  const views = snapshot.pipelines.filter(({ pipeline }) => group.has(pipeline));
  const deployed = views.flatMap(({ deployment }) => (deployment === null ? [] : [deployment]));
  const blamed = views.filter(({ verdict }) => verdict.phase === 'Failed' || verdict.reason === 'anomaly');
  const of = leadOf(deployed, which, blamed[0]?.pipeline ?? null, group.name);
  const together = deployedTogether(of, deployed, group.togetherMs).map(({ pipeline }) => pipeline);
  const strange = only?.find((one) => !together.includes(one));
  if (strange !== undefined) {
    throw new HandError(
      `${visibleText(strange, 60)} was not deployed with ${of.pipeline}; with it were ${listed(together)}`,
    );
  }
  try {
    if (only !== null) return chosenGroup(together, only, group.needs);
    if (all) return chosenGroup(together, together, group.needs);
    const found = blamedGroup(together, new Set(blamed.map(({ pipeline }) => pipeline)), group.needs);
    if (found.order.length > 0) return found;
  } catch (error) {
    if (error instanceof PlanFault) throw new HandError(error.message, { cause: error });
    throw error;
  }
  throw new HandError(`nothing blames any of ${listed(together)}: name them with --only, or say --all`);
}

/** The deployment the group goes by: the named one, else that of a service that fails, else the newest. */
function leadOf(
  deployed: readonly Deployment[],
  which: GroupHandOptions['which'],
  blamed: string | null,
  name: string,
): Deployment {
  const announced = deployed.filter(({ origin }) => origin !== 'inferred' && origin !== 'rollback');
  const meant = 'deployedWith' in which ? which.deployedWith : blamed;
  const found =
    meant === null ? announced.toSorted((a, b) => b.atMs - a.atMs)[0] : announced.find((one) => one.pipeline === meant);
  if (found !== undefined) return found;
  throw new HandError(
    `no deployment of ${visibleText(meant ?? name, 60)} was announced, so there is nothing to return to`,
  );
}

async function carryOut(
  parts: SessionParts,
  session: Session,
  shown: GroupHandPlan,
  yes: HandYes,
  onChange: (run: GroupRun) => void,
): Promise<GroupHandEnd> {
  const pipelines = shown.members.map(({ plan }) => plan.pipeline);
  const asked = await session.send({ type: 'propose-group', name: shown.name, pipelines });
  const proposal = session.snapshot().proposals.find(({ group }) => group?.name === shown.name);
  if (!asked.ok || proposal?.group === undefined) return { kind: 'refused', why: asked.text };
  const plans = proposal.group.members.map(({ plan }) => plan);
  if (canonicalJson(plans) !== canonicalJson(shown.members.map(({ plan }) => plan))) {
    return { kind: 'refused', why: 'the plan has changed since it was shown; look at it again' };
  }
  const answer = await session.send({ type: 'approve', proposalId: proposal.id, ...yes });
  return answer.ok ? follow(parts, proposal, onChange) : { kind: 'refused', why: answer.text };
}

async function follow(
  { place, clock }: SessionParts,
  { id, approvalsNeeded = 1 }: Proposal,
  onChange: (run: GroupRun) => void,
): Promise<GroupHandEnd> {
  const startMs = clock.monotonicMs();
  for (let last = ''; ; await sleep(100)) {
    const run = place.store.group(id);
    if (run === null) {
      if (approvalsNeeded > 1) return { kind: 'refused', why: 'another person must say yes too' };
      if (clock.monotonicMs() - startMs > 5_000) return { kind: 'refused', why: 'nothing was begun' };
      continue;
    }
    if (canonicalJson(run) !== last) onChange(run);
    last = canonicalJson(run);
    if (run.endedAtMs !== null) return { kind: 'ended', run };
  }
}

function listed(names: readonly string[]): string {
  return names.map((name) => visibleText(name, 60)).join(', ');
}
