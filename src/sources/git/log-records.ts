import { GitError } from './git-error.ts';
import { GitProcess } from './git-process.ts';

/** One file as `git log --raw` lists it. */
export interface RawFile {
  /** A, D, M, R or T. */
  readonly status: string;
  /** Modes and ids, old and new: `100644 100644 <id> <id>`. */
  readonly entry: string;
  readonly oldPath: string;
  readonly newPath: string;
}

/** One commit as `git log --raw` lists it. */
export interface LogRecord {
  readonly hash: string;
  readonly authoredAtS: number;
  readonly author: string;
  readonly committer: string;
  readonly zoneOffsetS: number;
  readonly subject: string;
  readonly body: string;
  readonly files: readonly RawFile[];
}

const RECORD = '\x1e';
const FIELD = '\x1f';
const FORMAT = `--format=${['%x1e%H', '%at', '%ae', '%ce', '%ad', '%s', '%b', ''].join('%x1f')}`;

/**
 * Reads commits in exactly the order given, from one `git log`, as they come.
 *
 * @yields the records of each chunk that git printed
 * @throws GitError when git fails or prints what is not understood
 */
export async function* readLog(repository: string, hashes: readonly string[]): AsyncGenerator<readonly LogRecord[]> {
  const args = ['--no-walk=unsorted', '--raw', '-M', '--no-color', '--no-ext-diff', '--no-abbrev', '--date=raw'];
  const git = new GitProcess(repository, ['log', ...args, FORMAT, '--stdin']);
  const asking = git.write(`${hashes.join('\n')}\n`).then(() => git.endInput());
  const decoder = new TextDecoder();
  let open = '';
  let done = false;
  try {
    for await (const chunk of git.output) {
      open += decoder.decode(chunk as Buffer, { stream: true });
      const records = open.split(RECORD);
      open = records.pop()!;
      if (records.length > 0) yield records.filter((record) => record !== '').map(parseRecord);
    }
    if (open !== '') yield [parseRecord(open + decoder.decode())];
    done = true;
  } finally {
    if (!done) await git.stop();
  }
  await asking;
  await git.finish();
}

function parseRecord(record: string): LogRecord {
  const [hash, authoredAt, author, committer, date, subject, body, listing] = record.split(FIELD);
  if (hash === undefined || date === undefined || listing === undefined) {
    throw new GitError(`git log printed a record that is not understood: ${JSON.stringify(record.slice(0, 80))}.`);
  }
  return {
    hash,
    authoredAtS: Number(authoredAt),
    author: author!.toLowerCase(),
    committer: committer!.toLowerCase(),
    zoneOffsetS: zoneOffset(date),
    subject: subject!,
    body: body!,
    files: listing.split('\n').flatMap((line) => (line.startsWith(':') ? [parseFile(line)] : [])),
  };
}

/** `:100644 100644 <id> <id> M\tpath`, with a number after the status and a second path after a rename. */
function parseFile(line: string): RawFile {
  const head = line.indexOf('\t');
  const entry = line.lastIndexOf(' ', head);
  const second = line.indexOf('\t', head + 1);
  const oldPath = line.slice(head + 1, second === -1 ? undefined : second);
  return {
    status: line[entry + 1]!,
    entry: line.slice(1, entry),
    oldPath,
    newPath: second === -1 ? oldPath : line.slice(second + 1),
  };
}

/** Seconds east of UTC of a raw date, `1420171097 +0130`; of a zone that is nonsense its first four digits count. */
function zoneOffset(date: string): number {
  const zone = /([+-])(\d{2})(\d{2})\d*$/.exec(date);
  if (zone === null) return 0;
  return (Number(zone[2]) * 3600 + Number(zone[3]) * 60) * (zone[1] === '-' ? -1 : 1);
}
