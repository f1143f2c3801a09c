import type { Findings, Inquiry } from '../../core/model/findings.ts';
import type { KnownVersion } from '../../core/model/version-choice.ts';
import type { RollbackChoice } from '../../config/rollback.ts';
import type { Platform } from '../../ports/platform.ts';
import type { Store } from '../../ports/store.ts';
import type { ExecutorDeps } from '../executor/types.ts';
import { askHook } from './hook.ts';
import type { Partly } from './partly.ts';
import { askPlatform } from './platform-facts.ts';
import { review } from './review.ts';

/** All that is needed to find out what a rollback will not undo. */
export interface ScoutDeps extends Pick<ExecutorDeps, 'env' | 'outside'> {
  readonly platform: (pipeline: string) => Platform | null;
  readonly rollbackFor: (pipeline: string) => Pick<RollbackChoice, 'review'> | null;
  readonly store: Pick<Store, 'recentDeployments'>;
  readonly nowMs: () => number;
  /** Why nothing may be started, as a clause; null when it may. */
  readonly whyNot: () => string | null;
}

/** Finds out, before anybody says yes, what a rollback would leave and what would undo it. */
export interface Scout {
  /** Whether anything is configured that could be asked. */
  inquires(pipeline: string): boolean;
  /** Asks platform, repository and hook at the same time, each within its own time limit. Never rejects. */
  find(inquiry: Inquiry): Promise<Findings>;
}

const REMEMBERED = 30;

/** The same scout for a watch, for `rollback plan` and `run`, and for an answer from a second shell. */
export function createScout(deps: ScoutDeps): Scout {
  function inquires(pipeline: string): boolean {
    const hasFacts = (deps.platform(pipeline)?.factsReader?.(pipeline) ?? null) !== null;
    return hasFacts || (deps.rollbackFor(pipeline)?.review ?? null) !== null;
  }

  async function asked(inquiry: Inquiry): Promise<readonly Partly[]> {
    const { pipeline } = inquiry;
    if (!inquires(pipeline)) return [];
    const whyNot = deps.whyNot();
    if (whyNot !== null) return [{ doubts: [`what it will not undo was not looked at: ${whyNot}`] }];
    const platform = deps.platform(pipeline);
    const reviewed = deps.rollbackFor(pipeline)?.review ?? null;
    const { git, hook } = reviewed?.programs() ?? { git: null, hook: null };
    const { env, outside } = deps;
    const own = outside === undefined ? { env } : { env, outside };
    const asking: Promise<Partly>[] = [];
    if (platform !== null) asking.push(askPlatform(platform, inquiry, own));
    if (reviewed !== null && reviewed.repository !== null && git !== null) {
      asking.push(review({ ...reviewed, repository: reviewed.repository, git, deps: own }, inquiry));
    }
    if (reviewed !== null && hook !== null) {
      const { timeoutMs, baseDir } = reviewed;
      asking.push(askHook({ argv: hook, cwd: reviewed.repository ?? baseDir, timeoutMs, deps: own }, inquiry));
    }
    return Promise.all(asking);
  }

  return {
    inquires,
    async find(inquiry) {
      const parts = await asked(inquiry).catch((error: unknown): readonly Partly[] => [
        { doubts: [`what it will not undo could not be looked at: ${messageOf(error)}`] },
      ]);
      const { pipeline, deploymentId, toVersion } = inquiry;
      return {
        pipeline,
        deploymentId,
        toVersion,
        atMs: deps.nowMs(),
        left: parts.flatMap(({ left = [] }) => left),
        doubts: parts.flatMap(({ doubts = [] }) => doubts),
        lookedAt: parts.flatMap(({ lookedAt = [] }) => lookedAt),
        versions: [...parts.flatMap(({ versions = [] }) => versions), ...remembered(deps.store, inquiry)],
        external: parts.find(({ external = null }) => external !== null)?.external ?? null,
        forward: parts.flatMap(({ forward = [] }) => forward),
      };
    },
  };
}

/** Versions announced in earlier sessions. */
function remembered(store: ScoutDeps['store'], { pipeline, deploymentId }: Inquiry): readonly KnownVersion[] {
  const now = store.recentDeployments(pipeline, REMEMBERED);
  const at = now.find(({ id }) => id === deploymentId)?.atMs ?? Infinity;
  return now
    .filter((one) => one.origin !== 'inferred' && one.atMs < at)
    .map(({ version, atMs, commit }) => ({ version, deployedAtMs: atMs, by: null, change: null, commit }));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
