import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addSilence, endSilence, readSilences } from '../../../src/app/silence.ts';
import { silenceAt } from '../../../src/core/decide/silence.ts';
import { openStateDir, type StateDir } from '../../../src/store/state-dir.ts';
import { alice, removeDir, temporaryDir } from '../../fakes/act-bench.ts';

let dir: StateDir;
beforeEach(() => {
  dir = openStateDir({ path: temporaryDir(), shared: true });
});
afterEach(() => removeDir(dir.path));

const request = { pipeline: 'check*', forMs: 60_000, reason: 'load test', by: alice };

describe('a silence', () => {
  it('holds for its pipelines until it is over or ended', () => {
    const { id } = addSilence(dir, request, 1000);
    const read = readSilences(dir, 2000);
    expect(read).toMatchObject([{ id, pipeline: 'check*', untilMs: 61_000, reason: 'load test', by: 'alice' }]);
    expect(silenceAt('checkout', 2000, read)?.id).toBe(id);
    expect(silenceAt('search', 2000, read)).toBeNull();
    expect(silenceAt('checkout', 61_000, read)).toBeNull();
    expect(readSilences(dir, 61_000)).toEqual([]);
    expect(endSilence(dir, id, 2000)).toMatchObject({ id });
    expect(endSilence(dir, id, 2000)).toBeNull();
    expect(readSilences(dir, 2000)).toEqual([]);
  });

  it.each([
    [{ reason: ' ' }, 'needs a reason'],
    [{ forMs: 0 }, 'at most 30 days'],
    [{ forMs: 31 * 86_400_000 }, 'at most 30 days'],
    [{ forMs: Number.NaN }, 'at most 30 days'],
  ])('is refused with %o', (change, text) => {
    expect(() => addSilence(dir, { ...request, ...change }, 0)).toThrow(text);
  });

  it('of an unreadable file silences nothing, and patterns are no regular expressions', () => {
    writeFileSync(join(dir.path, 'silences.json'), '{{');
    expect(readSilences(dir, 0)).toEqual([]);
    const of = (pipeline: string) => [{ id: 'x', pipeline, untilMs: 9, reason: '', by: '', atMs: 0 }];
    expect(silenceAt('a.b', 1, of('a.b'))).not.toBeNull();
    expect(silenceAt('axb', 1, of('a.b'))).toBeNull();
    expect(silenceAt('axb', 1, of('a?b'))).not.toBeNull();
  });
});
