import type { PlatformFacts } from '../../ports/platform.ts';
import { createKubectl, reasonOf } from '../kube-client.ts';
import { StepRefused, StepUnknown, type PlatformStep } from '../step.ts';
import type { HelmCall } from './call.ts';
import { helm, historyOf, isPending, versionOf, type ReleaseRevision } from './history.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** One call of Helm. */
export const helmStep: PlatformStep = async (argument, env) => {
  const call = argument as HelmCall;
  const revisions = await historyOf(call, env);
  // After the history and before the rollback: helm itself cannot tell one cluster from another.
  await createKubectl(call.at, env).checkCluster();
  switch (call.act) {
    case 'rollback':
      return rollback(call, env, revisions);
    case 'version':
      return version(call, revisions);
    case 'serving':
      return serving(call, revisions);
    case 'facts':
      return [JSON.stringify(facts(call, revisions))];
  }
};

async function rollback(call: HelmCall, env: Env, revisions: readonly ReleaseRevision[]): Promise<readonly string[]> {
  const to = revisionBackTo(call, revisions);
  const end = await helm(call, env, rollbackArguments(call, String(to.revision)));
  const said = end.stdout.trim().split('\n').slice(-2);
  if (end.exitCode === 0) return [...said, `${call.release}: revision ${to.revision} put back`];
  const text = `helm rollback ${call.release} ${to.revision}: ${reasonOf(end)}`;
  const now = await historyOf(call, env).catch((error: unknown) => {
    throw new StepUnknown(`${text}; ${(error as Error).message}`);
  });
  const [before, after] = [revisions[0]!, now[0]!];
  if (after.revision === before.revision)
    throw new StepRefused(`${text}; there is no new revision: nothing was changed`);
  if (isPending(after)) throw new StepUnknown(`${text}; revision ${after.revision} is ${after.status}`);
  throw new Error(`${text}; revision ${after.revision} is ${after.status}: ${after.description}`);
}

/** The arguments of `helm rollback`, without the place: also what people are shown. */
export function rollbackArguments(call: HelmCall, revision: string): readonly string[] {
  const timeout = `${Math.ceil(call.waitMs / 1000)}s`;
  const hooks = call.hooks ? [] : ['--no-hooks'];
  return ['rollback', call.release, revision, '--wait', '--timeout', timeout, '--cleanup-on-fail', ...hooks];
}

function revisionBackTo(call: HelmCall, revisions: readonly ReleaseRevision[]): ReleaseRevision {
  const [live] = revisions;
  const { from, to } = call.versions;
  const is = versionOf(live!, call.versionFrom);
  if (is !== from)
    throw new StepRefused(`${call.release} is at ${is ?? 'no version'}, not ${from ?? ''}: nothing was done`);
  if (isPending(live!)) {
    throw new StepRefused(
      `${call.release} is ${live!.status} since ${live!.updated}: another operation is in progress; nothing was done`,
    );
  }
  // One that failed never served; `superseded` did.
  const found = revisions.find(
    (one) => versionOf(one, call.versionFrom) === to && /^(?:superseded|deployed)$/.test(one.status),
  );
  if (found !== undefined) return found;
  const kept = revisions.map((one) => versionOf(one, call.versionFrom) ?? '?').join(', ');
  throw new StepRefused(
    `no revision of ${call.release} with ${to ?? ''} that served is kept (kept: ${kept}; see --history-max)`,
  );
}

function version(call: HelmCall, [live]: readonly ReleaseRevision[]): readonly string[] {
  const version = versionOf(live!, call.versionFrom);
  if (version === null)
    throw new StepRefused(`revision ${live!.revision} of ${call.release} states no ${call.versionFrom}`);
  return [version];
}

function serving(call: HelmCall, [live]: readonly ReleaseRevision[]): readonly string[] {
  const text = `${call.release}: revision ${live!.revision} (${versionOf(live!, call.versionFrom) ?? '?'}) is ${live!.status}`;
  if (live!.status === 'deployed' && versionOf(live!, call.versionFrom) === call.versions.to) return [text];
  throw new StepRefused(text);
}

function facts(call: HelmCall, revisions: readonly ReleaseRevision[]): PlatformFacts {
  const [live] = revisions;
  const rolledBack = /^Rollback to (\d+)$/.exec(live!.description)?.[1];
  const back = revisions.find(({ revision }) => String(revision) === rolledBack);
  return {
    versions: revisions.flatMap((one, index) => {
      const version = versionOf(one, call.versionFrom);
      if (version === null || one.status === 'failed') return [];
      const change = `${one.chart}: ${one.description}`;
      return [
        {
          version,
          revision: String(one.revision),
          deployedAtMs: timeOf(one),
          by: null,
          change,
          commit: null,
          current: index === 0,
        },
      ];
    }),
    selfHeal: null,
    notUndone: [],
    external:
      rolledBack === undefined
        ? null
        : {
            by: 'helm rollback',
            toVersion: back === undefined ? null : versionOf(back, call.versionFrom),
            atMs: timeOf(live!),
            inProgress: isPending(live!),
            text: `revision ${live!.revision} is a rollback to revision ${rolledBack} (${live!.status})`,
          },
  };
}

function timeOf({ updated }: ReleaseRevision): number | null {
  const atMs = Date.parse(updated);
  return Number.isNaN(atMs) ? null : atMs;
}
