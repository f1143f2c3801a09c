import { createIngest, type Ingest } from '../../src/app/ingest.ts';
import { DEFAULT_ANALYSIS, DEFAULT_POLICY } from '../../src/config/defaults.ts';
import { PipelineJudge } from '../../src/core/judge/pipeline-judge.ts';
import type { RowBatch } from '../../src/core/model/sample.ts';
import { specOf } from '../../src/core/series/metric-spec.ts';

const HISTORY_ROWS = 7200;

/** What takes blocks and makes verdicts of them: parser, series, detectors (threshold and z-score) and judge. */
export interface Verdicts {
  readonly ingest: Ingest;
  /** Settles every verdict; gives how many values were found anomalous. */
  settle(): number;
}

/** Puts the stages behind a source together; `onJudged` hears of every batch once its verdict is made. */
export function createVerdicts(onJudged: (batch: RowBatch) => void): Verdicts {
  const judges = new Map<string, PipelineJudge>();
  const nowMs = (): number => Date.now();
  const ingest = createIngest({
    onRows(pipeline, batch, { backfill }) {
      let judge = judges.get(pipeline);
      if (judge === undefined) {
        const settings = { pipeline, analysis: DEFAULT_ANALYSIS, policy: DEFAULT_POLICY, metrics: specOf };
        judge = new PipelineJudge(settings, { replayed: false, historyRows: HISTORY_ROWS });
        judges.set(pipeline, judge);
      }
      judge.take(batch, nowMs(), backfill ? 'backfill' : 'live');
      onJudged(batch);
    },
    onDeployment: () => undefined,
    onIssue: (issue) => {
      throw new Error(issue.message);
    },
    onNotice: () => undefined,
    parserStates: null,
    nowMs,
    defaultZoneOffsetMinutes: 0,
  });
  return {
    ingest,
    settle() {
      let anomalies = 0;
      for (const judge of judges.values()) {
        judge.settle(nowMs());
        if (judge.verdict(nowMs()).sampleCount === 0) throw new Error('no verdict');
        for (const metric of judge.board.all) anomalies += metric.anomalies?.length ?? 0;
      }
      return anomalies;
    },
  };
}
