/**
 * Makes the files a new adapter or detector needs and its one registry line:
 * `npm run create-adapter -- <detector|parser|source|platform> <kebab-name>`.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { KINDS, type AdapterKind } from './adapter-templates/kinds.ts';

const USAGE = `usage: create-adapter <${Object.keys(KINDS).join('|')}> <kebab-name> [--root DIR]`;

const { positionals, values } = parseArgs({ allowPositionals: true, options: { root: { type: 'string' } } });
const root = values.root ?? join(import.meta.dirname, '..');
const [kindName, name = '', ...rest] = positionals;
const kinds: Readonly<Record<string, AdapterKind>> = KINDS;
const kind = kindName === undefined ? undefined : kinds[kindName];
if (kind === undefined || name === '' || rest.length > 0) fail(USAGE);
if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) fail(`"${name}" is not a kebab-case name, such as half-space-trees`);

const identifier = name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
const files = kind.files(name, identifier);
const registryPath = join(root, kind.registry);
const taken = Object.keys(files).filter((path) => existsSync(join(root, path)));
if (taken.length > 0) fail(`already there: ${taken.join(', ')}`);

const registry = withEntry(readFileSync(registryPath, 'utf8'));
for (const [path, text] of Object.entries(files)) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
writeFileSync(registryPath, registry);
console.log([...Object.keys(files), `${kind.registry} (one line and its import)`].join('\n'));

/** The registry's source with the import and the entry, each in front of its closing line. */
function withEntry(source: string): string {
  const key = identifier === name ? name : `'${name}': ${identifier}`;
  const lines = source.split('\n');
  const lastImport = lines.findLastIndex((line) => line.startsWith('import '));
  const end = lines.findIndex((line) => /^} (as const )?satisfies Record/.test(line));
  if (lastImport < 0 || end < 0) fail(`${registryPath} has no "} satisfies Record<…>" line to put the entry before`);
  lines.splice(end, 0, `  ${key},`);
  lines.splice(lastImport + 1, 0, `import { ${identifier} } from '${kind!.importPath(name)}';`);
  return lines.join('\n');
}

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}
