import type { Change } from '../../../core/risk/history/change.ts';
import { trimmed } from '../../../core/risk/history/wording-patterns.ts';
import type { FileCounts } from '../commit-counts.ts';
import { CommitCounts } from '../commit-counts.ts';
import type { LogRecord, RawFile } from '../log-records.ts';
import { PathRules } from '../path-rules.ts';
import type { FileToCount, PathRule } from './job.ts';
import { BINARY, LEFT_TO_GIT } from './job.ts';
import { LineCounters } from './line-counters.ts';

/** A commit as the log lists it, with the Unix second at which it landed. */
export interface LandedRecord {
  readonly record: LogRecord;
  readonly landedAtS: number;
}

/** Makes changes of commits: counts the lines of their files in threads and, where these cannot tell, by git itself. */
export class ChangeCounters {
  readonly #repository: string;
  readonly #lines: LineCounters;
  readonly #rules: PathRules;
  #turn: Promise<unknown> = Promise.resolve();
  #git: CommitCounts | null = null;

  /**
   * @param objects its object folder
   * @param drivers of diffs whose configuration changes counts
   * @param commits there will be, about
   */
  constructor(repository: string, objects: string, drivers: ReadonlySet<string>, commits: number) {
    this.#repository = repository;
    this.#lines = new LineCounters(objects, commits);
    this.#rules = new PathRules(repository, drivers);
  }

  /** The changes these commits are, without those of which git counts other files than it lists. @throws GitError */
  count(batch: readonly LandedRecord[]): Promise<readonly Change[]> {
    const ruled = this.#turn.then(() => this.#addRules(batch));
    this.#turn = ruled.catch(() => null);
    const changes = ruled.then((files) => this.#lines.count(files)).then((counts) => this.#changes(batch, counts));
    // Awaited in its turn; until then a failure must not count as unhandled.
    changes.catch(() => null);
    return changes;
  }

  async close(): Promise<void> {
    await Promise.all([this.#lines.close(), this.#rules.close(), this.#git?.close()]);
  }

  async #addRules(batch: readonly LandedRecord[]): Promise<readonly (FileToCount & RawFile)[]> {
    const files = batch.flatMap(({ record }) => record.files);
    await this.#rules.learn(files.flatMap(({ oldPath, newPath }) => [oldPath, newPath]));
    return files.map((file) => ({ ...file, rule: this.#ruleOf(file) }));
  }

  /** Both sides of a rename must be text. */
  #ruleOf({ oldPath, newPath }: RawFile): PathRule {
    const rules = [this.#rules.of(oldPath), this.#rules.of(newPath)];
    return RULES_BY_RANK.find((rule) => rules.includes(rule))!;
  }

  async #changes(batch: readonly LandedRecord[], counts: Int32Array): Promise<readonly Change[]> {
    let at = 0;
    const counted = batch.map(({ record }) => {
      const own = counts.subarray(at, (at += 2 * record.files.length));
      return own.includes(LEFT_TO_GIT) ? this.#ask(record.hash) : fileCounts(own);
    });
    const changes: Change[] = [];
    for (const [i, { record, landedAtS }] of batch.entries()) {
      const change = toChange(record, landedAtS, await counted[i]!);
      if (change !== null) changes.push(change);
    }
    return changes;
  }

  #ask(hash: string): Promise<readonly FileCounts[]> {
    this.#git ??= new CommitCounts(this.#repository);
    const counts = this.#git.of(hash);
    counts.catch(() => null);
    return counts;
  }
}

/** Which rule counts for a file whose two paths have different ones. */
const RULES_BY_RANK: readonly PathRule[] = ['git', 'binary', 'auto', 'text'];

function fileCounts(counts: Int32Array): readonly FileCounts[] {
  return Array.from({ length: counts.length / 2 }, (_, i) => {
    const added = counts[2 * i]!;
    return added === BINARY ? BINARY_FILE : { added, deleted: counts[2 * i + 1]! };
  });
}

const BINARY_FILE: FileCounts = { added: null, deleted: null };

function toChange(record: LogRecord, landedAtS: number, counts: readonly FileCounts[]): Change | null {
  if (counts.length !== record.files.length) return null;
  const { hash, authoredAtS, author, committer, zoneOffsetS, subject, body } = record;
  const files = record.files.map(({ status, oldPath, newPath }, i) => ({ status, oldPath, newPath, ...counts[i]! }));
  return { hash, authoredAtS, landedAtS, author, committer, zoneOffsetS, subject: trimmed(subject), body, files };
}
