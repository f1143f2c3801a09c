/** Each entry takes the database from the version of its index to the next; entries are never changed, only added. */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

  CREATE TABLE audit (
    seq INTEGER PRIMARY KEY, at_ms REAL NOT NULL, type TEXT NOT NULL, pipeline TEXT,
    body TEXT NOT NULL, previous_hash TEXT NOT NULL, hash TEXT NOT NULL
  ) STRICT;
  CREATE INDEX audit_by_pipeline ON audit (pipeline, seq);
  CREATE TRIGGER audit_keeps BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
  CREATE TRIGGER audit_stays BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;

  CREATE TABLE leases (
    target_id TEXT PRIMARY KEY, holder TEXT NOT NULL, token INTEGER NOT NULL, execution_id TEXT NOT NULL,
    at_ms REAL NOT NULL, released INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE plans (id TEXT PRIMARY KEY, deployment_id TEXT NOT NULL, body TEXT NOT NULL) STRICT;

  CREATE TABLE proposals (
    id TEXT PRIMARY KEY, plan_id TEXT NOT NULL, body TEXT NOT NULL, plan_body TEXT NOT NULL,
    opened_at_ms REAL NOT NULL, expires_at_ms REAL NOT NULL, held INTEGER NOT NULL,
    answer TEXT, answered_at_ms REAL, answered_by TEXT, answer_reason TEXT
  ) STRICT;
  CREATE UNIQUE INDEX one_open_proposal_per_plan ON proposals (plan_id) WHERE answer IS NULL;

  CREATE TABLE approvals (proposal_id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;

  CREATE TABLE executions (
    id TEXT PRIMARY KEY, plan_id TEXT NOT NULL, proposal_id TEXT NOT NULL UNIQUE, attempt INTEGER NOT NULL,
    state TEXT NOT NULL, dry_run INTEGER NOT NULL, started_at_ms REAL NOT NULL, body TEXT NOT NULL, owner TEXT,
    UNIQUE (plan_id, attempt)
  ) STRICT;
  CREATE INDEX executions_by_start ON executions (started_at_ms);
  CREATE INDEX executions_open ON executions (state)
    WHERE state IN ('planned', 'approved', 'leased', 'executing', 'verifying', 'unknown');

  CREATE TABLE deployments (
    id TEXT PRIMARY KEY, pipeline TEXT NOT NULL, at_ms REAL NOT NULL, body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX deployments_by_pipeline ON deployments (pipeline, at_ms);

  CREATE TABLE version_health (
    pipeline TEXT NOT NULL, version TEXT NOT NULL, deployed_at_ms REAL NOT NULL, healthy INTEGER NOT NULL,
    PRIMARY KEY (pipeline, version, deployed_at_ms)
  ) STRICT;

  CREATE TABLE human_decisions (deployment_id TEXT PRIMARY KEY, at_ms REAL NOT NULL) STRICT;

  CREATE TABLE engines (id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;

  CREATE TABLE answer_requests (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL, taken INTEGER NOT NULL, outcome TEXT
  ) STRICT;

  CREATE TABLE offsets (path TEXT PRIMARY KEY, checkpoint TEXT NOT NULL) STRICT;
  `,
  `
  CREATE TABLE group_runs (
    id TEXT PRIMARY KEY, ended INTEGER NOT NULL, started_at_ms REAL NOT NULL, body TEXT NOT NULL, owner TEXT NOT NULL
  ) STRICT;
  `,
];
