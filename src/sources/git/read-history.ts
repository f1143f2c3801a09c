import { resolve } from 'node:path';
import type { Change } from '../../core/risk/history/change.ts';
import type { Landing } from '../../core/risk/history/landing.ts';
import { landingOrder } from '../../core/risk/history/landing.ts';
import type { LandedRecord } from './counting/change-counters.ts';
import { ChangeCounters } from './counting/change-counters.ts';
import { GitError } from './git-error.ts';
import { gitText } from './git-process.ts';
import { readLog } from './log-records.ts';
import { countingDrivers } from './path-rules.ts';

/** Files that are counted together, unless one commit has more: few at first, so that counting soon begins. */
const FIRST_BATCH_FILES = 500;
/** The more files, the more versions of one are built from each other. */
const BATCH_FILES = 4000;
/** Batches that are read while the first is still being counted. */
const AHEAD = 3;

/**
 * When each change reached the branch that ends in `revision`, in landing order.
 *
 * @throws GitError when the folder is no repository, has no commit, or is a shallow clone
 */
export async function readLandings(repository: string, revision: string): Promise<readonly Landing[]> {
  const [head, shallow] = await Promise.all([
    verifiedCommit(repository, revision),
    gitText(repository, ['rev-parse', '--is-shallow-repository']),
  ]);
  if (shallow.trim() === 'true') {
    throw new GitError(
      `${repository} is a shallow clone: its past is missing. Run "git fetch --unshallow" there first.`,
    );
  }
  const text = await gitText(repository, ['log', '--format=%H %ct %P', head]);
  const commits = text
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [hash, committedAt, ...parents] = line.split(' ').filter((part) => part !== '');
      return { hash: hash!, committedAtS: Number(committedAt), parents };
    });
  return landingOrder(commits, head);
}

/**
 * All changes of a history in landing order, each with its line counts, as they are read.
 *
 * One `git log` names commits and files; lines are counted from the contents, read in place by one thread per core, and
 * by `git diff-tree` where the contents alone leave it open. What is held at a time does not grow with the history.
 *
 * @yields one change after the other
 * @throws GitError
 */
export async function* readChanges(repository: string, landings: readonly Landing[]): AsyncGenerator<Change> {
  const [objects, drivers] = await Promise.all([objectFolder(repository), countingDrivers(repository)]);
  const counters = new ChangeCounters(repository, objects, drivers, landings.length);
  const waiting: Promise<readonly Change[]>[] = [];
  try {
    let batch: LandedRecord[] = [];
    let files = 0;
    let size = FIRST_BATCH_FILES;
    let next = 0;
    for await (const records of readLog(
      repository,
      landings.map((landing) => landing.hash),
    )) {
      for (const record of records) {
        const { hash, landedAtS } = landings[next++]!;
        if (hash !== record.hash) throw new GitError(`git log gave ${record.hash}; expected ${hash}.`);
        batch.push({ record, landedAtS });
        files += record.files.length;
        if (files < size && batch.length < size) continue;
        waiting.push(counters.count(batch));
        batch = [];
        files = 0;
        size = Math.min(2 * size, BATCH_FILES);
        if (waiting.length > AHEAD) yield* await waiting.shift()!;
      }
    }
    waiting.push(counters.count(batch));
    for (const changes of waiting) yield* await changes;
  } finally {
    await counters.close();
  }
}

/** Hash of the commit that a revision names. @throws GitError */
export async function verifiedCommit(repository: string, revision: string): Promise<string> {
  try {
    const args = ['rev-parse', '--verify', '--end-of-options', `${revision}^{commit}`];
    return (await gitText(repository, args)).trim();
  } catch (error) {
    if (!(error instanceof GitError) || !error.message.includes('single revision')) throw error;
    const empty = revision === 'HEAD' ? ': nothing was committed yet' : '';
    throw new GitError(`There is no commit "${revision}" in ${repository}${empty}.`);
  }
}

async function objectFolder(repository: string): Promise<string> {
  return resolve(repository, (await gitText(repository, ['rev-parse', '--git-path', 'objects'])).trim());
}
