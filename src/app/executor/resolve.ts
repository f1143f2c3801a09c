import { setTimeout as sleep } from 'node:timers/promises';
import type { Actor, Execution } from '../../core/model/rollback.ts';
import { visibleText } from '../../core/model/visible.ts';
import { readChild, readClaim, readResult } from '../../supervisor/run-directory.ts';
import { runDir, type Act } from './act.ts';
import { leftoversText } from './leftover-processes.ts';
import { outsideOf } from './outside.ts';
import { readVersion } from './read-version.ts';
import { adopt } from './reconcile.ts';
import type { ExecutorDeps, Statement } from './types.ts';
import { verify } from './verify.ts';

/** Ends an `unknown` execution on a person's word. See `Executor.resolve`. */
export async function resolve(
  deps: ExecutorDeps,
  executionId: string,
  by: Actor,
  says: Statement | null,
): Promise<Execution> {
  const execution = deps.store.execution(executionId);
  if (execution === null) throw new Error(`there is no execution ${visibleText(executionId, 60)}`);
  if (execution.state !== 'unknown') throw new Error(`execution ${executionId} is ${execution.state}, not unknown`);
  if (by.kind !== 'person') throw new Error('only a person resolves what is unknown');
  const running = stillRunning(deps, execution);
  if (running !== null) throw new Error(`${running}: wait for its end or stop it first`);
  const act = adopt(deps, execution);
  if (act === null) throw new Error(`execution ${executionId} is being settled by another process`);
  await settle(act, by, says);
  return act.execution;
}

async function settle(act: Act, by: Actor, says: Statement | null): Promise<void> {
  const { fromVersion, toVersion } = act.plan;
  const { version, text } = await stableVersion(act);
  if (version === toVersion) {
    act.move('verifying', { text: `${by.name} asked for it: ${text}` });
    return verify(act);
  }
  if (version === fromVersion)
    return act.end('failed', `rollback failed: still version ${fromVersion} (settled by ${by.name})`);
  if (says === null) throw new Error(`${text}, which settles nothing: say whether it took effect`);
  if (says === 'had-no-effect') return act.end('failed', `rollback failed: ${by.name} says it had no effect; ${text}`);
  return act.end('unverified', `${by.name} says it took effect; ${text}`);
}

/** The version two readings in a row agree on; null when there is no reader or it gives none. */
async function stableVersion(act: Act): Promise<{ readonly version: string | null; readonly text: string }> {
  const { versionCommand } = act.plan.verify;
  if (versionCommand === null) return { version: null, text: 'which version serves cannot be read' };
  const first = await readVersion(versionCommand, act.deps);
  await sleep(act.times.pollMs);
  const second = await readVersion(versionCommand, act.deps);
  if (first.version === second.version) return second;
  return { version: null, text: `the version read back changes (${first.text}, then ${second.text})` };
}

function stillRunning(deps: ExecutorDeps, { id, stepIndex, stepTry }: Execution): string | null {
  const dir = runDir(deps, id, stepIndex, stepTry);
  const [claim, child] = [readClaim(dir), readChild(dir)];
  if (readResult(dir) === null && claim?.by === 'supervisor' && outsideOf(deps).lifeOf(claim.mark) === 'alive') {
    return `its supervisor still runs (process ${claim.mark.pid})`;
  }
  if (child !== null && outsideOf(deps).lifeOf(child) === 'alive')
    return `its command still runs (process ${child.pid})`;
  return leftoversText(id);
}
