import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/**
 * The real lint configuration on deliberately bad files. A linter that checks nothing (a missing type-aware engine, a
 * glob that matches no file) is green too; here each file names the rules that must fire in it.
 */
const root = join(import.meta.dirname, '../..');
const canary = join(import.meta.dirname, 'canary/src');
let folder: string;
let fired: Map<string, Set<string>>;

interface Diagnostic {
  readonly filename: string;
  readonly code: string;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollwatch-canary-'));
  cpSync(canary, join(folder, 'src'), { recursive: true });
  for (const name of ['.oxlintrc.json', 'tsconfig.json', 'package.json']) cpSync(join(root, name), join(folder, name));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  fired = firedRules(lint());
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function lint(): readonly Diagnostic[] {
  try {
    execFileSync(join(root, 'node_modules/.bin/oxlint'), ['--format', 'json', 'src'], {
      cwd: folder,
      encoding: 'utf8',
    });
  } catch (error) {
    const output = JSON.parse((error as { stdout: string }).stdout) as { diagnostics: Diagnostic[] };
    return output.diagnostics;
  }
  return [];
}

function firedRules(diagnostics: readonly Diagnostic[]): Map<string, Set<string>> {
  const rules = new Map<string, Set<string>>();
  for (const { filename, code } of diagnostics) {
    const name = filename.replace(/^.*?src\//, '');
    const rule = code.replace(/^.*\((.*)\)$/, '$1');
    rules.set(name, (rules.get(name) ?? new Set()).add(rule));
  }
  return rules;
}

const files = readdirSync(canary, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));

describe('lint canary', () => {
  it('has bad files to lint', () => expect(files.length).toBeGreaterThan(12));

  it.each(files)('%s fires every rule it names', (name) => {
    const expected = /expect: (.*)/.exec(readFileSync(join(canary, name), 'utf8'))?.[1]?.split(' ') ?? [
      'nothing named',
    ];
    expect([...(fired.get(name) ?? [])]).toEqual(expect.arrayContaining(expected));
  });
});
