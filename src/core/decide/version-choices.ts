import type { Deployment } from '../model/deployment.ts';
import type { PastVersion } from '../model/history.ts';
import type { KnownVersion, VersionChoice } from '../model/version-choice.ts';

/**
 * Earlier versions, newest first, from what the platform, the announcements and the verdicts know; the platform's word
 * comes first where several know the same. The version that serves now is not among them. The default is
 * `usual`, else the last that was healthy, else the newest.
 */
export function versionChoices(
  current: string,
  platform: readonly KnownVersion[],
  deployments: readonly Deployment[],
  verdicts: readonly PastVersion[],
  usual: string | null = null,
): readonly VersionChoice[] {
  const known = new Map<string, KnownVersion>();
  const all = [...platform, ...deployments.map(fromDeployment), ...verdicts.map(fromVerdict)];
  for (const one of all) {
    const before = known.get(one.version);
    known.set(one.version, before === undefined ? one : merged(before, one));
  }
  known.delete(current);
  const order = new Map(platform.map(({ version }, index) => [version, index]));
  const list = [...known.values()].toSorted(
    (a, b) =>
      (b.deployedAtMs ?? -Infinity) - (a.deployedAtMs ?? -Infinity) ||
      (order.get(a.version) ?? Infinity) - (order.get(b.version) ?? Infinity) ||
      (a.version < b.version ? 1 : -1),
  );
  const health = new Map(list.map(({ version }) => [version, healthOf(version, verdicts)]));
  const chosen =
    list.find(({ version }) => version === usual) ??
    list.find(({ version }) => health.get(version) === true) ??
    list[0];
  return list.map((one) => ({
    ...one,
    healthy: health.get(one.version) ?? null,
    isDefault: one.version === chosen?.version,
  }));
}

function healthOf(version: string, verdicts: readonly PastVersion[]): boolean | null {
  return verdicts.find((past) => past.version === version)?.healthy ?? null;
}

function merged(a: KnownVersion, b: KnownVersion): KnownVersion {
  return {
    version: a.version,
    deployedAtMs: a.deployedAtMs ?? b.deployedAtMs,
    by: a.by ?? b.by,
    change: a.change ?? b.change,
    commit: a.commit ?? b.commit,
  };
}

function fromDeployment({ version, atMs, commit, origin }: Deployment): KnownVersion {
  // An inferred deployment tells when the log began, not when the version went live.
  return { version, deployedAtMs: origin === 'inferred' ? null : atMs, by: null, change: null, commit };
}

function fromVerdict({ version, deployedAtMs }: PastVersion): KnownVersion {
  return { version, deployedAtMs, by: null, change: null, commit: null };
}
