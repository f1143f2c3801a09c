import { detectorFiles } from './detector.ts';
import { parserFiles } from './parser.ts';
import { platformFiles } from './platform.ts';
import { sourceFiles } from './source.ts';

/** What `create-adapter` writes for one kind. */
export interface AdapterKind {
  readonly registry: string;
  readonly importPath: (name: string) => string;
  /** Path from the root → text. The code compiles and fails its contract suite until it is written. */
  readonly files: (name: string, identifier: string) => Readonly<Record<string, string>>;
}

/** Every kind by the word on the command line. */
export const KINDS = {
  detector: {
    registry: 'src/core/detectors/registry.ts',
    importPath: (name) => `./${name}/${name}.ts`,
    files: detectorFiles,
  },
  parser: { registry: 'src/parsers/registry.ts', importPath: (name) => `./${name}/index.ts`, files: parserFiles },
  source: { registry: 'src/sources/registry.ts', importPath: (name) => `./${name}/index.ts`, files: sourceFiles },
  platform: { registry: 'src/platforms/registry.ts', importPath: (name) => `./${name}/index.ts`, files: platformFiles },
} as const satisfies Record<string, AdapterKind>;
