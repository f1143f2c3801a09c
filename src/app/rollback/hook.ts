import type { Inquiry, LeftBehind } from '../../core/model/findings.ts';
import type { CommandSpec } from '../../core/model/rollback.ts';
import { visibleText } from '../../core/model/visible.ts';
import { faultText } from '../executor/fault-text.ts';
import { outsideOf } from '../executor/outside.ts';
import type { ExecutorDeps } from '../executor/types.ts';
import type { Partly } from './partly.ts';

/** A program of the operator's own that knows what a rollback will not undo. */
export interface HookSettings {
  /** Absolute executable with its arguments; both versions are added. */
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly timeoutMs: number;
  readonly deps: Pick<ExecutorDeps, 'env' | 'outside'>;
}

const MOST = 20;
const LISTS = ['notUndone', 'block', 'rollForward', 'unknown'] as const;

/**
 * Asks the hook. It prints one JSON object with lists of sentences: `notUndone`, `block` (not undone, and the rollback
 * must not be made), `rollForward` (better ways on) and `unknown` (what it could not find out). Plain lines are taken as
 * `notUndone`. What it prints beside that is no answer and becomes a doubt.
 */
export async function askHook({ argv, cwd, timeoutMs, deps }: HookSettings, inquiry: Inquiry): Promise<Partly> {
  if (inquiry.toVersion === null) return { doubts: ['the review hook was not asked: no earlier version is known'] };
  const command: CommandSpec = {
    argv: [...argv, inquiry.fromVersion, inquiry.toVersion],
    cwd,
    env: environmentOf(inquiry),
    timeoutMs,
  };
  const outcome = await outsideOf(deps).runCommand(command, deps.env);
  if (outcome.fault !== null) return { doubts: [`the review hook: ${faultText(command, outcome, deps.env)}`] };
  const { stdout } = outcome;
  const read = stdout.trimStart().startsWith('{') ? readObject(stdout) : { notUndone: lines(stdout) };
  if (typeof read === 'string') return { doubts: [`what the review hook printed is not understood: ${read}`] };
  const left = (texts: readonly string[] = []): readonly LeftBehind[] => texts.map((text) => ({ kind: 'hook', text }));
  return {
    left: [...left(read.notUndone), ...left(read.block).map((one): LeftBehind => ({ ...one, blocks: true }))],
    forward: read.rollForward ?? [],
    doubts: read.unknown ?? [],
    lookedAt: ['hook'],
  };
}

type Answer = Partial<Record<(typeof LISTS)[number], readonly string[]>>;

function readObject(printed: string): Answer | string {
  let json: unknown;
  try {
    json = JSON.parse(printed);
  } catch (error) {
    return `no JSON (${error instanceof Error ? error.message : String(error)})`;
  }
  const answer: Answer = {};
  for (const [key, value] of Object.entries(json as object)) {
    const known = LISTS.find((name) => name === key);
    if (known === undefined) return `"${visibleText(key, 60)}": known are ${LISTS.join(', ')}`;
    if (!isTexts(value)) return `"${known}" is not a list of sentences`;
    answer[known] = value.slice(0, MOST).map((text) => visibleText(text, 240));
  }
  return answer;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

function lines(printed: string): readonly string[] {
  const all = printed.split('\n').map((line) => line.trim());
  return all
    .filter((line) => line !== '')
    .slice(0, MOST)
    .map((line) => visibleText(line, 240));
}

function environmentOf({ pipeline, environment, fromCommit, toCommit }: Inquiry): Readonly<Record<string, string>> {
  return {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    LANG: 'C.UTF-8',
    ROLLWATCH_PIPELINE: pipeline,
    ROLLWATCH_ENVIRONMENT: environment ?? '',
    ROLLWATCH_FROM_COMMIT: fromCommit ?? '',
    ROLLWATCH_TO_COMMIT: toCommit ?? '',
  };
}
