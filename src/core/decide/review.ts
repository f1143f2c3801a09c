import type { LeftBehind, LeftKind } from '../model/findings.ts';

/** What a deployment may contain that a rollback leaves as it is, by the paths it changed. */
export interface ReviewPatterns {
  readonly migrations: readonly string[];
  readonly configuration: readonly string[];
}

/** Where such changes usually lie: `*` is any text without a slash, `**` any text. */
export const DEFAULT_REVIEW: ReviewPatterns = {
  migrations: ['**/migrations/**', '**/migrate/**', '**/db/changelog/**', '**/*.sql', '**/alembic/versions/**'],
  configuration: ['**/config/**', '**/*.env', '**/values*.yaml', '**/configmap*.yaml', '**/secret*.yaml', '**/*.tf'],
};

const SHOWN = 3;

/** What stays for each kind of change found among the paths; empty when a rollback undoes all of it. */
export function reviewChanges(
  paths: readonly string[],
  patterns: ReviewPatterns = DEFAULT_REVIEW,
): readonly LeftBehind[] {
  const migrations = paths.filter((path) => patterns.migrations.some((one) => fitsPath(one, path)));
  const known = new Set(migrations);
  const configuration = paths.filter(
    (path) => !known.has(path) && patterns.configuration.some((one) => fitsPath(one, path)),
  );
  return [
    ...left('migrations', 'data migrations stay as they are', migrations),
    ...left('configuration', 'configuration may stay as it is', configuration),
  ];
}

/** True for a path that a pattern names; `**` at the beginning also fits nothing, so that `**` + `/*.sql` fits `a.sql`. */
export function fitsPath(pattern: string, path: string): boolean {
  const parts = pattern.split(/(\*\*\/|\*\*|\*)/).map((part) => {
    if (part === '**/') return '(?:.*/)?';
    if (part === '**') return '.*';
    if (part === '*') return '[^/]*';
    return part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`);
  });
  return new RegExp(`^${parts.join('')}$`, 'su').test(path);
}

function left(kind: LeftKind, what: string, paths: readonly string[]): readonly LeftBehind[] {
  if (paths.length === 0) return [];
  const more = paths.length > SHOWN ? ` and ${paths.length - SHOWN} more` : '';
  return [{ kind, text: `${what}: ${paths.slice(0, SHOWN).join(', ')}${more}` }];
}
