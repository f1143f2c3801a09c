import type { DecideInput, PlanFacts } from '../../core/decide/input.ts';
import { failureKey } from './failure-key.ts';
import type { EngineState, PipelineEntry, Wish } from './state.ts';
import { aimedLineage } from './versions.ts';

/** Everything that is known for a decision about a pipeline, with a plan only where one was made. */
export function decideInput(
  state: EngineState,
  entry: PipelineEntry,
  plan: PlanFacts | null,
  wish: Wish | null = entry.wish,
): DecideInput {
  const { judge, cohorts, settings, risk } = entry;
  const verdict = cohorts.verdict(state.nowMs);
  const history = state.knownHistory;
  return {
    nowMs: state.nowMs,
    verdict,
    anomaly: verdict.phase === 'Failed',
    deployment: judge.timeline.current,
    lineage: aimedLineage(entry, history, wish),
    risk,
    policy: settings.policy,
    ability: state.options.ability(entry.pipeline),
    history,
    standing: state.standing,
    plan,
    expired:
      entry.expiredKey !== null &&
      entry.expiredKey === failureKey(entry, verdict.phase !== 'Failed' && verdict.predicted !== undefined),
  };
}
