import type { MetricSource } from '../ports/metric-source.ts';
import { createFileSource } from './file/index.ts';
import type { FileSourceOptions } from './file/index.ts';

/** An entry of the registry: what a source is called, what it is, and how it is made. */
export interface SourceKind<Options> {
  readonly name: string;
  /** One sentence for help and docs. */
  readonly text: string;
  create(options: Options): MetricSource;
}

/** Every source there is, by the name of its folder. */
export const SOURCES = {
  file: {
    name: 'file',
    text: 'Metric logs in files: folders, patterns or single files, followed as they grow.',
    create: (options: FileSourceOptions) => createFileSource(options),
  },
} satisfies Record<string, SourceKind<never>>;
