import type { GroupRun } from '../../core/model/group-run.ts';
import { TERMINAL_STATES } from '../../core/model/rollback.ts';
import { concerns } from '../../core/model/group-proposal.ts';
import type { Execution, Proposal } from '../../core/model/rollback.ts';
import type { DecisionReason } from '../../core/model/decision.ts';
import type { VerdictReason } from '../../core/model/verdict.ts';
import type { PipelineView, Snapshot, Spark } from '../../core/session/snapshot.ts';
import type { Look } from '../theme.ts';
import { foreseen } from './brief-verdict.ts';

/** A pipeline with what the screen derives of it. */
export interface FleetItem {
  readonly view: PipelineView;
  readonly look: Look;
  /** The open question about it, if there is one. */
  readonly proposal: Proposal | null;
  /** It will be asked about as soon as it is known what a rollback will not undo. */
  readonly asksSoon: boolean;
  /** The newest act on the deployment that is current, or one still running. */
  readonly execution: Execution | null;
  /** The group rollback under way that it is part of. */
  readonly group: GroupRun | null;
  /** 0 = needs a person now; higher numbers can wait longer. */
  readonly attention: number;
}

/** Items of a snapshot with attention below this need a person: what `n` jumps to. */
export const ALARM_BELOW = 5;

/** Derives look and urgency of each pipeline of a snapshot. */
export function fleetItems(snapshot: Snapshot): readonly FleetItem[] {
  return snapshot.pipelines.map((view) => {
    const proposal = snapshot.proposals.find((each) => concerns(each, view.pipeline)) ?? null;
    const execution = snapshot.executions.find((each) => belongs(each, view)) ?? null;
    const look = lookOf(view, execution);
    const rollback = snapshot.rollbacks?.find((each) => each.pipeline === view.pipeline);
    const asksSoon = proposal === null && view.decision?.kind === 'ask' && rollback?.isLooking === true;
    const attention = asksSoon ? 0 : attentionOf(look, view, proposal, execution);
    const group = groupOf(view.pipeline, snapshot);
    const isAsked = group !== null && group.hold !== null;
    return { view, look, proposal, asksSoon, execution, group, attention: isAsked ? 0 : attention };
  });
}

/** The group rollback under way that a pipeline is part of; null where there is none. */
export function groupOf(pipeline: string, { groups = [] }: Pick<Snapshot, 'groups'>): GroupRun | null {
  return groups.find((run) => run.endedAtMs === null && run.steps.some((step) => step.pipeline === pipeline)) ?? null;
}

/** Whether an act goes on by itself at this moment. */
export function isRunning(execution: Execution): boolean {
  return !TERMINAL_STATES.has(execution.state);
}

/** Whether a rollback stands still until a person says how it goes on. */
export function isHeld(execution: Execution): boolean {
  return execution.hold !== undefined && execution.hold !== null && isRunning(execution);
}

/** The moment a pipeline is judged at: now, or its last sample where it is a recording. */
export function asOfMs(view: PipelineView, nowMs: number): number {
  return view.freshness === 'recorded' || view.freshness === 'replayed' ? (view.lastSampleMs ?? nowMs) : nowMs;
}

/** Above this a metric is as well as any other: noise must not change the order. */
const WELL_HEALTH = 90;

/**
 * The metrics worth a look: what is anomalous now comes first, then what is on its way to its limit, then what costs the
 * pipeline's health most.
 */
export function byUrgency(view: PipelineView): readonly Spark[] {
  const soon = foreseen(view)?.metric;
  const ill = new Map(view.verdict.health.parts.map(({ metric, value }) => [metric, value ?? 100]));
  const illness = (name: string): number => {
    const health = ill.get(name) ?? 100;
    return health < WELL_HEALTH ? 1 - health / 100 : 0;
  };
  const urgency = ({ flags, spec }: Spark): number =>
    4 * (flags.at(-1) ?? 0) + (spec.name === soon ? 2 : 0) + illness(spec.name);
  return view.sparks.toSorted((a, b) => urgency(b) - urgency(a));
}

/** How an act ended, when it did not end well: a person has to look. */
export function endedBadly(execution: Execution): boolean {
  const { state } = execution;
  return state === 'failed' || state === 'unknown' || state === 'restored-unhealthy' || state === 'unverified';
}

function belongs(execution: Execution, view: PipelineView): boolean {
  if (execution.pipeline !== view.pipeline) return false;
  if (isRunning(execution)) return true;
  // An act on an earlier deployment says nothing of the one that is live now.
  const deployedAtMs = view.deployment?.atMs ?? 0;
  const isItsOwn = view.deployment?.origin === 'rollback' && view.deployment.version === execution.toVersion;
  return !execution.dryRun && (isItsOwn || execution.startedAtMs >= deployedAtMs);
}

const WAITING: ReadonlySet<DecisionReason> = new Set(['healthy', 'not-yet'] as const);

/** True where the decision is nothing but the verdict, whose sentence goes on while the decision's stays as first said. */
export function onlyHolds({ decision, verdict, risk }: PipelineView): boolean {
  if (decision?.kind !== 'hold') return false;
  if (decision.text === `holds: ${verdict.text}`) return true;
  return WAITING.has(decision.reason) && risk?.label !== 'HIGH';
}

/** Out of the ordinary, and no failure. */
const NOT_BLAMED: ReadonlySet<VerdictReason> = new Set(['bad-before', 'at-peers'] as const);
const ANOMALIES: ReadonlySet<VerdictReason> = new Set([...NOT_BLAMED, 'anomaly-pending', 'shared-cause'] as const);

function lookOf(view: PipelineView, execution: Execution | null): Look {
  if (execution !== null && isRunning(execution)) return 'rolling-back';
  if (execution !== null && endedBadly(execution)) return 'failed';
  const { phase, reason, evidence } = view.verdict;
  if (phase === 'Failed' || phase === 'Error') return 'failed';
  if (phase === 'NoData' || view.freshness === 'stale' || view.freshness === 'future') return 'no-data';
  if (ANOMALIES.has(reason)) return 'anomaly';
  if (reason === 'near-limit') return 'warning';
  if (evidence.length > 0) return evidence.some(({ inARow }) => inARow > 0) ? 'anomaly' : 'warning';
  if (execution?.state === 'done') return 'rolled-back';
  if (foreseen(view) !== null) return 'warning';
  if (phase === 'Successful' || reason === 'healthy' || reason === 'recovered') return 'healthy';
  return 'watching';
}

function attentionOf(look: Look, view: PipelineView, proposal: Proposal | null, execution: Execution | null): number {
  if (proposal !== null) return 0;
  if (execution !== null && endedBadly(execution)) return 1;
  if (execution !== null && isHeld(execution)) return 0;
  if (look === 'rolling-back') return 2;
  if (look === 'failed') return 3;
  if (look === 'anomaly') return NOT_BLAMED.has(view.verdict.reason) ? 5 : 4;
  return { 'no-data': 6, warning: 6.5, watching: 7, 'rolled-back': 8, healthy: 9 }[look];
}
