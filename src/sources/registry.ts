import type { MetricSource } from '../ports/metric-source.ts';
import { file } from './file/index.ts';

/** An entry of the registry: what a source is called, what it is, and how it is made. */
export interface SourceKind<Options> {
  readonly name: string;
  /** One sentence for help and docs. */
  readonly text: string;
  create(options: Options): MetricSource;
}

/** Every source there is, by the name of its folder. */
export const sources = {
  file,
} as const satisfies Record<string, SourceKind<never>>;
