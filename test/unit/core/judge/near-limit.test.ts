import { describe, expect, it } from 'vitest';
import { NearLimit } from '../../../../src/core/judge/near-limit.ts';

/** Takes one sample per character, a minute apart: `n` is near. Writes what it says after each: `!` near, `.` not. */
function said(samples: string, needed: number, lasting: number): { marks: string; sinceMs: number } {
  const near = new NearLimit();
  const marks = Array.from(samples, (sample, i) => {
    near.take(i * 60_000, sample === 'n', needed, lasting);
    return near.now ? '!' : '.';
  });
  return { marks: marks.join(''), sinceMs: near.sinceMs };
}

describe('NearLimit', () => {
  it.each([
    ['begins with the first sample that is near', '..n..', 1, 2, '..!!.'],
    ['lasts as long after the last one, however often it flickers', 'n.n..n....', 1, 3, '!!!!!!!!..'],
    ['waits for as many in a row as a spike would echo', 'nnn.nnnn.', 4, 3, '.......!!'],
    ['says nothing of samples that are not near', '.....', 1, 3, '.....'],
  ])('%s', (_name, samples, needed, lasting, marks) => {
    expect(said(samples, needed, lasting).marks).toBe(marks);
  });

  it('knows since when, across flickers, and anew after it was over', () => {
    expect(said('.n.n', 1, 3).sinceMs).toBe(60_000);
    expect(said('.n.....n', 1, 3).sinceMs).toBe(420_000);
    expect(said('...', 1, 3).sinceMs).toBeNaN();
  });

  it('is as at first after a clear', () => {
    const near = new NearLimit();
    near.take(0, true, 1, 3);
    near.clear();
    expect([near.now, near.sinceMs]).toEqual([false, Number.NaN]);
  });
});
