import type { Deployment } from '../model/deployment.ts';
import type { LeftBehind } from '../model/findings.ts';
import { visibleText } from '../model/visible.ts';

const SHOWN = 4;

/**
 * Services deployed from the same commit, which would go on with the newer version when `of` alone goes back. Without a
 * commit nothing tells that two deployments belong together.
 */
export function versionSkew(of: Deployment, current: readonly Deployment[]): readonly LeftBehind[] {
  const { commit } = of;
  if (commit === null) return [];
  const left = current
    .filter((one) => one.pipeline !== of.pipeline && one.environment === of.environment)
    .filter((one) => one.commit === commit && one.origin !== 'rollback')
    .toSorted((a, b) => (a.pipeline < b.pipeline ? -1 : 1));
  if (left.length === 0) return [];
  const names = left.slice(0, SHOWN).map(({ pipeline, version }) => visibleText(`${pipeline} (${version})`, 80));
  const more = left.length > SHOWN ? ` and ${left.length - SHOWN} more` : '';
  const text = `deployed with it from commit ${visibleText(commit.slice(0, 12))} and left on the newer version: ${names.join(', ')}${more}`;
  return [{ kind: 'skew', text }];
}
