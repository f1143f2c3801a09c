import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { GitError } from './git-error.ts';
import { missingObject } from './missing-object.ts';

/**
 * A running git: nothing is fetched, no prompt, no pager, no hook; English messages.
 *
 * `-c` settings keep a user's own configuration from changing what is counted.
 */
export class GitProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #repository: string;
  readonly #what: string;
  readonly #ended: Promise<unknown>;
  #errors = '';
  #failure: Error | null = null;
  #drained: Promise<unknown> | null = null;

  constructor(repository: string, args: readonly string[]) {
    this.#repository = repository;
    this.#what = `git ${args.find((arg) => !arg.startsWith('-')) ?? ''} in ${repository}`;
    this.#child = spawn('git', ['-C', repository, ...SETTINGS, ...args], {
      env: { ...process.env, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0', GIT_NO_LAZY_FETCH: '1' },
    });
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => (this.#errors += text.slice(0, 4000)));
    this.#child.on('error', (error) => (this.#failure = error));
    // Git may end before it has read everything; its exit code says why.
    this.#child.stdin.on('error', (error) => (this.#failure ??= error));
    this.#ended = once(this.#child, 'close').catch((error: unknown) => error);
  }

  get output(): NodeJS.ReadableStream {
    return this.#child.stdout;
  }

  /** Writes to git's input; resolves when there is room for more. A git that ended says why in `finish`. */
  async write(text: string): Promise<void> {
    const { stdin } = this.#child;
    if (!stdin.writableCorked) {
      // What is written in one turn of the loop goes out in one piece.
      stdin.cork();
      setImmediate(() => stdin.uncork());
    }
    if (stdin.write(text)) return;
    // All that are written meanwhile wait for the same moment.
    this.#drained ??= once(stdin, 'drain')
      .catch(() => null)
      .finally(() => (this.#drained = null));
    await Promise.race([this.#drained, this.#ended]);
  }

  endInput(): void {
    this.#child.stdin.end();
  }

  /** Waits for the end. @throws GitError when git could not be started or failed */
  async finish(): Promise<void> {
    await this.#ended;
    const code = this.#child.exitCode;
    if (code === 0) return;
    const missing = missingObject(this.#errors, this.#repository);
    if (missing !== null) throw new GitError(missing);
    const said = this.#errors.trim().split('\n')[0] ?? '';
    const why = said !== '' ? said : (this.#failure?.message ?? `it ended with ${code ?? this.#child.signalCode}`);
    throw new GitError(`${this.#what} failed: ${why}`);
  }

  /** Ends git when its output is no longer wanted. */
  async stop(): Promise<void> {
    this.#child.kill();
    await this.#ended;
  }
}

const SETTINGS = [
  '--no-pager',
  '--no-replace-objects',
  '-c',
  'core.quotePath=true',
  // Before 2.44 git does not know GIT_NO_LAZY_FETCH.
  '-c',
  'protocol.allow=never',
  '-c',
  'core.deltaBaseCacheLimit=256m',
  '-c',
  'log.showSignature=false',
  '-c',
  'log.showRoot=true',
  '-c',
  'i18n.logOutputEncoding=UTF-8',
];

/** Everything a git command prints. @throws GitError */
export async function gitText(repository: string, args: readonly string[]): Promise<string> {
  const git = new GitProcess(repository, args);
  git.endInput();
  const chunks: Buffer[] = [];
  for await (const chunk of git.output) chunks.push(chunk as Buffer);
  await git.finish();
  return Buffer.concat(chunks).toString('utf8');
}
