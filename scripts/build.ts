/** Bundles the program into dist/, in few files: each costs a start more than the bytes in it. */
import { rmSync } from 'node:fs';
import { build, type ChunkingContext } from 'rolldown';
import { leanScreen } from './bundle/lean-screen.ts';

const root = new URL('..', import.meta.url).pathname;

/** What is loaded together, and by what; a module that several need is in the first. All else is split by itself. */
const PARTS: readonly (readonly [string, readonly string[]])[] = [
  ['commands', ['src/cli/run.ts', 'src/cli/commands/watch.ts']],
  ['engine', ['src/app/watch/index.ts', 'src/store/sqlite/index.ts']],
  ['screen', ['src/tui/index.tsx']],
];

const entries = new Map<string, ReadonlySet<string>>();

/** The part of a module, or null. */
function partOf(id: string, context: ChunkingContext): string | null {
  if (entries.size === 0) for (const [name, roots] of PARTS) entries.set(name, staticImports(roots, context));
  return PARTS.find(([name]) => entries.get(name)?.has(id))?.[0] ?? null;
}

/** All modules that are loaded with these, themselves included. */
function staticImports(roots: readonly string[], context: ChunkingContext): ReadonlySet<string> {
  const found = new Set(roots.map((path) => root + path));
  for (const id of found) for (const imported of context.getModuleInfo(id)?.importedIds ?? []) found.add(imported);
  return found;
}

rmSync(`${root}dist`, { recursive: true, force: true });
await build({
  cwd: root,
  input: {
    rollwatch: 'src/main.ts',
    supervisor: 'src/supervisor/main.ts',
    'lstm-worker': 'src/app/train-lstm/worker-main.ts',
    'count-worker': 'src/sources/git/counting/worker-main.ts',
    'platform-step': 'src/platforms/step-main.ts',
  },
  platform: 'node',
  // Nobody imports the entries; that leaves the parts free to export what they need of each other.
  preserveEntrySignatures: false,
  resolve: {
    alias: {
      'react-devtools-core': `${root}scripts/bundle/empty-module.ts`,
      'object-hash': `${root}scripts/bundle/object-hash.ts`,
    },
  },
  transform: {
    target: 'node24',
    define: { 'process.env.NODE_ENV': '"production"' },
    inject: { 'Intl.Segmenter': [`${root}src/tui/format/segmenter.ts`, 'Segmenter'] },
  },
  plugins: [leanScreen(root)],
  output: {
    dir: 'dist',
    format: 'esm',
    entryFileNames: '[name].mjs',
    chunkFileNames: 'chunk-[name]-[hash].mjs',
    codeSplitting: { groups: [{ name: partOf, debugName: 'parts' }], includeDependenciesRecursively: false },
    // A text in one byte per character is read and kept at half the cost.
    charset: 'ascii',
    minify: true,
    sourcemap: true,
    sourcemapExcludeSources: true,
  },
});
