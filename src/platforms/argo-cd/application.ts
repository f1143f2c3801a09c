import type { AppNaming } from './call.ts';

interface Operation {
  readonly sync?: { readonly revision?: string; readonly revisions?: readonly string[] };
}

interface Source {
  readonly targetRevision?: string;
  readonly helm?: { readonly parameters?: readonly { readonly name?: string; readonly value?: string }[] };
}

/** An entry of an application's history: one sync. */
export interface HistoryEntry {
  readonly id: number;
  readonly revision?: string;
  readonly revisions?: readonly string[];
  readonly deployedAt?: string;
  readonly source?: Source;
  readonly sources?: readonly Source[];
  readonly initiatedBy?: { readonly username?: string; readonly automated?: boolean };
}

/** What is read of an Application. */
export interface Application {
  readonly metadata: { readonly name: string; readonly uid: string; readonly resourceVersion?: string };
  readonly spec: {
    readonly project?: string;
    readonly syncPolicy?: { readonly automated?: { readonly enabled?: boolean; readonly selfHeal?: boolean } | null };
  };
  /** Asked for, and not begun yet. */
  readonly operation?: Operation;
  readonly status?: {
    readonly history?: readonly HistoryEntry[];
    readonly health?: { readonly status?: string };
    readonly operationState?: {
      readonly phase?: string;
      readonly message?: string;
      readonly startedAt?: string;
      readonly operation?: Operation;
    };
  };
}

/** The history, newest first. */
export function historyOf({ status }: Application): readonly HistoryEntry[] {
  return (status?.history ?? []).toSorted((a, b) => b.id - a.id);
}

/** The version of an entry; null where it states none. */
export function versionOf(entry: HistoryEntry, naming: AppNaming): string | null {
  const source = entry.source ?? entry.sources?.[0];
  if (naming.source === 'revision') return entry.revision ?? entry.revisions?.[0] ?? null;
  if (naming.source !== 'parameter') return source?.targetRevision ?? null;
  const wanted = naming.name;
  return source?.helm?.parameters?.find(({ name }) => name === wanted)?.value ?? null;
}

/** Whether an entry is of a version as it is written in the plan: a commit may be shortened to seven digits or more. */
export function isVersion(entry: HistoryEntry, wanted: string | null, naming: AppNaming): boolean {
  const version = versionOf(entry, naming);
  if (version === null || wanted === null) return false;
  if (version === wanted) return true;
  return naming.source === 'revision' && /^[0-9a-f]{7,40}$/.test(wanted) && version.startsWith(wanted);
}

/** Auto-sync is on: Argo CD refuses a rollback then, and would undo it. */
export function autoSyncIsOn({ spec }: Application): boolean {
  const automated = spec.syncPolicy?.automated;
  return automated !== undefined && automated !== null && automated.enabled !== false;
}

/** A sync is under way or asked for. */
export function isBusy({ operation, status }: Application): boolean {
  const phase = status?.operationState?.phase;
  return operation !== undefined || phase === 'Running' || phase === 'Terminating';
}
