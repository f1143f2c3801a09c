/** How the version of a deployment is told from an entry of the application's history. */
export type AppNaming =
  { readonly source: 'revision' | 'target-revision' } | { readonly source: 'parameter'; readonly name: string };

/** The argument of a step's process. The token is not in it: it comes from the environment or a file. */
export interface ArgoCdCall {
  readonly server: string;
  readonly application: string;
  readonly appNamespace: string | null;
  /** UID of the Application: another one of the same name is refused. */
  readonly uid: string;
  readonly naming: AppNaming;
  readonly prune: boolean;
  readonly tokenEnv: string;
  readonly tokenFile: string | null;
  readonly pollMs: number;
  readonly versions: { readonly from: string | null; readonly to: string | null };
  readonly act: 'auto-sync-off' | 'rollback' | 'version' | 'serving' | 'facts';
}
