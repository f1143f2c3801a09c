import { canonicalJson } from '../../core/model/canonical-json.ts';
import type { GroupRun } from '../../core/model/group-run.ts';
import type { ProcessMark } from '../../ports/process-mark.ts';
import type { GroupStore } from '../../ports/store.ts';
import type { Connection } from './connection.ts';
import { isConflict } from './sqlite-errors.ts';

/** Group rollbacks, each written by the one process that has it in hand. */
export function createGroups(connection: Connection): GroupStore {
  function beginGroup(run: GroupRun, owner: ProcessMark): boolean {
    return connection.write(() => {
      try {
        connection
          .sql('INSERT INTO group_runs (id, ended, started_at_ms, body, owner) VALUES (?, ?, ?, ?, ?)')
          .run(run.id, endedOf(run), run.startedAtMs, canonicalJson(run), canonicalJson(owner));
        return true;
      } catch (error) {
        if (isConflict(error)) return false;
        throw error;
      }
    });
  }

  function saveGroup(run: GroupRun, owner: ProcessMark): boolean {
    const { changes } = connection.write(() =>
      connection
        .sql('UPDATE group_runs SET ended = ?, body = ? WHERE id = ? AND owner = ?')
        .run(endedOf(run), canonicalJson(run), run.id, canonicalJson(owner)),
    );
    return Number(changes) === 1;
  }

  function adoptGroup(id: string, from: ProcessMark, to: ProcessMark): boolean {
    const { changes } = connection.write(() =>
      connection
        .sql('UPDATE group_runs SET owner = ? WHERE id = ? AND owner = ?')
        .run(canonicalJson(to), id, canonicalJson(from)),
    );
    return Number(changes) === 1;
  }

  return {
    beginGroup,
    saveGroup,
    adoptGroup,
    group(id) {
      const row = connection.read(() => connection.sql('SELECT body FROM group_runs WHERE id = ?').get(id));
      return row === undefined ? null : runOf(row);
    },
    unfinishedGroups: () =>
      connection
        .read(() =>
          connection.sql('SELECT body, owner FROM group_runs WHERE ended = 0 ORDER BY started_at_ms, id').all(),
        )
        .map((row) => ({ run: runOf(row), owner: JSON.parse(String(row['owner'])) as ProcessMark })),
    recentGroups: (limit) =>
      connection
        .read(() =>
          connection.sql('SELECT body FROM group_runs ORDER BY started_at_ms DESC, id DESC LIMIT ?').all(limit),
        )
        .map(runOf),
  };
}

function runOf(row: Readonly<Record<string, unknown>>): GroupRun {
  return JSON.parse(String(row['body'])) as GroupRun;
}

function endedOf({ endedAtMs }: GroupRun): number {
  return endedAtMs === null ? 0 : 1;
}
