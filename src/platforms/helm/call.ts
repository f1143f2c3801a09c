import type { KubeAt } from '../kube-client.ts';

/** The argument of a step's process. */
export interface HelmCall {
  readonly at: KubeAt;
  /** Absolute path. */
  readonly helm: string;
  readonly release: string;
  readonly versionFrom: 'app-version' | 'chart-version';
  readonly hooks: boolean;
  readonly waitMs: number;
  readonly versions: { readonly from: string | null; readonly to: string | null };
  readonly act: 'rollback' | 'version' | 'serving' | 'facts';
}
