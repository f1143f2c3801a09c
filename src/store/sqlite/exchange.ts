import { canonicalJson } from '../../core/model/canonical-json.ts';
import type { EngineBeat } from '../../ports/process-mark.ts';
import type { AnswerRequest, ExchangeStore, RequestOutcome } from '../../ports/store.ts';
import type { Connection } from './connection.ts';

/** Who is watching, and answers handed over from another shell. */
export function createExchange(connection: Connection): ExchangeStore {
  return {
    beat(engine) {
      // Lost with the power, like the engine itself.
      connection.writeLazily(() =>
        connection.sql('INSERT OR REPLACE INTO engines (id, body) VALUES (?, ?)').run(engine.id, canonicalJson(engine)),
      );
    },

    endBeat(engineId) {
      connection.writeLazily(() => connection.sql('DELETE FROM engines WHERE id = ?').run(engineId));
    },

    engines: () =>
      connection
        .read(() => connection.sql('SELECT body FROM engines ORDER BY id').all())
        .map((row) => JSON.parse(String(row['body'])) as EngineBeat),

    requestAnswer(request) {
      connection.write(() =>
        connection
          .sql('INSERT INTO answer_requests (id, body, taken) VALUES (?, ?, 0)')
          .run(request.id, canonicalJson(request)),
      );
    },

    takeAnswerRequests(mine = () => true) {
      const waiting = connection.read(() => connection.sql('SELECT 1 FROM answer_requests WHERE taken = 0').get());
      // Polled often: the write lock is taken only when there is something to take.
      if (waiting === undefined) return [];
      return connection.write(() => {
        const rows = connection.sql('SELECT body FROM answer_requests WHERE taken = 0 ORDER BY number').all();
        const requests = rows.map((row) => JSON.parse(String(row['body'])) as AnswerRequest).filter(mine);
        for (const { id } of requests) connection.sql('UPDATE answer_requests SET taken = 1 WHERE id = ?').run(id);
        return requests;
      });
    },

    settleAnswerRequest(id, outcome) {
      connection.write(() =>
        connection.sql('UPDATE answer_requests SET outcome = ? WHERE id = ?').run(canonicalJson(outcome), id),
      );
    },

    answerRequestOutcome(id) {
      const row = connection.read(() => connection.sql('SELECT outcome FROM answer_requests WHERE id = ?').get(id));
      const outcome = row?.['outcome'];
      return typeof outcome === 'string' ? (JSON.parse(outcome) as RequestOutcome) : null;
    },
  };
}
