import { resolve } from 'node:path';
import type { Change } from '../../core/risk/history/change.ts';
import type { Landing } from '../../core/risk/history/landing.ts';
import { landingOrder } from '../../core/risk/history/landing.ts';
import { trimmed } from '../../core/risk/history/wording-patterns.ts';
import { attributesRuleDiff } from './attributes.ts';
import { countFiles } from './change-counts.ts';
import type { FileCounts } from './commit-counts.ts';
import { CommitCounts } from './commit-counts.ts';
import { GitError } from './git-error.ts';
import { gitText } from './git-process.ts';
import type { LogRecord } from './log-records.ts';
import { readLog } from './log-records.ts';
import { BlobStore } from './objects/blob-store.ts';

/** Commits that may wait for git's own count while later ones are read. */
const AHEAD = 200;

/**
 * When each change reached the branch that ends in `revision`, in landing order.
 *
 * @throws GitError when the folder is no repository, has no commit, or is a shallow clone
 */
export async function readLandings(repository: string, revision: string): Promise<readonly Landing[]> {
  const head = (
    await gitText(repository, ['rev-parse', '--verify', '--end-of-options', `${revision}^{commit}`])
  ).trim();
  if ((await gitText(repository, ['rev-parse', '--is-shallow-repository'])).trim() === 'true') {
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
 * One `git log` names commits and files; lines are counted from the contents, read in place, and by `git diff-tree`
 * where the contents alone leave it open. Memory does not grow with the length of the history.
 *
 * @yields one change after the other
 * @throws GitError
 */
export async function* readChanges(repository: string, landings: readonly Landing[]): AsyncGenerator<Change> {
  const blobs = (await attributesRuleDiff(repository)) ? null : new BlobStore(await objectFolder(repository));
  const commits = new CommitCounts(repository);
  const waiting: Waiting[] = [];
  const hashes = landings.map((landing) => landing.hash);
  try {
    let next = 0;
    for await (const records of readLog(repository, hashes)) {
      for (const record of records) {
        const landing = landings[next++]!;
        if (landing.hash !== record.hash) throw new GitError(`git log gave ${record.hash}; expected ${landing.hash}.`);
        const own = blobs === null ? null : countFiles(record.files, blobs);
        const counts = own ?? commits.of(record.hash);
        // Awaited in its turn; until then a failure must not count as unhandled.
        if ('catch' in counts) counts.catch(() => null);
        waiting.push({ record, landing, counts });
        while (waiting.length > 0 && (waiting.length > AHEAD || !('catch' in waiting[0]!.counts))) {
          const change = toChange(waiting[0]!, await waiting[0]!.counts);
          waiting.shift();
          if (change !== null) yield change;
        }
      }
    }
    for (const one of waiting) {
      const change = toChange(one, await one.counts);
      if (change !== null) yield change;
    }
  } finally {
    blobs?.close();
    await commits.close();
  }
}

interface Waiting {
  readonly record: LogRecord;
  readonly landing: Landing;
  readonly counts: readonly FileCounts[] | Promise<readonly FileCounts[]>;
}

/** Null when git counted other files than the log lists: such a commit is left out of the history. */
function toChange({ record, landing }: Waiting, counts: readonly FileCounts[]): Change | null {
  if (counts.length !== record.files.length) return null;
  const { hash, authoredAtS, author, committer, zoneOffsetS, subject, body } = record;
  const files = record.files.map(({ status, oldPath, newPath }, i) => ({ status, oldPath, newPath, ...counts[i]! }));
  const { landedAtS } = landing;
  return { hash, authoredAtS, landedAtS, author, committer, zoneOffsetS, subject: trimmed(subject), body, files };
}

async function objectFolder(repository: string): Promise<string> {
  return resolve(repository, (await gitText(repository, ['rev-parse', '--git-path', 'objects'])).trim());
}
