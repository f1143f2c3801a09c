import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KINDS } from '../../scripts/adapter-templates/kinds.ts';

const root = join(import.meta.dirname, '../..');
let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'rollwatch-adapter-'));
  for (const name of ['src', 'tsconfig.json', 'package.json'])
    cpSync(join(root, name), join(copy, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

function create(kind: string, name: string): string {
  const script = join(root, 'scripts/create-adapter.ts');
  return execFileSync(process.execPath, [script, kind, name, '--root', copy], { encoding: 'utf8', stdio: 'pipe' });
}

describe('create-adapter', () => {
  it.each(Object.keys(KINDS))('makes the files of a %s and its one registry line', (kind) => {
    const printed = create(kind, 'brand-new').trim().split('\n');
    expect(printed.slice(0, -1).filter((path) => !existsSync(join(copy, path)))).toEqual([]);
    const registry = readFileSync(join(copy, printed.at(-1)!.split(' ')[0]!), 'utf8');
    expect(registry).toContain("'brand-new': brandNew,");
    expect(registry).toMatch(/import \{ brandNew \} from '\.\/brand-new\/.*';/);
  });

  it('makes code that compiles', { timeout: 180_000 }, () => {
    const { stdout } = spawnSync(join(root, 'node_modules/.bin/tsc'), ['-p', '.'], { cwd: copy, encoding: 'utf8' });
    expect(stdout).toBe('');
  });

  it('refuses what is there already and names that are none', () => {
    expect(() => create('detector', 'threshold')).toThrow('already there');
    expect(() => create('detector', 'Not_Kebab')).toThrow('kebab-case');
    expect(() => create('gadget', 'x')).toThrow('usage');
  });
});
