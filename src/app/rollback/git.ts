import type { CommandSpec } from '../../core/model/rollback.ts';
import type { KnownVersion } from '../../core/model/version-choice.ts';
import { visibleText } from '../../core/model/visible.ts';
import { outsideOf } from '../executor/outside.ts';
import type { ExecutorDeps } from '../executor/types.ts';

/** A repository to be read. */
export interface GitSettings {
  /** Absolute path of the working copy or bare repository. */
  readonly repository: string;
  /** Absolute path of git. */
  readonly git: string;
  readonly timeoutMs: number;
  readonly deps: Pick<ExecutorDeps, 'env' | 'outside'>;
}

/** Questions to a repository. None of them changes it, runs what its configuration names, or goes to a network. */
export interface Git {
  /** Why the repository cannot be read, as a clause; null when it can. */
  problem(): Promise<string | null>;
  /** The commit a version was made from: the one announced, else the tag of that name, with or without `v`; null for none. */
  commitOf(version: string, announced: string | null): Promise<string | null>;
  /** Paths that differ between two commits, or why they could not be read, as a clause. */
  paths(a: string, b: string): Promise<readonly string[] | string>;
  /** Who made each version, and what going back to it takes away. Versions without a commit are left out. */
  changes(
    from: string,
    versions: readonly Pick<KnownVersion, 'version' | 'commit'>[],
  ): Promise<readonly KnownVersion[]>;
}

/** A commit by its hash, or a tag by a name that no option begins with. */
const COMMIT = /^[0-9a-f]{7,64}$/i;
const TAG = /^[\w][\w.+/-]{0,120}$/;
/** Versions looked up for the picker: nobody reads further back at night. */
const MOST_VERSIONS = 10;
const SAFE = ['-c', 'core.fsmonitor=false', '-c', 'log.showSignature=false', '-c', 'core.hooksPath=/dev/null'];
const ENV = {
  PATH: '/usr/local/bin:/usr/bin:/bin',
  LANG: 'C.UTF-8',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  // A partial clone would fetch what is missing.
  GIT_NO_LAZY_FETCH: '1',
};

/** Opens nothing yet: every question is a call of its own. */
export function createGit({ repository, git, timeoutMs, deps }: GitSettings): Git {
  function run(...args: readonly string[]) {
    const argv = [git, ...SAFE, '-C', repository, ...args];
    const command: CommandSpec = { argv, cwd: '/', env: ENV, timeoutMs };
    return outsideOf(deps).runCommand(command, deps.env);
  }

  async function line(...args: readonly string[]): Promise<string | null> {
    const { fault, stdout } = await run(...args);
    return fault === null ? stdout.trim() : null;
  }

  async function commitOf(version: string, announced: string | null): Promise<string | null> {
    if (announced !== null && COMMIT.test(announced)) {
      return line('rev-parse', '--verify', '--quiet', '--end-of-options', `${announced}^{commit}`);
    }
    if (!TAG.test(version)) return null;
    const names = [`refs/tags/${version}`, `refs/tags/v${version}`];
    for (const name of names) {
      const found = await line('rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`);
      if (found !== null) return found;
    }
    return null;
  }

  async function change(from: string, { version, commit }: Pick<KnownVersion, 'version' | 'commit'>) {
    const at = await commitOf(version, commit);
    if (at === null) return [];
    const [who, count, stat] = await Promise.all([
      line('log', '-1', '--no-color', '--format=%an', at, '--'),
      line('rev-list', '--count', `${at}..${from}`, '--'),
      line('diff', '--shortstat', '--no-ext-diff', '--no-textconv', at, from, '--'),
    ]);
    const files = /^\s*(\d+) file/.exec(stat ?? '')?.[1] ?? (stat === '' ? '0' : null);
    const parts = [count === null ? null : counted(count, 'commit'), files === null ? null : counted(files, 'file')];
    const text = parts.filter((part) => part !== null).join(', ');
    const known: KnownVersion = {
      version,
      deployedAtMs: null,
      by: who === null ? null : visibleText(who, 60),
      change: text === '' ? null : `${text} since`,
      commit: at,
    };
    return [known];
  }

  return {
    async problem() {
      const { fault, complaint } = await run('rev-parse', '--git-dir');
      return fault === null ? null : faultText(fault, complaint);
    },
    commitOf,
    async paths(a, b) {
      const { fault, stdout, complaint } = await run('diff', '--name-only', '--no-ext-diff', '-z', a, b, '--');
      return fault === null ? stdout.split('\0').filter((path) => path !== '') : faultText(fault, complaint);
    },
    async changes(from, versions) {
      const found = await Promise.all(versions.slice(0, MOST_VERSIONS).map((one) => change(from, one)));
      return found.flat();
    },
  };
}

function faultText(fault: string, complaint = ''): string {
  return `git ${fault}${complaint === '' ? '' : ` (${visibleText(complaint, 160)})`}`;
}

function counted(number: string, what: string): string {
  return `${number} ${what}${number === '1' ? '' : 's'}`;
}
