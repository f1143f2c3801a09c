import { setTimeout as sleep } from 'node:timers/promises';
import type { StepJudge } from '../../core/model/rollback.ts';
import { readRequest } from '../executor/act-request.ts';
import type { GroupDeps } from './types.ts';

/** Health of each pipeline, 0..100, from live data; one without such data is not in it. */
export type Healths = ReadonlyMap<string, { readonly health: number; readonly atMs: number }>;

/** What one service that went back did to the health of the group. */
export type GroupJudgement =
  | { readonly kind: 'go-on'; readonly text: string }
  | { readonly kind: 'hold'; readonly why: 'recovered' | 'worse' | 'unproven'; readonly text: string };

/** What is judged. */
export interface GroupLook {
  readonly id: string;
  readonly judge: StepJudge;
  /** Health of every service before the last one went back. */
  readonly before: Healths;
  /** Services that are still to go back and were unhealthy when the rollback began. */
  readonly ailing: readonly string[];
}

/** One bad sample is no proof that a service made it worse. */
const WORSE_IN_A_ROW = 2;

/**
 * Looks at every service of a group for the time of its judge. One whose health falls below what it was by more than the
 * limit holds at once; when all that was ailing and is still to go back is well through the second half, it holds at
 * the end: the rest need not go back. Without live data of any of them it holds too.
 */
export async function judgeGroup(
  deps: GroupDeps,
  pipelines: readonly string[],
  look: GroupLook,
): Promise<GroupJudgement> {
  const { judge, before, ailing } = look;
  const sinceMs = deps.clock.nowMs();
  const startMs = deps.clock.monotonicMs();
  const worse = new Map<string, number>();
  let last: Healths = new Map();
  let wellSinceMs = Infinity;
  for (;;) {
    const nowMs = deps.clock.monotonicMs();
    const now = healthsOf(deps, pipelines, sinceMs);
    for (const [pipeline, { health, atMs }] of now) {
      if (last.get(pipeline)?.atMs === atMs) continue;
      const floor = (before.get(pipeline)?.health ?? -Infinity) - judge.worseBy;
      worse.set(pipeline, health < floor ? (worse.get(pipeline) ?? 0) + 1 : 0);
      if ((worse.get(pipeline) ?? 0) >= WORSE_IN_A_ROW) {
        return hold('worse', `it made ${pipeline} worse: ${change(pipeline, before, now)}`);
      }
    }
    last = now;
    const isWell = ailing.length > 0 && ailing.every((one) => (now.get(one)?.health ?? -1) >= judge.healthAtLeast);
    wellSinceMs = isWell ? Math.min(wellSinceMs, nowMs) : Infinity;
    if (readRequest(deps.stateDir, look.id)?.kind === 'abort') return { kind: 'go-on', text: 'asked to stop' };
    if (nowMs - startMs >= judge.forMs) break;
    await sleep(deps.pollMs ?? 250);
  }
  if (last.size === 0) return hold('unproven', 'there is no live data to judge the group by');
  if (wellSinceMs - startMs <= judge.forMs / 2) {
    return hold('recovered', `what is still to go back is well again: ${allText(ailing, before, last)}`);
  }
  return { kind: 'go-on', text: allText(pipelines, before, last) };
}

/** Health now of those pipelines that have live data made after `sinceMs` (Unix time). */
export function healthsOf(deps: GroupDeps, pipelines: readonly string[], sinceMs: number): Healths {
  const healths = new Map<string, { readonly health: number; readonly atMs: number }>();
  for (const pipeline of pipelines) {
    const verdict = deps.verdictOf(pipeline);
    if (verdict === null || verdict.freshness !== 'live' || verdict.atMs < sinceMs) continue;
    if (verdict.health.value !== null) healths.set(pipeline, { health: verdict.health.value, atMs: verdict.atMs });
  }
  return healths;
}

function hold(why: 'recovered' | 'worse' | 'unproven', text: string): GroupJudgement {
  return { kind: 'hold', why, text };
}

function allText(pipelines: readonly string[], before: Healths, now: Healths): string {
  return pipelines.map((pipeline) => `${pipeline} ${change(pipeline, before, now)}`).join(', ');
}

function change(pipeline: string, before: Healths, now: Healths): string {
  const [was, is] = [before.get(pipeline)?.health, now.get(pipeline)?.health];
  const from = was === undefined ? '' : ` (${Math.round(was)} before)`;
  return `${is === undefined ? 'without live data' : `health ${Math.round(is)}`}${from}`;
}
