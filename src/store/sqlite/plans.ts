import { canonicalJson } from '../../core/model/canonical-json.ts';
import type { Plan } from '../../core/model/rollback.ts';
import type { ActStore } from '../../ports/store.ts';
import type { Connection } from './connection.ts';

/** Plans by id; saving one again keeps the newer steps. */
export function createPlans(connection: Connection): Pick<ActStore, 'savePlan' | 'plan'> {
  return {
    savePlan(plan: Plan): void {
      connection.write(() =>
        connection
          .sql(
            `INSERT INTO plans (id, deployment_id, body) VALUES (?1, ?2, ?3)
             ON CONFLICT (id) DO UPDATE SET deployment_id = ?2, body = ?3`,
          )
          .run(plan.id, plan.deploymentId, canonicalJson(plan)),
      );
    },

    plan(id: string): Plan | null {
      const row = connection.read(() => connection.sql('SELECT body FROM plans WHERE id = ?').get(id));
      return row === undefined ? null : (JSON.parse(String(row['body'])) as Plan);
    },
  };
}
