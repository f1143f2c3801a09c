import type { Findings } from '../../core/model/findings.ts';

/** What one of those that are asked has found; parts that are absent are empty. */
export type Partly = Partial<
  Pick<Findings, 'left' | 'doubts' | 'lookedAt' | 'versions' | 'forward'> & { readonly external: Findings['external'] }
>;
