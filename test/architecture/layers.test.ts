import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

/** The dependency rule of the design, as a table: a layer may import itself and what is listed. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  parsers: ['core'],
  ports: ['core'],
  sources: ['core', 'parsers', 'ports'],
  platforms: ['core', 'ports'],
  notifiers: ['core', 'ports'],
  store: ['core', 'ports'],
  supervisor: ['core', 'ports'],
  config: ['core', 'parsers', 'ports', 'sources', 'platforms', 'notifiers', 'store'],
  app: ['core', 'parsers', 'ports', 'sources', 'platforms', 'notifiers', 'store', 'supervisor', 'config'],
  cli: ['core', 'parsers', 'ports', 'sources', 'platforms', 'notifiers', 'store', 'supervisor', 'config', 'app'],
  tui: ['core'],
  'main.ts': ['core', 'ports', 'config', 'app', 'cli', 'tui'],
};

const OUTSIDE_ALLOWED: Readonly<Record<string, readonly string[]>> = {
  core: ['simple-statistics', 'ml-random-forest'],
  parsers: [],
};

/** Layers of adapters: each folder stands alone beside a registry. */
const ADAPTER_LAYERS = new Set(['sources', 'platforms', 'notifiers', 'parsers']);

const src = join(import.meta.dirname, '../../src');
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));

interface Import {
  readonly from: string;
  readonly to: string;
}

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(join(src, file), 'utf8');
  const found = text.matchAll(/(?:from\s+|import\s+|import\()\s*'([^']+)'/g);
  return [...found].map((match) => ({ from: file, to: match[1]! }));
}

function inside({ from, to }: Import): string {
  return relative(src, join(src, dirname(from), to));
}

const all = files.flatMap(importsOf);
const internal = all.filter(({ to }) => to.startsWith('.'));
const external = all.filter(({ to }) => !to.startsWith('.'));
const layerOf = (path: string): string => path.split('/')[0]!;

describe('layers', () => {
  it('finds the imports it judges', () => {
    expect(internal.length).toBeGreaterThan(50);
    expect(files.map(layerOf).filter((layer) => !(layer in MAY_IMPORT))).toEqual([]);
  });

  it('import only downwards', () => {
    const broken = internal.filter((one) => {
      const [own, other] = [layerOf(one.from), layerOf(inside(one))];
      return own !== other && !MAY_IMPORT[own]?.includes(other);
    });
    expect(broken).toEqual([]);
  });

  it('keep core and parsers free of the outside', () => {
    const broken = external.filter(({ from, to }) => {
      const allowed = OUTSIDE_ALLOWED[layerOf(from)];
      return allowed !== undefined && !allowed.includes(to);
    });
    expect(broken).toEqual([]);
  });

  it('keep the screen to the words and the session', () => {
    const seen = internal.filter(({ from }) => layerOf(from) === 'tui').map(inside);
    expect(seen.filter((path) => !/^(tui|core\/(model|session))\//.test(path))).toEqual([]);
  });

  it('keep adapters apart from each other', () => {
    const broken = internal.filter((one) => {
      const [own, other] = [one.from.split('/'), inside(one).split('/')];
      const adapters = ADAPTER_LAYERS.has(own[0]!) && own[0] === other[0] && own.length > 2 && other.length > 2;
      return adapters && own[1] !== other[1];
    });
    expect(broken).toEqual([]);
  });
});
