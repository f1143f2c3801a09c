import type { ExecutionState } from '../../core/model/rollback.ts';
import type { Act } from './act.ts';
import { awaitHealth, type Recovery } from './await-health.ts';
import { readBack, type ReadBack } from './read-back.ts';

/** Proves the effect and ends the execution: nothing is called done before it was read back and has recovered. */
export async function verify(act: Act): Promise<void> {
  const sinceMs = act.deps.clock.nowMs();
  const deadlineMs = act.deps.clock.monotonicMs() + act.plan.verify.withinMs;
  const back = await readBack(act, deadlineMs);
  if (back.kind === 'contradicted') return act.end('failed', `rollback failed: ${back.text}`);
  if (back.kind === 'confirmed') act.move('verifying', { text: back.text, servesSinceMs: act.deps.clock.nowMs() });
  const recovery = await awaitHealth(act, sinceMs, deadlineMs);
  const [state, text] = outcomeOf(back, recovery);
  return act.end(state, text);
}

/** The end that what was read back and what was measured allow to be claimed. */
export function outcomeOf(
  back: Exclude<ReadBack, { readonly kind: 'contradicted' }>,
  recovery: Recovery,
): readonly [ExecutionState, string] {
  const health = recovery.kind === 'not-asked' ? 'whether it recovered was not asked' : recovery.text;
  if (back.kind === 'none') {
    return ['unverified', `the command exited with 0, but nothing is configured to read the version back; ${health}`];
  }
  if (back.kind === 'unreadable') return ['unverified', `the command exited with 0, but ${back.text}; ${health}`];
  if (recovery.kind === 'recovered') return ['done', `${back.text}; ${health}`];
  if (recovery.kind === 'unhealthy') return ['restored-unhealthy', `${back.text}, but ${health}`];
  return ['unverified', `${back.text}; ${health}`];
}
