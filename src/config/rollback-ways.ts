import { resolve } from 'node:path';
import { DEFAULT_REVIEW } from '../core/decide/review.ts';
import { withRules } from '../core/decide/strategy/override-rules.ts';
import { DEFAULT_STRATEGY, type StrategySettings } from '../core/decide/strategy/settings.ts';
import { LEFT_KINDS, type LeftKind } from '../core/model/findings.ts';
import { judgeOf } from './groups.ts';
import { resolveExecutable } from '../platforms/executable.ts';
import type { PipelineEntry } from './schema.ts';

type Written = NonNullable<PipelineEntry['rollback']>;

/** What the config says of a review; executables as written. */
export interface ReviewChoice {
  /** Absolute; null where no commits are looked into. */
  readonly repository: string | null;
  /** Folder of the config. */
  readonly baseDir: string;
  readonly migrations: readonly string[];
  readonly configuration: readonly string[];
  /** Kinds of what is left that keep a rollback from being carried out, and kinds that are not even shown. */
  readonly block: readonly LeftKind[];
  readonly ignore: readonly LeftKind[];
  /** For each program that is asked. */
  readonly timeoutMs: number;
  /** Absolute path of git, and of the hook with its arguments. Throws PlanError for one that cannot be run. */
  programs(): { readonly git: string | null; readonly hook: readonly string[] | null };
}

const REVIEW_TIMEOUT_MS = 20_000;

/** The strategy settings of a rollback: what is written, over the defaults. */
export function strategyOf(written: Written['strategy']): StrategySettings {
  if (written === null) return DEFAULT_STRATEGY;
  const { use, ladder, judge, rules } = written;
  const own = (rules ?? []).map(({ otherwise, when, ...rule }) => ({
    ...rule,
    when: given(when),
    otherwise: otherwise ?? 'next',
  }));
  return {
    rules: withRules(own as StrategySettings['rules']),
    ladder: ladder ?? DEFAULT_STRATEGY.ladder,
    judge: judgeOf(judge),
    needs: {},
    fixed: use ?? null,
  };
}

/** The review of a rollback; null where none is configured. */
export function reviewOf(written: Written['review'], baseDir: string): ReviewChoice | null {
  if (written === null) return null;
  const { repository, migrations, configuration, hook, block, ignore, timeout } = written;
  return {
    repository: repository === undefined ? null : resolve(baseDir, repository),
    baseDir,
    migrations: migrations ?? DEFAULT_REVIEW.migrations,
    configuration: configuration ?? DEFAULT_REVIEW.configuration,
    block: block === true ? LEFT_KINDS : block === false || block === undefined ? [] : block,
    ignore: ignore ?? [],
    timeoutMs: timeout ?? REVIEW_TIMEOUT_MS,
    programs: () => ({
      git: repository === undefined ? null : resolveExecutable('git', baseDir),
      hook: hook === undefined ? null : [resolveExecutable(hook[0]!, baseDir), ...hook.slice(1)],
    }),
  };
}

function given<T extends object>(when: T): Partial<T> {
  return Object.fromEntries(Object.entries(when).filter(([, value]) => value !== undefined)) as Partial<T>;
}
