import type { CommandSpec } from '../../core/model/rollback.ts';
import { reviewChanges, type ReviewPatterns } from '../../core/decide/review.ts';
import { visibleText } from '../../core/model/visible.ts';
import { outsideOf } from '../executor/outside.ts';
import type { ExecutorDeps } from '../executor/types.ts';

/** Where the changes of a deployment are looked up. */
export interface ReviewSettings extends ReviewPatterns {
  /** Absolute path of the working copy or bare repository. */
  readonly repository: string;
  /** What is found keeps a rollback from being carried out. */
  readonly block: boolean;
  /** Absolute path of git. */
  readonly git: string;
  /** Program that prints, a line each, what a rollback will not undo; gets both versions. Null = none. */
  readonly hook: readonly string[] | null;
}

/** Both sides of a rollback. */
export interface ReviewedChange {
  readonly fromVersion: string;
  readonly toVersion: string;
  readonly fromCommit: string | null;
  readonly toCommit: string | null;
}

/** What will stay, a sentence each, and what could not be found out. */
export interface ReviewFinding {
  readonly notUndone: readonly string[];
  readonly doubts: readonly string[];
}

const COMMIT = /^[0-9a-f]{7,64}$/i;
const TIMEOUT_MS = 20_000;
const HOOK_LINES = 20;

/** Looks into the difference between the commits of both versions, and asks the hook. */
export async function review(
  settings: ReviewSettings,
  change: ReviewedChange,
  deps: Pick<ExecutorDeps, 'env' | 'outside'>,
): Promise<ReviewFinding> {
  const findings = [await commits(settings, change, deps), await hook(settings, change, deps)];
  return {
    notUndone: findings.flatMap(({ notUndone }) => notUndone),
    doubts: findings.flatMap(({ doubts }) => doubts),
  };
}

async function commits(
  settings: ReviewSettings,
  { fromCommit, toCommit }: ReviewedChange,
  deps: Pick<ExecutorDeps, 'env' | 'outside'>,
): Promise<ReviewFinding> {
  if (fromCommit === null || toCommit === null || !COMMIT.test(fromCommit) || !COMMIT.test(toCommit)) {
    return doubt('the commits of both versions are not known, so migrations and configuration were not looked for');
  }
  const argv = [settings.git, '-C', settings.repository, 'diff', '--name-only', '-z', toCommit, fromCommit, '--'];
  const { fault, stdout } = await outsideOf(deps).runCommand(commandOf(argv, settings), deps.env);
  if (fault !== null) return doubt(`the difference of the versions could not be read: git ${fault}`);
  const paths = stdout.split('\0').filter((path) => path !== '');
  return { notUndone: reviewChanges(paths, settings).map((text) => visibleText(text, 240)), doubts: [] };
}

async function hook(
  settings: ReviewSettings,
  { fromVersion, toVersion }: ReviewedChange,
  deps: Pick<ExecutorDeps, 'env' | 'outside'>,
): Promise<ReviewFinding> {
  if (settings.hook === null) return { notUndone: [], doubts: [] };
  const { fault, stdout } = await outsideOf(deps).runCommand(
    commandOf([...settings.hook, fromVersion, toVersion], settings),
    deps.env,
  );
  if (fault !== null) return doubt(`the review hook ${fault}`);
  const lines = stdout.split('\n').map((line) => line.trim());
  return {
    notUndone: lines
      .filter((line) => line !== '')
      .slice(0, HOOK_LINES)
      .map((line) => visibleText(line, 240)),
    doubts: [],
  };
}

function commandOf(argv: readonly string[], { repository }: ReviewSettings): CommandSpec {
  const env = {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    LANG: 'C.UTF-8',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
  };
  return { argv, cwd: repository, env, timeoutMs: TIMEOUT_MS };
}

function doubt(text: string): ReviewFinding {
  return { notUndone: [], doubts: [text] };
}
