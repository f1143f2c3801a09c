import { dirname } from 'node:path';
import type { RollbackAbility } from '../core/model/history.ts';
import type { StrategySettings } from '../core/decide/strategy/settings.ts';
import { filesOf } from '../platforms/executable.ts';
import type { PlatformAdapter, PlatformContext } from '../platforms/adapter.ts';
import { platforms } from '../platforms/registry.ts';
import type { Platform } from '../ports/platform.ts';
import { entriesFor, placeText, type Parsed } from './layers.ts';
import { reviewOf, strategyOf, type ReviewChoice } from './rollback-ways.ts';
import type { PipelineEntry } from './schema.ts';

/** What a platform is told besides its config and where that lies. */
export type RollbackContext = Omit<PlatformContext, 'baseDir'>;

/** How a pipeline is rolled back, as the config says. */
export interface RollbackChoice {
  readonly platform: string;
  /** The config itself wants everything but the last call. */
  readonly dryRun: boolean;
  /** `file:line` of the `rollback:`. */
  readonly origin: string;
  readonly ability: RollbackAbility;
  readonly strategy: StrategySettings;
  /** Null where none is configured. */
  readonly review: ReviewChoice | null;
  /** Spawns nothing. */
  create(context: RollbackContext): Platform;
  /** Absolute paths of the executables and scripts it names. Throws PlanError for one that cannot be run. */
  files(context: RollbackContext): readonly string[];
}

type Written = NonNullable<PipelineEntry['rollback']>;

/** The rollback of a pipeline: the last entry that fits and has one; null where none has. It is taken whole, never merged. */
export function rollbackOf(parsed: Parsed, pipeline: string): RollbackChoice | null {
  const entry = entriesFor(parsed, pipeline).findLast(([, one]) => one.rollback !== undefined);
  const written = entry?.[1].rollback;
  if (parsed === null || entry === undefined || written === undefined) return null;
  return choiceOf(written, parsed.document.path, placeText(parsed.document, ['pipelines', entry[0], 'rollback']));
}

/** Every rollback of a config with the index of its entry. */
export function allRollbacks(parsed: Parsed): readonly (readonly [number, RollbackChoice])[] {
  if (parsed === null) return [];
  return (parsed.file.pipelines ?? []).flatMap((entry, index) => {
    if (entry.rollback === undefined) return [];
    const origin = placeText(parsed.document, ['pipelines', index, 'rollback']);
    return [[index, choiceOf(entry.rollback, parsed.document.path, origin)] as const];
  });
}

function choiceOf(written: Written, path: string, origin: string): RollbackChoice {
  const { platform, dryRun, config, strategy, review } = written;
  // The schema took only names of the registry, and the config by that platform's own schema.
  const adapter = (platforms as unknown as Readonly<Record<string, PlatformAdapter>>)[platform]!;
  const baseDir = dirname(path);
  return {
    platform,
    dryRun,
    origin,
    ability: adapter.ability(config),
    strategy: strategyOf(strategy),
    review: reviewOf(review, baseDir),
    create: (context) => adapter.create(config, { ...context, baseDir }),
    files: (context) => [...adapter.files(config, { ...context, baseDir }), ...hookFiles(review, baseDir)],
  };
}

/** The hook is run like any other command, so a change of it needs trust anew. */
function hookFiles(review: Written['review'], baseDir: string): readonly string[] {
  return review?.hook === undefined ? [] : filesOf(review.hook, baseDir);
}
