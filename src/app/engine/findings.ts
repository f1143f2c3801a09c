import { deploymentId, type Deployment } from '../../core/model/deployment.ts';
import type { ExternalRollback, Findings } from '../../core/model/findings.ts';
import { membersOf } from '../../core/model/group-proposal.ts';
import { canonicalJson } from '../../core/model/canonical-json.ts';
import type { Plan, Proposal } from '../../core/model/rollback.ts';
import { askAnew, propose } from './asking.ts';
import { decideInput } from './decide-input.ts';
import { consider, draw } from './deciding.ts';
import { applyNews } from './judging.ts';
import { findingsDigest, keepFindings } from './kept-findings.ts';
import { closeProposal } from './proposals.ts';
import type { EngineState, PipelineEntry } from './state.ts';
import { wayBack } from './way-back.ts';

/** A rollback on the platform so close to one of ours is ours. */
const SAME_ROLLBACK_MS = 900_000;

/** Takes the answer to an inquiry: the question that waited for it is put, an open one is put anew where it changed. */
export function takeFindings(state: EngineState, findings: Findings): void {
  const entry = state.pipelines.get(findings.pipeline);
  if (entry === undefined || !keepFindings(entry, findings)) return;
  if (findings.external !== null) noteExternal(state, entry, findings.external);
  // What was noted may have been the end of the deployment it was about.
  if (entry.judge.timeline.current?.id !== findings.deploymentId) return;
  const open = state.open.get(entry.pipeline);
  if (entry.wanted !== null) {
    const { wanted, wish } = entry;
    entry.wanted = null;
    // What failed asks for itself; only what does not is asked because a person wants it.
    if (wish === null) consider(state, entry);
    const { ok, text } = propose(state, entry.pipeline, wish ?? {}, wanted);
    if (!ok) entry.draft = { proposal: null, isLooking: false, why: text };
  } else if (open !== undefined && isNew(state, entry, open, findings)) {
    if (open.group === undefined) askAnew(state, entry, open);
    else askGroupAnew(state, open);
  }
  if (entry.looked !== null) draw(state, entry, entry.looked, true);
  if (entry.decision !== null) consider(state, entry);
}

/** What is known differs from what the open question was put on; one of an earlier session tells that by its plan. */
function isNew(state: EngineState, entry: PipelineEntry, open: Proposal, findings: Findings): boolean {
  const members = membersOf(open);
  const asked = members.find(({ pipeline }) => pipeline === entry.pipeline);
  const digest = findingsDigest(findings);
  if (asked?.plan.toVersion !== findings.toVersion || digest === entry.known) return false;
  const along = new Set(members.map(({ pipeline }) => pipeline));
  const { plan } = wayBack(state, entry, decideInput(state, entry, null), entry.wish, false, along);
  if (plan === null || toldBy(plan) !== toldBy(asked.plan)) return true;
  entry.known = digest;
  return false;
}

function toldBy({ notUndone, blockedBy = [], doubts = [], lookedAt = [] }: Plan): string {
  return canonicalJson({ notUndone, blockedBy, doubts, lookedAt });
}

/** The service it was put for fails still, so that it asks again by itself. */
function askGroupAnew(state: EngineState, open: Proposal): void {
  state.entry(open.pipeline).askedKey = null;
  closeProposal(state, open, 'superseded', null, 'what it will not undo is not what it was');
}

/** A rollback that others make is recorded, once as it goes on and once as it is over, and followed as a return. */
function noteExternal(state: EngineState, entry: PipelineEntry, external: ExternalRollback): void {
  const { current } = entry.judge.timeline;
  if (current === null || current.origin === 'inferred' || isOurs(state, entry, external)) return;
  const { by, toVersion, atMs, inProgress } = external;
  // One that is over and has no time may be any that ever was.
  if (atMs === null ? !inProgress : atMs < current.atMs) return;
  const key = [by, toVersion, atMs, inProgress].join('|');
  if (entry.external.has(key)) return;
  entry.external.add(key);
  state.emit({ type: 'external-rollback', pipeline: entry.pipeline, deploymentId: current.id, external });
  if (inProgress || toVersion === null || toVersion === current.version) return;
  const open = state.open.get(entry.pipeline);
  if (open !== undefined) closeProposal(state, open, 'superseded', null, `rolled back by ${by}`);
  const back = returned(current, toVersion, atMs ?? state.nowMs);
  applyNews(state, entry, [...entry.cohorts.announce(back), ...entry.cohorts.tick(state.nowMs)]);
}

function isOurs(state: EngineState, { pipeline }: PipelineEntry, { atMs, toVersion }: ExternalRollback): boolean {
  const running = [...state.executions.values()].some((one) => one.pipeline === pipeline && one.endedAtMs === null);
  return (
    running ||
    state.knownHistory.rollbacks.some(
      (past) =>
        past.pipeline === pipeline &&
        past.toVersion === toVersion &&
        (atMs === null || Math.abs(past.atMs - atMs) <= SAME_ROLLBACK_MS),
    )
  );
}

function returned(current: Deployment, version: string, atMs: number): Deployment {
  return {
    ...current,
    id: deploymentId(current.pipeline, version, atMs),
    version,
    previous: current.version,
    atMs,
    commit: null,
    origin: 'rollback',
    features: null,
  };
}
