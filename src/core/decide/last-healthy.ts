import type { PastVersion } from '../model/history.ts';

/**
 * The newest version of a pipeline whose last verdict was good, `except` the one that serves; null when none is known.
 * `versions` is newest first: a version that was well once and failed when it was deployed again is not healthy.
 */
export function lastHealthy(versions: readonly PastVersion[], pipeline: string, except: string | null): string | null {
  const failed = new Set<string>();
  for (const { pipeline: of, version, healthy } of versions) {
    if (of !== pipeline || version === except || failed.has(version)) continue;
    if (healthy === true) return version;
    if (healthy === false) failed.add(version);
  }
  return null;
}
