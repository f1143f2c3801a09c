import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

/** Bundles the bare program into one file, with a launcher that keeps compiled code as rollwatch's does; gives its path. */
export async function buildBare(root: string, folder: string): Promise<string> {
  await build({
    cwd: root,
    input: { bare: fileURLToPath(import.meta.resolve('./bare-app.tsx')) },
    platform: 'node',
    resolve: { alias: { 'react-devtools-core': join(root, 'scripts/bundle/empty-module.ts') } },
    transform: { target: 'node24', define: { 'process.env.NODE_ENV': '"production"' } },
    output: {
      dir: folder,
      format: 'esm',
      entryFileNames: '[name].mjs',
      charset: 'ascii',
      minify: true,
    },
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
