import { setTimeout as sleep } from 'node:timers/promises';
import { versionChoices, type VersionChoice } from '../../core/decide/version-choices.ts';
import { canonicalJson } from '../../core/model/canonical-json.ts';
import type { Deployment } from '../../core/model/deployment.ts';
import type { Execution } from '../../core/model/rollback.ts';
import { visibleText } from '../../core/model/visible.ts';
import type { PipelineView } from '../../core/session/snapshot.ts';
import type { PlanRequest } from '../../ports/platform.ts';
import type { WatchContext } from '../watch/options.ts';
import { openParts, type SessionParts } from '../watch/parts.ts';
import type { Plans } from '../watch/plans.ts';
import { HandError, type HandEnd, type HandOptions, type HandPlan, type HandYes } from './hand-options.ts';
import { listen, type Listening } from './listen.ts';
import { readFacts, type FactsReading } from './read-facts.ts';
import { review, type ReviewFinding } from './review.ts';
import { servedPercent } from './served-percent.ts';
import type { PlanAbout } from './strategic-plan.ts';

/** A session in which one person looks at one rollback and may carry it out. */
export interface ByHand {
  readonly plan: HandPlan;
  /** Asks and says yes in one go, by the rules of every other answer; resolves when it has ended. */
  run(yes: HandYes, onChange: (execution: Execution) => void): Promise<HandEnd>;
  close(): Promise<void>;
}

/**
 * Reads the logs as a watch does, and plans the rollback a person asks for.
 *
 * @throws HandError for a pipeline that is not watched or has no version to go back to; PlanError; StoreError
 */
export async function openByHand(options: HandOptions, context: WatchContext): Promise<ByHand> {
  const parts = await openParts(options.watch, context, context.clock);
  const chosen: { about: PlanAbout; toVersion: string | null } = { about: {}, toVersion: options.toVersion };
  const plans: Plans = {
    ...parts.plans,
    plan: (request, about = {}) =>
      parts.plans.plan(withTarget(request, chosen.toVersion), { ...about, ...chosen.about }),
  };
  let listening: Listening | null = null;
  try {
    listening = await listen({ ...parts, plans }, options, context);
    const plan = await look(parts, plans, listening, options, chosen);
    const heard = listening;
    return {
      plan,
      run: (yes, onChange) => carryOut(parts, heard, plan, yes, onChange),
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

function withTarget(request: PlanRequest, toVersion: string | null): PlanRequest {
  return toVersion === null ? request : { ...request, toVersion };
}

async function look(
  parts: SessionParts,
  plans: Plans,
  { session, announced }: Listening,
  options: HandOptions,
  chosen: { about: PlanAbout; toVersion: string | null },
): Promise<HandPlan> {
  const view = pipelineOf(session.snapshot().pipelines, options.pipeline);
  const { pipeline } = view;
  const deployment = deployedNow(view);
  const environment = parts.config.settingsFor(pipeline).policy.environment ?? deployment.environment;
  const platform = plans.platform(pipeline);
  const reading: FactsReading =
    platform === null || parts.readOnly || !parts.standing('fresh').configTrusted
      ? {
          facts: null,
          why: platform === null ? null : 'the platform was not asked: read-only, or the config is not trusted',
        }
      : await readFacts(platform, pipeline, environment, { env: parts.env });
  const versions = earlierVersions(parts, deployment, reading, announced);
  chosen.toVersion = options.toVersion ?? versions.find(({ isDefault }) => isDefault)?.version ?? deployment.previous;
  if (chosen.toVersion === null) throw new HandError(`no earlier version of ${pipeline} is known: name one with --to`);
  const request: PlanRequest = {
    pipeline,
    environment,
    deploymentId: deployment.id,
    fromVersion: deployment.version,
    toVersion: chosen.toVersion,
  };
  const { facts } = reading;
  const found = await reviewed(parts, deployment, versions, chosen.toVersion);
  chosen.about = {
    ...(options.strategy === null ? {} : { strategy: options.strategy, chosenBy: parts.person.name }),
    blockedBy: found.block ? found.notUndone : [],
    notUndone: [
      ...found.notUndone,
      ...(facts?.notUndone ?? []),
      ...(facts?.selfHeal === null || facts === null ? [] : [facts.selfHeal]),
    ],
    servedPercent: servedPercent(parts.place.store, request),
  };
  const plan = plans.plan(request, { verdict: view.verdict, risk: view.risk });
  const needsName = parts.config.settingsFor(pipeline).policy.production;
  return {
    plan,
    versions,
    needsName,
    warnings: [...found.doubts, ...warningsOf(reading, versions, chosen.toVersion, view)],
  };
}

/** What the change between both versions leaves behind; nothing is spawned without trust. */
async function reviewed(
  parts: SessionParts,
  now: Deployment,
  versions: readonly VersionChoice[],
  toVersion: string,
): Promise<ReviewFinding & { readonly block: boolean }> {
  const choice = parts.config.rollbackFor(now.pipeline)?.review ?? null;
  if (choice === null) return { notUndone: [], doubts: [], block: false };
  if (parts.readOnly || !parts.standing('fresh').configTrusted) {
    return {
      notUndone: [],
      doubts: ['the change was not reviewed: read-only, or the config is not trusted'],
      block: false,
    };
  }
  const change = {
    fromVersion: now.version,
    toVersion,
    fromCommit: now.commit,
    toCommit: versions.find(({ version }) => version === toVersion)?.commit ?? null,
  };
  const found = await review({ ...choice, ...choice.programs() }, change, { env: parts.env });
  return { ...found, block: choice.block };
}

function pipelineOf(views: readonly PipelineView[], named: string | null): PipelineView {
  const names = views.map(({ pipeline }) => visibleText(pipeline, 60)).join(', ');
  const known = names === '' ? 'no pipeline is watched here' : `watched are ${names}`;
  if (named === null) {
    if (views.length === 1) return views[0]!;
    throw new HandError(`which pipeline? name it with --pipeline; ${known}`);
  }
  const found = views.find(({ pipeline }) => pipeline === named);
  if (found === undefined) throw new HandError(`no pipeline is called ${visibleText(named, 60)}; ${known}`);
  return found;
}

function deployedNow({ pipeline, deployment }: PipelineView): Deployment {
  if (deployment !== null && deployment.origin !== 'inferred') return deployment;
  throw new HandError(
    `no deployment of ${pipeline} was announced, so there is nothing to return to (rollwatch deployed)`,
  );
}

function earlierVersions(
  parts: SessionParts,
  now: Deployment,
  { facts }: FactsReading,
  read: readonly Deployment[],
): readonly VersionChoice[] {
  const { store } = parts.place;
  const verdicts = store.history(parts.clock.nowMs()).versions.filter(({ pipeline }) => pipeline === now.pipeline);
  const own = read.filter(({ pipeline }) => pipeline === now.pipeline);
  const announced = [...own, ...store.recentDeployments(now.pipeline, 50)].toSorted((a, b) => b.atMs - a.atMs);
  const before =
    now.previous === null ? [] : [{ version: now.previous, deployedAtMs: null, by: null, change: null, commit: null }];
  return versionChoices(now.version, [...(facts?.versions ?? []), ...before], announced, verdicts);
}

function warningsOf(
  { facts, why }: FactsReading,
  versions: readonly VersionChoice[],
  toVersion: string,
  { verdict }: PipelineView,
): readonly string[] {
  const to = versions.find(({ version }) => version === toVersion);
  const warnings: string[] = [];
  if (why !== null) warnings.push(why);
  if (facts?.external?.inProgress === true)
    warnings.push(`${facts.external.by} rolls back by itself: ${facts.external.text}`);
  if (to?.healthy === false) warnings.push(`the last verdict of ${toVersion} was Failed`);
  if (to === undefined) warnings.push(`nothing is known of version ${toVersion}`);
  if (verdict.phase !== 'Failed') warnings.push(`not failed: ${verdict.text}`);
  return warnings.map((text) => visibleText(text, 240));
}

async function carryOut(
  parts: SessionParts,
  { session }: Listening,
  shown: HandPlan,
  yes: HandYes,
  onChange: (execution: Execution) => void,
): Promise<HandEnd> {
  const { pipeline } = shown.plan;
  const asked = await session.send({ type: 'propose', pipeline });
  const proposal = session.snapshot().proposals.find((one) => one.pipeline === pipeline);
  if (proposal === undefined) return { kind: 'refused', why: asked.text };
  if (canonicalJson(proposal.plan) !== canonicalJson(shown.plan)) {
    return { kind: 'refused', why: 'the plan has changed since it was shown; look at it again' };
  }
  const answer = await session.send({ type: 'approve', proposalId: proposal.id, ...yes });
  if (!answer.ok) return { kind: 'refused', why: answer.text };
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
