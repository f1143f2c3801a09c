import type { Inquiry, LeftBehind } from '../../core/model/findings.ts';
import { visibleText } from '../../core/model/visible.ts';
import type { EarlierVersion, Platform } from '../../ports/platform.ts';
import type { ExecutorDeps } from '../executor/types.ts';
import type { Partly } from './partly.ts';
import { readFacts } from './read-facts.ts';

/** What the platform says: versions, what would put the present one back, what it leaves, and rollbacks of its own. */
export async function askPlatform(
  platform: Platform,
  inquiry: Inquiry,
  deps: Pick<ExecutorDeps, 'env' | 'outside'>,
): Promise<Partly> {
  const { facts, why } = await readFacts(platform, inquiry.pipeline, inquiry.environment, deps);
  if (facts === null) return why === null ? {} : { doubts: [`the platform could not be asked: ${why}`] };
  const { versions, selfHeal, notUndone, external } = facts;
  const left: LeftBehind[] = notUndone.map((text) => ({ kind: 'drift', text: visibleText(text, 240) }));
  if (selfHeal !== null) left.push({ kind: 'self-heal', text: visibleText(selfHeal, 240) });
  return {
    left: [...left, ...(external === null ? onTop(versions, inquiry) : [])],
    lookedAt: [platform.name],
    versions: versions.filter(({ current }) => !current).map(knownVersion),
    external,
  };
}

function onTop(versions: readonly EarlierVersion[], { fromVersion, toVersion }: Inquiry): readonly LeftBehind[] {
  const now = versions.filter(({ current }) => current).map(({ version }) => version);
  if (now.length === 0 || now.includes(fromVersion)) return [];
  const serves = now.map((version) => visibleText(version, 60)).join(', ');
  const text =
    toVersion !== null && now.includes(toVersion)
      ? `${serves} serves already: it was gone back to elsewhere`
      : `${serves} serves now, not ${visibleText(fromVersion, 60)}: a newer deployment lies on top`;
  return [{ kind: 'newer-deployment', text, blocks: true }];
}

function knownVersion({ version, deployedAtMs, by, change, commit }: EarlierVersion) {
  return { version, deployedAtMs, by, change, commit };
}
