import type { Change } from '../../core/risk/history/change.ts';
import type { Landing } from '../../core/risk/history/landing.ts';
import { landingOrder } from '../../core/risk/history/landing.ts';
import { trimmed } from '../../core/risk/history/wording-patterns.ts';
import { attributesRuleDiff } from './attributes.ts';
import { Blobs } from './blobs.ts';
import { countChange } from './change-counts.ts';
import { CommitCounts } from './commit-counts.ts';
import { GitError } from './git-error.ts';
import { gitText } from './git-process.ts';
import type { LogRecord } from './log-records.ts';
import { readLog } from './log-records.ts';

/** Commits whose contents are on their way at the same time. */
const AHEAD = 48;

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
 * One `git log` names commits and files; contents come from one `git cat-file`, and `git diff-tree` counts what is not
 * certain from them. Memory does not grow with the length of the history.
 *
 * @yields one change after the other
 * @throws GitError
 */
export async function* readChanges(repository: string, landings: readonly Landing[]): AsyncGenerator<Change> {
  const blobs = (await attributesRuleDiff(repository)) ? null : new Blobs(repository);
  const commits = new CommitCounts(repository);
  const waiting: {
    readonly record: LogRecord;
    readonly landing: Landing;
    readonly files: ReturnType<typeof countChange>;
  }[] = [];
  const take = async (): Promise<Change | null> => {
    const { record, landing, files } = waiting.shift()!;
    const counted = await files;
    return counted === null ? null : toChange(record, landing, counted);
  };
  try {
    let next = 0;
    for await (const record of readLog(
      repository,
      landings.map((landing) => landing.hash),
    )) {
      const landing = landings[next++]!;
      if (landing.hash !== record.hash) throw new GitError(`git log gave ${record.hash}; expected ${landing.hash}.`);
      const files = countChange(record, blobs, commits);
      // Awaited in its turn; until then a failure must not count as unhandled.
      files.catch(() => null);
      waiting.push({ record, landing, files });
      if (waiting.length < AHEAD) continue;
      const change = await take();
      if (change !== null) yield change;
    }
    while (waiting.length > 0) {
      const change = await take();
      if (change !== null) yield change;
    }
  } finally {
    await blobs?.close();
    await commits.close();
  }
}

function toChange(record: LogRecord, landing: Landing, files: Change['files']): Change {
  const { hash, authoredAtS, author, committer, zoneOffsetS, subject, body } = record;
  const landedAtS = landing.landedAtS;
  return { hash, authoredAtS, landedAtS, author, committer, zoneOffsetS, subject: trimmed(subject), body, files };
}
