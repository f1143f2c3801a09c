import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aggregateChanges } from '../../../../../src/core/risk/history/aggregate.ts';
import type { Change } from '../../../../../src/core/risk/history/change.ts';
import { ChangeHistory } from '../../../../../src/core/risk/history/change-history.ts';
import { roundHalfEven } from '../../../../../src/core/risk/history/half-even.ts';
import { landingOrder } from '../../../../../src/core/risk/history/landing.ts';
import { Outcomes } from '../../../../../src/core/risk/history/outcomes.ts';
import {
  bareSubject,
  countBodyLines,
  quotedSubject,
  revertedHashes,
  saysFix,
  saysPlanned,
} from '../../../../../src/core/risk/history/wording-patterns.ts';

const DAY_S = 86_400;

function change(index: number, extra: Partial<Change> = {}): Change {
  return {
    hash: String(index).padStart(40, '0'),
    authoredAtS: index * 3600,
    landedAtS: index * 3600 + 600,
    author: 'a@x',
    committer: 'a@x',
    zoneOffsetS: 7200,
    subject: `Change ${index}`,
    body: '',
    files: [{ status: 'M', oldPath: 'src/a.ts', newPath: 'src/a.ts', added: 3, deleted: 1 }],
    ...extra,
  };
}

function run(changes: readonly Change[]) {
  const history = new ChangeHistory(changes.map((one) => one.hash));
  const outcomes = new Outcomes();
  for (const one of changes) outcomes.add(one, history.next(one));
  return outcomes;
}

describe('landingOrder', () => {
  const commit = (hash: string, committedAtS: number, ...parents: string[]) => ({ hash, committedAtS, parents });

  it('lets what a merge brings land with the merge, in its own order', () => {
    const commits = [
      commit('m', 500, 'b', 'y'),
      commit('y', 90, 'x'),
      commit('x', 80, 'a'),
      commit('b', 200, 'a'),
      commit('a', 10),
    ];
    expect(landingOrder(commits, 'm')).toEqual([
      { hash: 'a', landedAtS: 10 },
      { hash: 'b', landedAtS: 200 },
      { hash: 'x', landedAtS: 500 },
      { hash: 'y', landedAtS: 500 },
    ]);
  });

  it('never goes back in time, but for a clock that is off by months', () => {
    const commits = [commit('c', 40 * DAY_S), commit('b', 100 * DAY_S), commit('d', 99 * DAY_S)];
    const chain = [
      { ...commits[1]!, parents: [] },
      { ...commits[2]!, parents: ['b'] },
      { ...commits[0]!, parents: ['d'] },
    ];
    expect(landingOrder(chain, 'c').map((landing) => landing.landedAtS / DAY_S)).toEqual([100, 100, 40]);
  });
});

describe('a history', () => {
  it('links a revert to what it undoes, and lets only later changes know', () => {
    const hash = change(1).hash;
    const outcomes = run([
      change(1),
      change(2, { author: 'b@x' }),
      change(3, { subject: 'Revert "Change 1"', body: `This reverts commit ${hash}.` }),
      change(4),
      change(24 * 20),
    ]);
    const rows = outcomes.labelled(14);
    expect(rows.map((row) => row.hash)).not.toContain(change(3).hash);
    expect(
      rows.map((row) => [row.features.author_reverts, row.features.file_reverts, row.features.prev_is_revert]),
    ).toEqual([
      [0, 0, 0],
      [0, 0, 0],
      [1, 1, 1],
      [1, 1, 0],
    ]);
    expect(rows[0]).toMatchObject({ reverted: true, revertedAfterH: 2 });
    expect(rows[1]).toMatchObject({ reverted: false, revertedAfterH: null });
    expect(rows[3]!.reverted).toBeNull();
  });

  it('measures size, kinds of files and the clock', () => {
    const files = [
      { status: 'A', oldPath: 'docs/x.md', newPath: 'docs/x.md', added: 8, deleted: 0 },
      { status: 'R', oldPath: 'a', newPath: 'tests/b', added: 0, deleted: 8 },
      { status: 'M', oldPath: 'logo.png', newPath: 'logo.png', added: null, deleted: null },
      { status: 'M', oldPath: 'conf.yaml', newPath: 'conf.yaml', added: 0, deleted: 0 },
    ];
    const row = run([change(7, { files })]).labelled(14)[0]!;
    expect(row.features).toMatchObject({
      la: 8,
      ld: 8,
      nf: 4,
      nd: 3,
      ns: 3,
      entropy: 1,
      n_added: 1,
      n_renamed: 1,
      n_binary: 1,
      frac_test: 0.25,
      frac_doc: 0.25,
      frac_conf: 0.25,
      n_ext: 4,
      hour_utc: 7,
      hour_local: 9,
      dow: 3,
      age_d: -1,
      author_idle_d: -1,
    });
  });

  it('takes the history of a file along with its name', () => {
    const moved = [{ status: 'R', oldPath: 'src/a.ts', newPath: 'lib/b.ts', added: 0, deleted: 0 }];
    const later = [{ status: 'M', oldPath: 'lib/b.ts', newPath: 'lib/b.ts', added: 1, deleted: 0 }];
    const rows = run([change(1), change(2), change(3, { files: moved }), change(4, { files: later })]).labelled(1);
    expect(rows[3]!.features).toMatchObject({ file_hot: 3, nuc: 3, lt: 4 });
  });
});

describe('the aggregate of a deployment', () => {
  it('of one change is that change', () => {
    const [row] = run([change(1)]).labelled(14);
    expect(aggregateChanges([row!])).toEqual(row!.features);
  });

  it('adds sizes up and takes the riskiest and least experienced', () => {
    const rows = run([change(1), change(2), change(3, { author: 'new@x' })]).labelled(14);
    expect(aggregateChanges(rows)).toMatchObject({ la: 9, nf: 3, exp: 0, ndev: 1, hour_utc: 3 });
  });
});

describe('what messages say', () => {
  it.each([
    ['Fix the door', true],
    ['prefix the door', false],
    ['unfixé', false],
    ['fixé', false],
    ['é fix', true],
  ])('%s: a fix? %s', (subject, fix) => expect(saysFix(subject)).toBe(fix));

  it.each([
    ['Depool db1', true],
    ['pooling', false],
    ['temporarily raise', true],
    ['contemporary', false],
  ])('%s: planned? %s', (subject, planned) => expect(saysPlanned(subject)).toBe(planned));

  it('finds what is reverted, by hash and by subject', () => {
    expect(revertedHashes('This reverts commit abcdef1234.\nreverts commit 0123456')).toEqual([
      'abcdef1234',
      '0123456',
    ]);
    expect(quotedSubject('[x] Revert "Add "this" é"')).toBe('Add "this" é');
    expect(quotedSubject('Revert it')).toBeNull();
    expect(bareSubject('  Add é (#12) ')).toBe('Add é');
    expect(countBodyLines('a\n\n  \nChange-Id: x\nb')).toBe(2);
  });
});

describe('roundHalfEven', () => {
  it.each([
    [0.125, 2, 0.12],
    [0.375, 2, 0.38],
    [2.675, 2, 2.67],
    [1.005, 2, 1],
    [-0.125, 2, -0.12],
    [5, 3, 5],
  ])('%d to %d decimals is %d', (value, decimals, rounded) => expect(roundHalfEven(value, decimals)).toBe(rounded));

  it('is never further away than half a unit', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e5, max: 1e5, noNaN: true }), (value) => {
        expect(Math.abs(roundHalfEven(value, 3) - value)).toBeLessThanOrEqual(0.0005 + 1e-9);
      }),
    );
  });
});
