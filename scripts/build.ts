/** Bundles the program into dist/: the command line, the supervisor and the screen as chunks of one ESM build. */
import { build } from 'esbuild';
import { rmSync } from 'node:fs';

const root = new URL('..', import.meta.url).pathname;

rmSync(`${root}dist`, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: {
    rollwatch: 'src/main.ts',
    supervisor: 'src/supervisor/main.ts',
    'lstm-worker': 'src/app/train-lstm/worker-main.ts',
    'count-worker': 'src/sources/git/counting/worker-main.ts',
    'platform-step': 'src/platforms/step-main.ts',
  },
  outdir: 'dist',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: true,
  chunkNames: 'chunk-[name]-[hash]',
  platform: 'node',
  format: 'esm',
  target: 'node24',
  minify: true,
  keepNames: true,
  sourcemap: 'linked',
  sourcesContent: false,
  alias: { 'react-devtools-core': './scripts/empty-module.ts' },
  define: { 'process.env.NODE_ENV': '"production"' },
  banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
  logLevel: 'warning',
});
