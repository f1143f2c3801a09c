import { build } from 'esbuild';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Bundles the bare program as rollwatch is bundled, with a launcher that does what rollwatch's does; gives its path. */
export async function buildBare(root: string, folder: string): Promise<string> {
  await build({
    absWorkingDir: root,
    entryPoints: { bare: fileURLToPath(import.meta.resolve('./bare-app.tsx')) },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    jsx: 'automatic',
    minify: true,
    keepNames: true,
    alias: { 'react-devtools-core': './scripts/empty-module.ts' },
    define: { 'process.env.NODE_ENV': '"production"' },
    banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
    logLevel: 'warning',
  });
  const launcher = join(folder, 'launch.cjs');
  writeFileSync(
    launcher,
    [
      "process.env.NODE_ENV = 'production';",
      `require('module').enableCompileCache(${JSON.stringify(join(folder, 'compiled'))});`,
      `import(${JSON.stringify(join(folder, 'bare.mjs'))});`,
      '',
    ].join('\n'),
  );
  return launcher;
}
