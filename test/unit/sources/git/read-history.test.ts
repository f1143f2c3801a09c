import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LABEL_DAYS, WARM_UP_CHANGES, readLabelled } from '../../../../src/app/risk/git-history.ts';
import { CHANGE_FEATURES } from '../../../../src/core/risk/change-features.ts';
import { attributesRuleDiff } from '../../../../src/sources/git/attributes.ts';
import { readChanges, readLandings } from '../../../../src/sources/git/read-history.ts';
import { makeSampleRepository } from '../../../fakes/sample-repository.ts';

const root = new URL('../../../../', import.meta.url).pathname;
let repository = '';
beforeAll(() => {
  repository = makeSampleRepository(900, 5);
}, 60_000);
afterAll(() => rmSync(repository, { recursive: true, force: true }));

describe('the features of a history', () => {
  it('equal those of the executable definition, row by row', async () => {
    // Written by the definition's own program on this very repository. "?" = it depends there on the order of a set,
    // where two subsystems were changed equally often.
    const [header, ...expected] = readFileSync(`${root}test/fixtures/risk/sample-repository-900-5.csv`, 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split(','));
    const labelled = await readLabelled(repository, 'HEAD', LABEL_DAYS, () => undefined);
    const rows = labelled.filter((change) => change.place >= WARM_UP_CHANGES && change.reverted !== null);
    expect(rows.length).toBe(expected.length);
    rows.forEach((change, i) => {
      const found: Record<string, number | string | null> = {
        commit: change.hash.slice(0, 12),
        landed_at: change.landedAtS,
        ...change.features,
        planned: Number(change.planned),
        revert_h: change.revertedAfterH,
        y: Number(change.reverted),
      };
      for (const [column, name] of header!.entries()) {
        const wanted = expected[i]![column]!;
        if (wanted === '?') continue;
        const value = name === 'commit' ? wanted : wanted === '' ? null : Number(wanted);
        expect(found[name], `${name} of ${change.hash}`).toBe(value);
      }
    });
    expect(header!.slice(2, -3)).toEqual([...CHANGE_FEATURES]);
  }, 60_000);

  it('use nothing of what landed later: cutting the history changes no earlier row', async () => {
    const landings = await readLandings(repository, 'HEAD');
    const middle = landings[Math.floor(landings.length * 0.7)]!.hash;
    const all = await readLabelled(repository, 'HEAD', LABEL_DAYS, () => undefined);
    const early = await readLabelled(repository, middle, LABEL_DAYS, () => undefined);
    const byHash = new Map(all.map((change) => [change.hash, change.features]));
    expect(early.length).toBeGreaterThan(400);
    for (const change of early) expect(byHash.get(change.hash)).toEqual(change.features);
  }, 60_000);
});

describe('readChanges', () => {
  it("counts lines as git's own diff does", async () => {
    const landings = (await readLandings(repository, 'HEAD')).slice(0, 250);
    for await (const change of readChanges(repository, landings)) {
      const out = execFileSync('git', ['-C', repository, 'show', '--numstat', '--format=', '-M', change.hash], {
        encoding: 'utf8',
      });
      const counts = out
        .split('\n')
        .filter((line) => line !== '')
        .map((line) =>
          line
            .split('\t')
            .slice(0, 2)
            .map((text) => (text === '-' ? null : Number(text))),
        );
      expect(
        change.files.map((file) => [file.added, file.deleted]),
        change.hash,
      ).toEqual(counts);
    }
  }, 120_000);

  it('leaves counting to git where attributes say what is text', async () => {
    expect(await attributesRuleDiff(repository)).toBe(false);
    const info = join(repository, 'info');
    execFileSync('mkdir', ['-p', info]);
    writeFileSync(join(info, 'attributes'), '*.yaml -diff\n');
    try {
      expect(await attributesRuleDiff(repository)).toBe(true);
      const landings = await readLandings(repository, 'HEAD');
      const seen: (number | null)[] = [];
      for await (const change of readChanges(repository, landings)) {
        for (const file of change.files)
          if (file.newPath.endsWith('.yaml') && file.status === 'M') seen.push(file.added);
      }
      expect(seen.length).toBeGreaterThan(10);
      expect(new Set(seen)).toEqual(new Set([null]));
    } finally {
      rmSync(join(info, 'attributes'));
    }
  }, 60_000);
});

describe('readLandings refuses', () => {
  it('a folder that is no repository', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollwatch-empty-'));
    try {
      await expect(readLandings(folder, 'HEAD')).rejects.toThrow(/not a git repository/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('an unknown revision, also one that looks like an option', async () => {
    await expect(readLandings(repository, 'nowhere')).rejects.toThrow(/rev-parse in .* failed/);
    await expect(readLandings(repository, '--all')).rejects.toThrow(/rev-parse in .* failed/);
  });

  it('a shallow clone', async () => {
    const clone = mkdtempSync(join(tmpdir(), 'rollwatch-shallow-'));
    try {
      execFileSync('git', ['clone', '--quiet', '--bare', '--depth', '3', `file://${repository}`, clone]);
      await expect(readLandings(clone, 'HEAD')).rejects.toThrow(/shallow clone/);
    } finally {
      rmSync(clone, { recursive: true });
    }
  });
});
