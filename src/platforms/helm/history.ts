import { reasonOf, runProgram, type KubectlEnd } from '../kube-client.ts';
import { StepRefused } from '../step.ts';
import type { HelmCall } from './call.ts';

/** A line of `helm history --output json`. */
export interface ReleaseRevision {
  readonly revision: number;
  readonly updated: string;
  readonly status: string;
  readonly chart: string;
  readonly app_version: string;
  readonly description: string;
}

type Env = Readonly<Record<string, string | undefined>>;

/** Runs helm at the place of the call; nothing is left to the current context. */
export function helm({ helm, at }: HelmCall, env: Env, args: readonly string[]): Promise<KubectlEnd> {
  return runProgram(helm, [...args, '--namespace', at.namespace, '--kube-context', at.context], env);
}

/** The revisions of the release, newest first. @throws StepRefused when they cannot be read. */
export async function historyOf(call: HelmCall, env: Env): Promise<readonly ReleaseRevision[]> {
  const end = await helm(call, env, ['history', call.release, '--output', 'json', '--max', '256']);
  if (end.exitCode !== 0) throw new StepRefused(`helm history ${call.release}: ${reasonOf(end)}`);
  const revisions = JSON.parse(end.stdout) as readonly ReleaseRevision[];
  if (revisions.length === 0) throw new StepRefused(`release ${call.release} has no revisions`);
  return revisions.toSorted((a, b) => b.revision - a.revision);
}

/** The version of a revision; null where it states none. */
export function versionOf({ chart, app_version: app }: ReleaseRevision, from: HelmCall['versionFrom']): string | null {
  if (from === 'app-version') return app === '' ? null : app;
  // `name-1.2.3`: a name may have dashes and digits, a chart's version is SemVer.
  return /-(\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]+)?)$/.exec(chart)?.[1] ?? null;
}

/** An upgrade, rollback or removal is under way, or was left half-way. */
export function isPending({ status }: ReleaseRevision): boolean {
  return status.startsWith('pending-') || status === 'uninstalling';
}
