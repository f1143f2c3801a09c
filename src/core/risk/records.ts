import { memberProposals } from '../model/group-proposal.ts';
import type { StampedEvent } from '../session/event.ts';
import type { Dataset } from './dataset.ts';

/** A deployment this rollwatch watched, with what became of it. */
interface DeploymentRecord {
  readonly pipeline: string;
  readonly version: string;
  readonly atMs: number;
  readonly features: Readonly<Record<string, number>>;
  /** Null while nobody knows. */
  bad: boolean | null;
}

/** A deployment whose outcome is known. */
export interface NamedRecord extends DeploymentRecord {
  readonly bad: boolean;
}

const ROLLED_BACK = new Set(['done', 'restored-unhealthy', 'unverified']);

/**
 * The data set of what happened here, oldest first: deployments with announced features, bad when they were rolled back
 * (by rollwatch, not in a dry run, or by hand) or judged Failed, good when their analysis ended Successful.
 *
 * Deployments that nobody judged are left out, and so are features that not all of the others have.
 *
 * @param events in the order recorded
 */
export function recordsDataset(events: readonly StampedEvent[]): Dataset {
  const rows = pastDeployments(events);
  const names = Object.keys(rows[0]?.features ?? {}).filter((name) => rows.every((row) => name in row.features));
  return {
    features: names.map((name) => ({ name, kind: 'number' })),
    rowCount: rows.length,
    columns: names.map((name) => Float64Array.from(rows, (row) => row.features[name]!)),
    labels: Uint8Array.from(rows, (row) => Number(row.bad)),
    atMs: Float64Array.from(rows, (row) => row.atMs),
  };
}

/** The deployments with announced features whose outcome is known, oldest first; `events` in the order recorded. */
export function pastDeployments(events: readonly StampedEvent[]): readonly NamedRecord[] {
  return [...gather(events).values()]
    .flatMap((record) => (record.bad === null ? [] : [{ ...record, bad: record.bad }]))
    .sort((a, b) => a.atMs - b.atMs);
}

function gather(events: readonly StampedEvent[]): ReadonlyMap<string, DeploymentRecord> {
  const records = new Map<string, DeploymentRecord>();
  /** Deployment of each proposal: an execution names only its proposal. */
  const proposed = new Map<string, string>();
  const settle = (id: string | null | undefined, bad: boolean): void => {
    const record = id === null || id === undefined ? undefined : records.get(id);
    // Once bad, always bad: after a rollback the same deployment may look healthy again.
    if (record !== undefined) record.bad = record.bad === true || bad;
  };
  for (const { event } of events) {
    switch (event.type) {
      case 'deployment-observed': {
        const { id, pipeline, version, atMs, features, origin } = event.deployment;
        if (features !== null && origin !== 'rollback' && !records.has(id))
          records.set(id, { pipeline, version, atMs, features, bad: null });
        break;
      }
      case 'verdict-changed':
        if (event.verdict.phase === 'Failed') settle(event.verdict.deploymentId, true);
        if (event.verdict.phase === 'Successful') settle(event.verdict.deploymentId, false);
        break;
      case 'proposal-opened':
        proposed.set(event.proposal.id, event.proposal.deploymentId);
        for (const one of memberProposals(event.proposal)) proposed.set(one.id, one.deploymentId);
        break;
      case 'execution-changed':
        if (!event.execution.dryRun && ROLLED_BACK.has(event.execution.state)) {
          settle(proposed.get(event.execution.proposalId), true);
        }
        break;
      case 'human-rollback':
      case 'external-rollback':
        settle(event.deploymentId, true);
        break;
      case 'answer-refused':
      case 'config-trusted':
      case 'decision-made':
      case 'group-changed':
      case 'halted':
      case 'proposal-closed':
      case 'proposal-held':
      case 'proposal-seconded':
      case 'resumed':
      case 'session-ended':
      case 'session-started':
      case 'silence-ended':
      case 'silenced':
        break;
    }
  }
  return records;
}
