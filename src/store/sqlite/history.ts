import { canonicalJson } from '../../core/model/canonical-json.ts';
import type { Deployment } from '../../core/model/deployment.ts';
import type { ActHistory, PastRollback, PastVersion } from '../../core/model/history.ts';
import type { Execution } from '../../core/model/rollback.ts';
import type { ActStore } from '../../ports/store.ts';
import type { Connection } from './connection.ts';

type HistoryStore = Pick<
  ActStore,
  'saveDeployment' | 'recentDeployments' | 'recordHealth' | 'recordHumanDecision' | 'history'
>;

/** Longer than any cooldown, budget window or question about an earlier version. */
const REMEMBERED_MS = 90 * 24 * 3_600_000;

/** What happened before: input of the decision. Dry runs are not acts and are left out. */
export function createHistory(connection: Connection): HistoryStore {
  function rollbacks(nowMs: number): readonly PastRollback[] {
    const rows = connection
      .sql(
        `SELECT e.body, p.deployment_id FROM executions e JOIN plans p ON p.id = e.plan_id
         WHERE e.dry_run = 0 AND e.started_at_ms >= ? ORDER BY e.started_at_ms DESC`,
      )
      .all(nowMs - REMEMBERED_MS);
    return rows.map((row) => pastRollback(JSON.parse(String(row['body'])) as Execution, String(row['deployment_id'])));
  }

  function versions(nowMs: number): readonly PastVersion[] {
    const rows = connection
      .sql('SELECT * FROM version_health WHERE deployed_at_ms >= ? ORDER BY deployed_at_ms DESC')
      .all(nowMs - REMEMBERED_MS);
    return rows.map((row) => ({
      pipeline: String(row['pipeline']),
      version: String(row['version']),
      deployedAtMs: Number(row['deployed_at_ms']),
      healthy: row['healthy'] === 1,
    }));
  }

  function inFlight(): ActHistory['inFlight'] {
    const row = connection
      .sql(
        `SELECT e.body, l.holder FROM executions e LEFT JOIN leases l ON l.execution_id = e.id AND l.released = 0
         WHERE e.dry_run = 0 AND e.state IN ('planned', 'approved', 'leased', 'executing', 'verifying', 'unknown')
         ORDER BY e.started_at_ms LIMIT 1`,
      )
      .get();
    if (row === undefined) return null;
    const { pipeline, planId, by } = JSON.parse(String(row['body'])) as Execution;
    return { pipeline, planId, holder: typeof row['holder'] === 'string' ? row['holder'] : by.name };
  }

  function humanDecided(): readonly string[] {
    return connection
      .sql('SELECT deployment_id FROM human_decisions ORDER BY at_ms')
      .all()
      .map((row) => String(row['deployment_id']));
  }

  return {
    history: (nowMs) =>
      connection.read(() => ({
        rollbacks: rollbacks(nowMs),
        versions: versions(nowMs),
        inFlight: inFlight(),
        humanDecided: humanDecided(),
      })),

    saveDeployment(deployment) {
      connection.write(() =>
        connection
          .sql('INSERT OR REPLACE INTO deployments (id, pipeline, at_ms, body) VALUES (?, ?, ?, ?)')
          .run(deployment.id, deployment.pipeline, deployment.atMs, canonicalJson(deployment)),
      );
    },

    recentDeployments: (pipeline, limit) =>
      connection
        .read(() =>
          connection
            .sql('SELECT body FROM deployments WHERE pipeline = ? ORDER BY at_ms DESC, id LIMIT ?')
            .all(pipeline, limit),
        )
        .map((row) => JSON.parse(String(row['body'])) as Deployment),

    recordHealth(pipeline, version, deployedAtMs, healthy) {
      connection.write(() =>
        connection
          .sql('INSERT OR REPLACE INTO version_health VALUES (?, ?, ?, ?)')
          .run(pipeline, version, deployedAtMs, healthy ? 1 : 0),
      );
    },

    recordHumanDecision(deploymentId, atMs) {
      connection.write(() =>
        connection.sql('INSERT OR REPLACE INTO human_decisions VALUES (?, ?)').run(deploymentId, atMs),
      );
    },
  };
}

function pastRollback(execution: Execution, deploymentId: string): PastRollback {
  const { pipeline, fromVersion, toVersion, state } = execution;
  return { pipeline, deploymentId, fromVersion, toVersion, state, atMs: execution.endedAtMs ?? execution.startedAtMs };
}
