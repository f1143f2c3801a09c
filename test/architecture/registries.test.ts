import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Every registry equals the folders beside it, and every folder explains itself. */
const REGISTRIES = ['core/detectors', 'parsers', 'sources', 'platforms', 'store'] as const;
const src = join(import.meta.dirname, '../../src');

/** Folders of `sources` that read something other than metrics and are therefore not in its registry. */
const NOT_METRICS = new Set(['git']);

async function registryKeys(place: string): Promise<readonly string[]> {
  const module = (await import(join(src, place, 'registry.ts'))) as Record<string, unknown>;
  const registries = Object.values(module).filter((value) => typeof value === 'object' && value !== null);
  expect(registries).toHaveLength(1);
  return Object.keys(registries[0]!).toSorted();
}

function folders(place: string): readonly string[] {
  return readdirSync(join(src, place), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !NOT_METRICS.has(entry.name))
    .map((entry) => entry.name)
    .toSorted();
}

describe.each(REGISTRIES)('%s', (place) => {
  it('has a registry that equals its folders', async () => {
    expect(await registryKeys(place)).toEqual(folders(place));
  });

  it('has a README in every folder', () => {
    expect(folders(place).filter((name) => !existsSync(join(src, place, name, 'README.md')))).toEqual([]);
  });
});
