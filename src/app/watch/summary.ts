import { mostSerious, outcomeOf, type Outcome } from '../../core/session/outcome.ts';
import type { Snapshot } from '../../core/session/snapshot.ts';
import type { StampedEvent } from '../../core/session/event.ts';
import type { FileProgress } from '../ingest.ts';

/** The last line of a headless run. */
export interface Summary {
  readonly type: 'summary';
  readonly files: readonly {
    readonly path: string;
    readonly rows: number;
    readonly badLines: number;
    readonly bytes: number;
    readonly lostBytes: number;
  }[];
  /** Changes of verdict, and decisions, in this run. */
  readonly verdicts: number;
  readonly decisions: number;
}

/** Counts what a run does. */
export function createTally(): {
  readonly count: (stamped: StampedEvent) => void;
  readonly summary: (files: readonly FileProgress[]) => Summary;
} {
  let [verdicts, decisions] = [0, 0];
  return {
    count({ event }) {
      if (event.type === 'verdict-changed') verdicts += 1;
      if (event.type === 'decision-made') decisions += 1;
    },
    summary: (files) => ({
      type: 'summary',
      files: files.map(({ path, rows, badLines, bytes, lostBytes }) => ({ path, rows, badLines, bytes, lostBytes })),
      verdicts,
      decisions,
    }),
  };
}

/** How a run ended, over all pipelines; without any pipeline there is no data. */
export function outcomeOfRun(snapshot: Snapshot): Outcome {
  if (snapshot.pipelines.length === 0) return 'inconclusive';
  return mostSerious(
    snapshot.pipelines.map(({ pipeline, verdict, decision }) => {
      const execution = snapshot.executions.find((one) => one.pipeline === pipeline) ?? null;
      return outcomeOf({ phase: verdict.phase, decision: decision?.kind ?? null, execution });
    }),
  );
}
