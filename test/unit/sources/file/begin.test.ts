import { beforeEach, describe, expect, test } from 'vitest';
import { MemoryFileSystem } from '../../../fakes/memory-file-system.ts';
import { Harness } from './harness.ts';

const PATH = '/logs/metrics_a.csv';
let fs: MemoryFileSystem;
let harness: Harness;

beforeEach(() => {
  fs = new MemoryFileSystem();
  harness = new Harness(fs, ['/logs']);
});

function found(): unknown {
  return harness.collector.notices.find((notice) => notice.type === 'file-found');
}

describe('where reading starts', () => {
  test('the notice has the first complete lines', async () => {
    fs.append(PATH, 'time,cpu\n1,2\n3,');
    await harness.poll();
    expect(found()).toMatchObject({
      sizeBytes: 15,
      startsAtBytes: 0,
      head: new TextEncoder().encode('time,cpu\n1,2\n'),
    });
  });

  test('offsets kept: a restart goes on where it stopped', async () => {
    fs.append(PATH, 'a\nb\n');
    await harness.restart();
    fs.append(PATH, 'c\n');
    await harness.poll();
    expect(harness.collector.linesOf(PATH)).toEqual(['a', 'b', 'c']);
    expect(harness.collector.notices.at(-1)).toMatchObject({ type: 'file-found', startsAtBytes: 4, sizeBytes: 6 });
  });

  test('after a crash, what came since the offsets were kept is delivered again and nothing is left out', async () => {
    fs.append(PATH, 'a\n');
    await harness.poll();
    harness.save();
    fs.append(PATH, 'b\n');
    await harness.poll();
    harness.crash();
    fs.append(PATH, 'c\n');
    await harness.poll();
    expect(harness.collector.linesOf(PATH)).toEqual(['a', 'b', 'b', 'c']);
  });

  test('emptied and grown past the old size while not running', async () => {
    fs.append(PATH, 'a\nb\n');
    await harness.restart();
    fs.truncate(PATH);
    fs.append(PATH, 'x\ny\nz\n');
    await harness.poll();
    expect(harness.collector.linesOf(PATH)).toEqual(['a', 'b', 'x', 'y', 'z']);
    expect(harness.collector.lostBytes).toBeNull();
  });

  test.each([
    '',
    'nonsense',
    '[2,1,1,4,1,"lines",false,4,"x"]',
    '[1,1,1,4,1,"other",false,4,"x"]',
    '[1,1,1,4,1,"lines",false,9,"x"]',
  ])('a checkpoint that cannot be read is as none: %s', async (checkpoint) => {
    fs.append(PATH, 'a\nb\n');
    harness.offsets.save(PATH, checkpoint);
    await harness.poll();
    expect(harness.collector.linesOf(PATH)).toEqual(['a', 'b']);
    expect(harness.collector.lostBytes).toBe(0);
  });
});

describe('large files', () => {
  const lines = Array.from({ length: 5000 }, (_, i) => `row ${String(i).padStart(6, '0')}`);
  const isLarge = (_path: string, sizeBytes: number): boolean => sizeBytes > 10_000;

  test.each([1100, 1101, 1105, 1110])('start at a line within the last %i bytes', async (backfillBytes) => {
    harness = new Harness(fs, ['/logs'], { isLarge, backfillBytes });
    fs.append(PATH, `${lines.join('\n')}\n`);
    await harness.poll();
    expect(harness.collector.linesOf(PATH)).toEqual(lines.slice(5000 - Math.floor(backfillBytes / 11)));
    expect(found()).toMatchObject({ startsAtBytes: 55_000 - Math.floor(backfillBytes / 11) * 11 });
    expect(harness.collector.lostBytes).toBe(0);
  });

  test('go on where they were read up to, however much that is', async () => {
    harness = new Harness(fs, ['/logs'], { isLarge, backfillBytes: 1100 });
    fs.append(PATH, 'first\n');
    await harness.restart();
    fs.append(PATH, `${lines.join('\n')}\n`);
    await harness.poll();
    expect(harness.collector.linesOf(PATH)).toEqual(['first', ...lines]);
  });

  test('a tail without a line end is skipped to the next one', async () => {
    harness = new Harness(fs, ['/logs'], { isLarge, backfillBytes: 15_000 });
    fs.append(PATH, `${'x'.repeat(30_000)}\nlast\n`);
    await harness.poll();
    expect(harness.collector.linesOf(PATH)).toEqual(['last']);
  });
});

describe('what is not read', () => {
  test('no regular file: refused, once', async () => {
    fs.make('/logs/pipe.csv', 'other', 'a named pipe');
    fs.append('/logs/folder.csv/x', 'y\n');
    await harness.poll();
    await harness.poll();
    expect(harness.collector.notices.toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)))).toEqual([
      { type: 'refused', path: '/logs/folder.csv', why: 'a folder, not a regular file' },
      { type: 'refused', path: '/logs/pipe.csv', why: 'a named pipe, not a regular file' },
    ]);
  });

  test('a file that may not be read is said once and tried again', async () => {
    fs.append(PATH, 'a\n');
    fs.deny(PATH, true);
    await harness.poll();
    await harness.poll();
    expect(harness.collector.notices).toEqual([
      { type: 'refused', path: PATH, why: 'permission denied (EACCES); it is tried again' },
    ]);
    fs.deny(PATH, false);
    await harness.poll();
    expect(harness.collector.linesOf(PATH)).toEqual(['a']);
  });

  test('a link to a regular file is read, and where it leads may change', async () => {
    fs.append('/elsewhere/one', 'a\n');
    fs.link(PATH, '/elsewhere/one');
    await harness.poll();
    fs.append('/elsewhere/one', 'b\n');
    fs.append('/elsewhere/two', 'c\n');
    fs.remove(PATH);
    fs.link(PATH, '/elsewhere/two');
    await harness.poll();
    expect(harness.collector.linesOf(PATH)).toEqual(['a', 'b', 'c']);
  });

  test('rotated names and foreign names of a folder', async () => {
    for (const name of ['a.csv.1', 'a.csv-20260101', 'a-20260101.csv', 'a.csv.gz', '.a.csv', 'a.png', 'a.csv']) {
      fs.append(`/logs/${name}`, 'x\n');
    }
    await harness.poll();
    expect([...harness.collector.lines.keys()]).toEqual(['/logs/a.csv']);
  });
});

describe('two thousand files', () => {
  const paths = Array.from({ length: 2000 }, (_, i) => `/logs/metrics_p${i}.csv`);

  test('all are read with few files open, through a rotation of all at once', async () => {
    let lists = 0;
    const list = fs.list.bind(fs);
    fs.list = (path) => {
      lists += 1;
      return list(path);
    };
    harness = new Harness(fs, ['/logs'], { maxOpenFiles: 100 });
    for (const path of paths) fs.append(path, `${path} 1\n`);
    await harness.poll();
    expect(fs.openCount).toBeLessThanOrEqual(100);
    for (const path of paths) fs.append(path, `${path} 2\n`);
    for (const path of paths) fs.rename(path, `${path}.1`);
    for (const path of paths) fs.append(path, `${path} 3\n`);
    lists = 0;
    await harness.poll();
    expect(paths.filter((path) => harness.collector.linesOf(path).join() !== `${path} 1,${path} 2,${path} 3`)).toEqual(
      [],
    );
    expect(fs.openCount).toBeLessThanOrEqual(100);
    // Not one listing of the folder for each file.
    expect(lists).toBeLessThan(10);
    harness.stop();
    expect(fs.openCount).toBe(0);
  });
});
