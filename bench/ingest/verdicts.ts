import { createEngine } from '../../src/app/engine/index.ts';
import type { EngineInput } from '../../src/app/engine/index.ts';
import { createIngest, type Ingest } from '../../src/app/ingest.ts';
import { DEFAULT_ANALYSIS, DEFAULT_POLICY } from '../../src/config/defaults.ts';
import type { RowBatch } from '../../src/core/model/sample.ts';
import type { PipelineView } from '../../src/core/session/snapshot.ts';
import { emptySession } from '../../src/core/session/state.ts';
import { specOf } from '../../src/core/series/metric-spec.ts';
import { PlanError } from '../../src/ports/platform.ts';

const HISTORY_ROWS = 7200;

/** What takes blocks and makes verdicts of them: parser, series, detectors (threshold and z-score), judge, decision. */
export interface Verdicts {
  readonly ingest: Ingest;
  /** Everything that was there has been read: the pipelines with their verdicts. */
  settle(): readonly PipelineView[];
}

/** Puts the real stages behind a source together; `onJudged` hears of every batch once its verdict is made. */
export function createVerdicts(onJudged: (batch: RowBatch) => void): Verdicts {
  const nowMs = (): number => Date.now();
  const engine = createEngine({
    settings: (pipeline) => ({ pipeline, analysis: DEFAULT_ANALYSIS, policy: DEFAULT_POLICY, metrics: specOf }),
    ability: () => ({ configured: false, hasVersionReader: false, hasVerify: false }),
    plan: () => {
      throw new PlanError('nothing is rolled back in a benchmark');
    },
    risk: () => null,
    hash: (text) => text,
    replayed: false,
    historyRows: HISTORY_ROWS,
  });
  const take = (input: EngineInput): void => void engine.advance(input);
  const ingest = createIngest({
    onRows(pipeline, batch, { path, backfill }) {
      take({ type: 'rows', nowMs: nowMs(), path, pipeline, batch, backfill });
      onJudged(batch);
    },
    onDeployment: (deployment) => take({ type: 'deployment', nowMs: nowMs(), deployment }),
    onIssue: (issue) => {
      throw new Error(issue.message);
    },
    onNotice: (notice) => {
      if (notice.type === 'caught-up') take({ type: 'caught-up', nowMs: nowMs() });
    },
    parserStates: null,
    nowMs,
    defaultZoneOffsetMinutes: 0,
  });
  return {
    ingest,
    settle: () => engine.snapshot(nowMs(), emptySession([], []), { pipeline: null, metric: null }).pipelines,
  };
}
