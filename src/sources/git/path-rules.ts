import { ByteQueue } from './byte-queue.ts';
import type { PathRule } from './counting/job.ts';
import { GitError } from './git-error.ts';
import { GitProcess, gitText } from './git-process.ts';

/** What `.gitattributes` and its like say of how lines are counted, asked of one `git check-attr`. */
export class PathRules {
  readonly #git: GitProcess;
  readonly #answers: ByteQueue;
  readonly #drivers: ReadonlySet<string>;
  readonly #rules = new Map<string, PathRule>();

  /** @param drivers names of the diff drivers whose configuration changes counts */
  constructor(repository: string, drivers: ReadonlySet<string>) {
    this.#git = new GitProcess(repository, ['check-attr', '--stdin', 'diff']);
    this.#answers = new ByteQueue(this.#git.output);
    this.#drivers = drivers;
  }

  /** Finds the rules of paths, as git prints them, which `of` then tells. One call after the other. @throws GitError */
  async learn(paths: readonly string[]): Promise<void> {
    const unknown = [...new Set(paths)].filter((path) => !this.#rules.has(path));
    if (unknown.length === 0) return;
    const asking = this.#git.write(`${unknown.join('\n')}\n`);
    for (const path of unknown) {
      const line = await this.#answers.line();
      if (line === null) {
        await this.#git.finish();
        throw new GitError(`git check-attr ended before it answered for ${path}.`);
      }
      this.#rules.set(path, this.#ruleFor(line.slice(line.lastIndexOf(': ') + 2)));
    }
    await asking;
  }

  /** Rule of a path that was learnt. */
  of(path: string): PathRule {
    return this.#rules.get(path)!;
  }

  async close(): Promise<void> {
    await this.#git.stop();
  }

  #ruleFor(value: string): PathRule {
    if (value === 'unset') return 'binary';
    if (value === 'set') return 'text';
    return this.#drivers.has(value) ? 'git' : 'auto';
  }
}

/** Names of the configured diff drivers that say what is binary or choose another algorithm. */
export async function countingDrivers(repository: string): Promise<ReadonlySet<string>> {
  const pattern = String.raw`^diff\..*\.(binary|algorithm)$`;
  try {
    const names = await gitText(repository, ['config', '--name-only', '--get-regexp', pattern]);
    return new Set(
      names
        .trim()
        .split('\n')
        .map((name) => name.slice('diff.'.length, name.lastIndexOf('.'))),
    );
  } catch (error) {
    // git config ends with 1 when nothing is configured.
    if (error instanceof GitError) return new Set();
    throw error;
  }
}
