import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '../../src/core/risk/random.ts';

const START_S = 1_600_000_000;
const AUTHORS = ['Ada <ada@example.org>', 'Bo <BO@example.org>', 'Cy <cy@example.org>', 'Dé <de@example.org>'];
const PATHS = [
  'README.md',
  'src/app.py',
  'src/core/engine.py',
  'src/core/test_engine.py',
  'config/site.yaml',
  'config/db.json',
  'docs/guide.rst',
  'puppet/hieradata/common.yaml',
  'puppet/modules/web/init.pp',
  'tools/deploy.sh',
  'données/été.txt',
];
const ZONES = ['+0000', '-0730', '+0530', '+0200'];

interface Commit {
  readonly mark: number;
  readonly subject: string;
  readonly files: ReadonlyMap<string, string>;
}

/**
 * Makes a bare repository of `count` commits with everything a history can hold: merges, renames, deletions, binary and
 * empty files, odd names, reverts by hash, by short hash and by subject, re-lands, wrong clocks. Same seed, same hashes.
 *
 * @returns its folder, which the caller removes
 */
export function makeSampleRepository(count: number, seed: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'rollwatch-repo-'));
  git(folder, ['init', '--quiet', '--bare', '--initial-branch=main']);
  // In two steps, because reverts name hashes, which only exist once the commits before them do.
  const random = seededRandom(seed);
  const past: Commit[] = [];
  const marks = join(folder, 'marks');
  let done = 0;
  while (done < count) {
    const batch = Math.min(60, count - done);
    const hashes = done === 0 ? new Map<number, string>() : readMarks(folder);
    const script = Array.from({ length: batch }, () => commitScript(past, hashes, random)).join('');
    const args = [
      'fast-import',
      '--quiet',
      `--export-marks=${marks}`,
      ...(done === 0 ? [] : [`--import-marks=${marks}`]),
    ];
    execFileSync('git', ['-C', folder, ...args], { input: script });
    done += batch;
  }
  return folder;
}

function git(folder: string, args: readonly string[]): string {
  return execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8' });
}

/** Hash of each mark so far. */
function readMarks(folder: string): ReadonlyMap<number, string> {
  const lines = execFileSync('cat', [join(folder, 'marks')], { encoding: 'utf8' })
    .trim()
    .split('\n');
  return new Map(lines.map((line) => [Number(line.slice(1).split(' ')[0]), line.split(' ')[1]!]));
}

function commitScript(past: Commit[], hashes: ReadonlyMap<number, string>, random: () => number): string {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const mark = past.length + 1;
  const parent = past.at(-1);
  // Now and then a branch starts a few commits back and is merged at once.
  const branchedFrom = parent !== undefined && past.length > 10 && random() < 0.08 ? past[past.length - 4]! : null;
  const files = new Map((branchedFrom ?? parent)?.files ?? []);
  const { message, changes } =
    random() < 0.12 && hashes.size > 5 ? revert(past, hashes, files, random) : edit(files, random);
  const atS = START_S + mark * 9000 + Math.floor(random() * 30_000) - (random() < 0.01 ? 5_000_000 : 0);
  const author = pick(AUTHORS);
  const committer = random() < 0.4 ? author : pick(AUTHORS);
  const zone = pick(ZONES);
  const head = (from: number | undefined, branch: string, text: string, at: number): string =>
    `commit refs/heads/${branch}\n` +
    `author ${author} ${at - Math.floor(random() * 90_000)} ${zone}\n` +
    `committer ${committer} ${at} +0000\n` +
    `data ${Buffer.byteLength(text)}\n${text}\n` +
    (from === undefined ? '' : `from :${from}\n`);
  const subject = message.split('\n')[0]!;
  if (branchedFrom === null) {
    past.push({ mark, subject, files });
    return head(parent?.mark, 'main', message, atS).replace('\nauthor', `\nmark :${mark}\nauthor`) + changes;
  }
  // The side commit has no mark of its own; the merge takes the main line's files and the side's changes.
  const merged = new Map(parent!.files);
  for (const [path, text] of files) if (branchedFrom.files.get(path) !== text) merged.set(path, text);
  past.push({ mark, subject: 'Merge branch', files: merged });
  const all = [...merged].map(([path, text]) => inline(path, text)).join('');
  return (
    head(branchedFrom.mark, 'side', message, atS - 4000) +
    changes +
    head(parent!.mark, 'main', "Merge branch 'side'", atS).replace('\nauthor', `\nmark :${mark}\nauthor`) +
    `merge refs/heads/side\ndeleteall\n${all}` +
    'reset refs/heads/side\n\n'
  );
}

function edit(files: Map<string, string>, random: () => number): { message: string; changes: string } {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  let changes = '';
  const touched = 1 + Math.floor(random() ** 2 * 5);
  for (let i = 0; i < touched; i++) {
    const path = random() < 0.85 || files.size === 0 ? pick(PATHS) : pick([...files.keys()]);
    const dice = random();
    if (dice < 0.05 && files.has(path)) {
      files.delete(path);
      changes += `D ${quoted(path)}\n`;
    } else if (dice < 0.1 && files.has(path)) {
      const moved = `moved/${Math.floor(random() * 5)}/${path}`;
      files.set(moved, files.get(path)!);
      files.delete(path);
      changes += `R ${quoted(path)} ${quoted(moved)}\n`;
    } else {
      const text = dice < 0.13 ? `\0binary ${random()}` : dice < 0.15 ? '' : edited(files.get(path) ?? '', random);
      files.set(path, text);
      changes += inline(path, text);
    }
  }
  const subjects = [
    'Add a page',
    'Fix the bug in engine',
    'hotfix: outage',
    'Temporarily depool db1',
    'Réparer é',
    'Bump T1234',
  ];
  const subject = `${pick(subjects)} ${Math.floor(random() * 400)}${random() < 0.3 ? ` (#${Math.floor(random() * 900)})` : ''}`;
  const body = random() < 0.5 ? '' : '\n\nBecause of #42.\nMore words.\n\nChange-Id: I1\nSigned-off-by: x';
  return { message: subject + body, changes };
}

function revert(
  past: readonly Commit[],
  hashes: ReadonlyMap<number, string>,
  files: Map<string, string>,
  random: () => number,
): { message: string; changes: string } {
  const target = past[Math.max(0, past.length - 1 - Math.floor(random() * 40))]!;
  const hash = hashes.get(target.mark);
  const { changes } = edit(files, random);
  const dice = random();
  if (hash !== undefined && dice < 0.5)
    return { message: `Revert "${target.subject}"\n\nThis reverts commit ${hash}.`, changes };
  if (hash !== undefined && dice < 0.7) return { message: `Undo\n\nreverts commit ${hash.slice(0, 9)}`, changes };
  if (dice < 0.8) return { message: target.subject, changes };
  return { message: `Revert "${target.subject}"`, changes };
}

/** Changes, adds and removes a few lines; lines repeat, so that diffs are not all plain. */
function edited(text: string, random: () => number): string {
  const lines = text.split('\n').slice(0, 400);
  const edits = 1 + Math.floor(random() ** 3 * 12);
  for (let i = 0; i < edits; i++) {
    const at = Math.floor(random() * (lines.length + 1));
    const dice = random();
    if (dice < 0.5) lines.splice(at, 0, random() < 0.3 ? '  end' : `line ${Math.floor(random() * 1e6)} é`);
    else if (dice < 0.75) lines.splice(at, 1);
    else lines.splice(at, 1, `changed ${Math.floor(random() * 1e6)}`);
  }
  return lines.join('\n') + (random() < 0.9 ? '\n' : '');
}

function inline(path: string, text: string): string {
  return `M 100644 inline ${quoted(path)}\ndata ${Buffer.byteLength(text)}\n${text}\n`;
}

function quoted(path: string): string {
  return `"${path}"`;
}
