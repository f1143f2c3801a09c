import { beforeEach, describe, expect, test } from 'vitest';
import { MemoryFileSystem } from '../../../fakes/memory-file-system.ts';
import { Harness } from './harness.ts';

const PATH = '/logs/metrics_a.csv';
const HEADER = 'timestamp,cpu_usage,memory_usage,response_time,error_rate\n';
let fs: MemoryFileSystem;
let harness: Harness;

beforeEach(() => {
  fs = new MemoryFileSystem();
  harness = new Harness(fs, ['/logs']);
});

function text(path = PATH): string {
  return (harness.collector.bytes.get(path) ?? []).map((bytes) => bytes.toString('latin1')).join('|');
}

describe('growth', () => {
  test('a partial last line waits for its end', async () => {
    fs.append(PATH, 'a,1\nb,');
    await harness.poll();
    expect(text()).toBe('a,1\n');
    fs.append(PATH, '2\n');
    await harness.poll();
    expect(text()).toBe('a,1\n|b,2\n');
  });

  test('bytes pass through untouched: CRLF, BOM, NUL, binary and invalid UTF-8, split only at 0x0A', async () => {
    const bytes = Uint8Array.from([0xef, 0xbb, 0xbf, 0x61, 0x0d, 0x0a, 0x00, 0xff, 0xfe, 0x0d, 0x80, 0x0a, 0xe2, 0x82]);
    fs.append(PATH, bytes);
    await harness.finish();
    expect(Buffer.concat(harness.collector.bytes.get(PATH) ?? [])).toEqual(Buffer.from(bytes));
  });

  test('a block is never larger than the limit and always ends with a line', async () => {
    const lines = Array.from({ length: 3000 }, (_, i) => `${i},${'x'.repeat(i % 40)}`);
    fs.append(PATH, `${lines.join('\n')}\n`);
    await harness.poll();
    const blocks = harness.collector.bytes.get(PATH) ?? [];
    expect(blocks.length).toBeGreaterThan(10);
    expect(Math.max(...blocks.map((block) => block.length))).toBeLessThanOrEqual(4096);
    expect(blocks.every((block) => block.at(-1) === 0x0a)).toBe(true);
    expect(harness.collector.linesOf(PATH)).toEqual(lines);
  });

  test('a file that is not there yet, and a folder that fills later', async () => {
    harness = new Harness(fs, ['/later/only.dat', '/folder']);
    await harness.poll();
    expect(harness.collector.notices).toEqual([]);
    fs.append('/later/only.dat', 'x\n');
    fs.append('/folder/metrics_b.csv', 'y\n');
    await harness.poll();
    expect(text('/later/only.dat')).toBe('x\n');
    expect(text('/folder/metrics_b.csv')).toBe('y\n');
  });

  test('an unfinished line of many appends is not read again from its beginning each time', async () => {
    harness = new Harness(fs, ['/logs'], { blockBytes: 262_144, maxLineBytes: 1_048_576 });
    let readBytes = 0;
    const open = fs.open.bind(fs);
    fs.open = (path) => {
      const file = open(path);
      if (file === null) return null;
      const read = file.read.bind(file);
      file.read = (...args) => {
        const got = read(...args);
        readBytes += got;
        return got;
      };
      return file;
    };
    for (let i = 0; i < 200; i += 1) {
      fs.append(PATH, 'x'.repeat(1000));
      await harness.poll();
    }
    fs.append(PATH, '\nnext\n');
    await harness.poll();
    expect(harness.collector.linesOf(PATH)).toEqual(['x'.repeat(200_000), 'next']);
    // Read from the beginning each time it would be 20 MB.
    expect(readBytes).toBeLessThan(4_000_000);
  });
});

describe('lines that are too long', () => {
  test.each([0, 1, 4096, 16_383])(
    'a line over the limit is one issue, its neighbours are read (%i bytes before)',
    async (before) => {
      const first = 'b'.repeat(before);
      fs.append(PATH, `${first}\n${'x'.repeat(70_000)}\nlast\n`);
      await harness.poll();
      expect(harness.collector.linesOf(PATH)).toEqual([first, 'last']);
      expect(harness.collector.issues).toEqual([
        {
          path: PATH,
          offsetBytes: before + 1,
          code: 'line-too-long',
          message: 'expected lines of at most 16384 bytes, found one that is longer; it is skipped',
          excerpt: 'x'.repeat(120),
        },
      ]);
    },
  );

  test('a line of exactly the limit is read', async () => {
    fs.append(PATH, `${'x'.repeat(16_383)}\nlast\n`);
    await harness.poll();
    expect(harness.collector.linesOf(PATH)).toEqual(['x'.repeat(16_383), 'last']);
    expect(harness.collector.issues).toEqual([]);
  });

  test('the rest of a long line is skipped across appends and a restart', async () => {
    fs.append(PATH, 'y'.repeat(40_000));
    await harness.restart();
    fs.append(PATH, 'z'.repeat(40_000));
    await harness.poll();
    fs.append(PATH, '\nlast\n');
    await harness.poll();
    expect(harness.collector.linesOf(PATH)).toEqual(['last']);
    expect(harness.collector.issues).toHaveLength(1);
  });

  test('control characters of a long line are visible in its excerpt', async () => {
    fs.append(PATH, `\u001b[2J\u0007${'x'.repeat(20_000)}\n`);
    await harness.poll();
    expect(harness.collector.issues[0]?.excerpt.startsWith('␛[2J␇xx')).toBe(true);
  });
});

describe('rotation by renaming', () => {
  test.each([0, 8])('what was not read is read under the new name first (%i files held open)', async (maxOpenFiles) => {
    harness = new Harness(fs, ['/logs'], { maxOpenFiles });
    fs.append(PATH, 'a\n');
    await harness.poll();
    fs.append(PATH, 'b\nc');
    fs.rename(PATH, `${PATH}.1`);
    fs.append(PATH, 'd\n');
    await harness.poll();
    expect(harness.collector.linesOf(PATH)).toEqual(['a', 'b', 'c', 'd']);
    expect(harness.collector.typesOf(PATH)).toEqual(['file-found', 'file-rotated']);
    expect([...harness.collector.lines.keys()]).toEqual([PATH]);
  });

  test('two rotations between two looks lose nothing', async () => {
    fs.append(PATH, 'a\n');
    await harness.poll();
    fs.append(PATH, 'b\n');
    fs.rename(PATH, `${PATH}.1`);
    fs.append(PATH, 'c\n');
    fs.rename(`${PATH}.1`, `${PATH}.2`);
    fs.rename(PATH, `${PATH}.1`);
    fs.append(PATH, 'd\n');
    await harness.poll();
    expect(harness.collector.linesOf(PATH)).toEqual(['a', 'b', 'c', 'd']);
    expect(harness.collector.lostBytes).toBe(0);
  });

  test('the old file is followed as long as the new one is empty', async () => {
    fs.append(PATH, 'a\n');
    await harness.poll();
    const write = fs.writerOf(PATH);
    fs.rename(PATH, `${PATH}.1`);
    fs.append(PATH, '');
    write('b\nc');
    await harness.poll();
    expect(harness.collector.linesOf(PATH)).toEqual(['a', 'b']);
    write('1\n');
    fs.append(PATH, 'd\n');
    await harness.poll();
    expect(harness.collector.linesOf(PATH)).toEqual(['a', 'b', 'c1', 'd']);
  });

  test('another writer that turns to the new file later: its late lines count, for a while', async () => {
    fs.append(PATH, 'a\n');
    await harness.poll();
    const late = fs.writerOf(PATH);
    fs.rename(PATH, `${PATH}.1`);
    fs.append(PATH, 'b\n');
    await harness.poll();
    late('late\n');
    await harness.poll();
    expect(harness.collector.linesOf(PATH)).toEqual(['a', 'b', 'late']);
    expect(fs.openCount).toBe(2);
    harness.monotonicMs += 10_000;
    await harness.poll();
    expect(fs.openCount).toBe(1);
  });

  test('a file moved to another folder is read to its end when it is held open', async () => {
    fs.append(PATH, 'a\n');
    await harness.poll();
    fs.append(PATH, 'b\n');
    fs.rename(PATH, '/archive/old.csv');
    fs.append(PATH, 'c\n');
    await harness.poll();
    expect(harness.collector.linesOf(PATH)).toEqual(['a', 'b', 'c']);
  });

  test('a file that is a copy of the one read, and has grown, goes on where that one stood', async () => {
    const rows = Array.from({ length: 20 }, (_, i) => `2026-01-01T00:00:${i},1,2,3,4`).join('\n');
    fs.append(PATH, `${HEADER}${rows}\n`);
    await harness.poll();
    fs.copy(PATH, '/tmp/.incoming');
    fs.append('/tmp/.incoming', 'new\n');
    fs.remove(PATH);
    fs.rename('/tmp/.incoming', PATH);
    await harness.poll();
    expect(harness.collector.linesOf(PATH).slice(20)).toEqual([rows.split('\n')[19], 'new']);
    expect(harness.collector.typesOf(PATH)).toEqual(['file-found']);
  });

  test('rotated while rollwatch was not running', async () => {
    fs.append(PATH, 'a\n');
    await harness.restart();
    fs.append(PATH, 'b\n');
    fs.rename(PATH, `${PATH}.1`);
    fs.append(PATH, 'c\n');
    fs.rename(`${PATH}.1`, `${PATH}.2`);
    fs.rename(PATH, `${PATH}.1`);
    fs.append(PATH, 'd\n');
    await harness.poll();
    expect(harness.collector.linesOf(PATH)).toEqual(['a', 'b', 'c', 'd']);
    expect(harness.collector.lostBytes).toBe(0);
  });
});

describe('emptied, cut, removed', () => {
  test('copytruncate: the unfinished line is lost and counted, the rest is read once', async () => {
    fs.append(PATH, 'a\nb\nunfini');
    await harness.poll();
    fs.copy(PATH, `${PATH}.1`);
    fs.truncate(PATH);
    fs.append(PATH, 'c\n');
    await harness.poll();
    expect(harness.collector.linesOf(PATH)).toEqual(['a', 'b', 'c']);
    expect(harness.collector.lostBytes).toBe(6);
    expect(harness.collector.typesOf(PATH)).toEqual(['file-found', 'bytes-lost', 'file-rotated']);
  });

  test.each([
    ['past the old size', 'x,1\ny,2\nz,3\nlonger\n'],
    ['to the old size', 'x,1\ny,2\n'],
    ['below the old size', 'x,1\n'],
  ])('emptied and grown again %s', async (_name, content) => {
    fs.append(PATH, 'a,1\nb,2\n');
    await harness.poll();
    fs.truncate(PATH);
    fs.append(PATH, content);
    await harness.poll();
    expect(text()).toBe(`a,1\nb,2\n|${content}`);
    expect(harness.collector.typesOf(PATH)).toEqual(['file-found', 'file-rotated']);
  });

  test('cut at a line that was delivered: nothing is delivered again', async () => {
    fs.append(PATH, 'a\nb\nc\nd\n');
    await harness.poll();
    fs.truncate(PATH, 4);
    await harness.poll();
    fs.append(PATH, 'e\n');
    await harness.poll();
    expect(harness.collector.linesOf(PATH)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test('cut inside a line that was delivered: what follows up to the line end is no line', async () => {
    fs.append(PATH, 'a\nb\nccc\nd\n');
    await harness.poll();
    fs.truncate(PATH, 6);
    await harness.poll();
    fs.append(PATH, 'torn\ne\n');
    await harness.poll();
    expect(harness.collector.linesOf(PATH)).toEqual(['a', 'b', 'ccc', 'd', 'e']);
    expect(harness.collector.lostBytes).toBe(4);
  });

  test('removed and made anew, with the same inode or another', async () => {
    for (const reuse of [false, true]) {
      fs = new MemoryFileSystem(reuse);
      harness = new Harness(fs, ['/logs'], { maxOpenFiles: reuse ? 0 : 8 });
      fs.append(PATH, 'a\nb\n');
      await harness.poll();
      fs.remove(PATH);
      fs.append(PATH, 'c\nd\ne\n');
      await harness.poll();
      expect(harness.collector.linesOf(PATH)).toEqual(['a', 'b', 'c', 'd', 'e']);
    }
  });

  test('removed: what was written before is read from the file held open, then it is gone', async () => {
    fs.append(PATH, 'a\n');
    await harness.poll();
    fs.append(PATH, 'b\nc');
    fs.remove(PATH);
    await harness.poll();
    expect(harness.collector.linesOf(PATH)).toEqual(['a', 'b']);
    harness.monotonicMs += 2_000;
    await harness.poll();
    expect(harness.collector.linesOf(PATH)).toEqual(['a', 'b', 'c']);
    expect(harness.collector.typesOf(PATH)).toEqual(['file-found', 'file-gone']);
    expect(fs.openCount).toBe(0);
    fs.append(PATH, 'd\n');
    await harness.poll();
    expect(harness.collector.linesOf(PATH)).toEqual(['a', 'b', 'c', 'd']);
    expect(harness.collector.typesOf(PATH)).toEqual(['file-found', 'file-gone', 'file-found']);
  });

  test('removed without being held open: the loss is said, its size is not known', async () => {
    harness = new Harness(fs, ['/logs'], { maxOpenFiles: 0 });
    fs.append(PATH, 'a\n');
    await harness.poll();
    fs.remove(PATH);
    fs.append(PATH, 'b\n');
    await harness.poll();
    expect(harness.collector.linesOf(PATH)).toEqual(['a', 'b']);
    expect(harness.collector.lostBytes).toBeNull();
  });

  test.each(['a\n', 'a'])('an inode used again by another log is not taken for the old file (%j)', async (content) => {
    fs = new MemoryFileSystem(true);
    harness = new Harness(fs, ['/logs'], { maxOpenFiles: 0 });
    fs.append(PATH, content);
    await harness.poll();
    fs.remove(PATH);
    fs.append('/logs/metrics_b.csv', 'other\nrows\n');
    await harness.poll();
    harness.monotonicMs += 5_000;
    await harness.poll();
    expect(harness.collector.linesOf(PATH)).toEqual(content === 'a' ? [] : ['a']);
    expect(harness.collector.linesOf('/logs/metrics_b.csv')).toEqual(['other', 'rows']);
  });
});

describe('last lines without an end', () => {
  test('a recording: delivered at rest, and never twice', async () => {
    fs.append(PATH, 'a\nlast');
    fs.age(PATH, fs.nowMs - 3_600_000);
    await harness.poll();
    await harness.poll();
    expect(harness.collector.linesOf(PATH)).toEqual(['a', 'last']);
    fs.append(PATH, '\nb\n');
    await harness.poll();
    expect(harness.collector.linesOf(PATH)).toEqual(['a', 'last', 'b']);
    expect(harness.collector.lostBytes).toBe(0);
  });

  test('should it go on after all, the rest is lost and counted, also across a restart', async () => {
    fs.append(PATH, 'a\nlast');
    fs.age(PATH, fs.nowMs - 3_600_000);
    await harness.poll();
    await harness.restart();
    fs.append(PATH, ' rest\r\nb\n');
    await harness.poll();
    expect(harness.collector.linesOf(PATH)).toEqual(['a', 'last', 'b']);
    expect(harness.collector.lostBytes).toBe(5);
  });

  test('a live file keeps it, over a restart too', async () => {
    fs.append(PATH, 'a\nlas');
    await harness.restart();
    await harness.poll();
    expect(harness.collector.linesOf(PATH)).toEqual(['a']);
    fs.append(PATH, 't\n');
    await harness.poll();
    expect(harness.collector.linesOf(PATH)).toEqual(['a', 'last']);
  });
});
