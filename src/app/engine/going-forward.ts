import { rollForward, type FixElsewhere } from '../../core/decide/roll-forward.ts';
import { serviceOf } from '../../core/decide/same-service.ts';
import type { RollForward } from '../../core/model/findings.ts';
import type { Plan } from '../../core/model/rollback.ts';
import { findingsAbout } from './kept-findings.ts';
import type { EngineState, PipelineEntry } from './state.ts';
import { versionsOf } from './versions.ts';

/** Ways on instead of carrying out this plan; empty where going back is the better way. */
export function insteadOf(state: EngineState, entry: PipelineEntry, plan: Plan): readonly RollForward[] {
  const findings = findingsAbout(entry, plan.deploymentId, plan.toVersion);
  return rollForward({
    nowMs: state.nowMs,
    target: plan.toVersion,
    targetHealthy: versionsOf(state, entry).find(({ version }) => version === plan.toVersion)?.healthy ?? null,
    left: (findings?.left ?? []).map(({ kind }) => kind),
    commit: entry.judge.timeline.current?.commit ?? null,
    fix: fixElsewhere(state, entry),
    said: findings?.forward ?? [],
  });
}

/** The newest version of the same service that was deployed later in another environment and is well there. */
function fixElsewhere(state: EngineState, entry: PipelineEntry): FixElsewhere | null {
  const { current } = entry.judge.timeline;
  if (current === null) return null;
  const here = environmentOf(entry);
  const service = serviceOf(entry.pipeline, here);
  let fix: FixElsewhere | null = null;
  for (const other of state.pipelines.values()) {
    const deployed = other.judge.timeline.current;
    const environment = environmentOf(other);
    if (other === entry || deployed === null || deployed.origin === 'inferred' || environment === here) continue;
    if (serviceOf(other.pipeline, environment) !== service || deployed.version === current.version) continue;
    if (deployed.atMs <= Math.max(current.atMs, fix?.sinceMs ?? current.atMs) || !isWell(state, other)) continue;
    fix = { version: deployed.version, pipeline: other.pipeline, environment, sinceMs: deployed.atMs };
  }
  return fix;
}

function isWell(state: EngineState, entry: PipelineEntry): boolean {
  const { phase, freshness } = entry.judge.verdict(state.nowMs);
  return phase === 'Successful' && freshness === 'live';
}

function environmentOf({ settings, judge }: PipelineEntry): string | null {
  return settings.policy.environment ?? judge.timeline.current?.environment ?? null;
}
