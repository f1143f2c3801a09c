import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LABEL_DAYS, WARM_UP_CHANGES, readLabelled } from '../../../../src/app/risk/git-history.ts';
import { CHANGE_FEATURES } from '../../../../src/core/risk/change-features.ts';
import { countingDrivers } from '../../../../src/sources/git/path-rules.ts';
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

  it('counts as attributes say: a path that is called binary has no lines', async () => {
    const kinds = await yamlCounts('*.yaml -diff\n');
    expect(kinds.length).toBeGreaterThan(10);
    expect(new Set(kinds)).toEqual(new Set([null]));
  }, 60_000);

  it('leaves paths of a driver that chooses its own algorithm to git', async () => {
    const plain = await yamlCounts('');
    execFileSync('git', ['-C', repository, 'config', 'diff.mine.algorithm', 'patience']);
    try {
      expect(await countingDrivers(repository)).toEqual(new Set(['mine']));
      expect(await yamlCounts('*.yaml diff=mine\n')).toHaveLength(plain.length);
    } finally {
      execFileSync('git', ['-C', repository, 'config', '--unset', 'diff.mine.algorithm']);
    }
    expect(await yamlCounts('*.yaml diff=golang\n')).toEqual(plain);
  }, 120_000);
});

/** Added lines of every modified YAML file, under these attributes. */
async function yamlCounts(attributes: string): Promise<readonly (number | null)[]> {
  const info = join(repository, 'info');
  mkdirSync(info, { recursive: true });
  writeFileSync(join(info, 'attributes'), attributes);
  try {
    const seen: (number | null)[] = [];
    for await (const change of readChanges(repository, await readLandings(repository, 'HEAD'))) {
      for (const file of change.files) {
        if (file.newPath.endsWith('.yaml') && file.status === 'M') seen.push(file.added);
      }
    }
    return seen;
  } finally {
    rmSync(join(info, 'attributes'));
  }
}

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
    await expect(readLandings(repository, 'nowhere')).rejects.toThrow(/^There is no commit "nowhere" in /);
    await expect(readLandings(repository, '--all')).rejects.toThrow(/^There is no commit "--all" in /);
  });

  it('a repository without a commit', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollwatch-new-'));
    try {
      execFileSync('git', ['-C', folder, 'init', '--quiet']);
      await expect(readLandings(folder, 'HEAD')).rejects.toThrow(/: nothing was committed yet\.$/);
    } finally {
      rmSync(folder, { recursive: true });
    }
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

describe('readChanges refuses', () => {
  it('a clone without contents, and says what to do', async () => {
    const clone = mkdtempSync(join(tmpdir(), 'rollwatch-partial-'));
    try {
      execFileSync('git', ['-C', repository, 'config', 'uploadpack.allowFilter', 'true']);
      execFileSync('git', ['clone', '--quiet', '--bare', '--filter=blob:none', `file://${repository}`, clone]);
      const read = async (): Promise<number> => {
        let count = 0;
        for await (const change of readChanges(clone, await readLandings(clone, 'HEAD'))) count += change.files.length;
        return count;
      };
      const advice = `"git -C ${clone} fetch --refetch --no-filter"`;
      await expect(read()).rejects.toThrow(/^Object [0-9a-f]{40} is missing in /);
      await expect(read()).rejects.toThrow(advice);
      execFileSync('git', ['-C', clone, 'fetch', '--quiet', '--refetch', '--no-filter']);
      expect(await read()).toBeGreaterThan(500);
    } finally {
      rmSync(clone, { recursive: true });
    }
  }, 60_000);
});
