import { createIngest } from '../../src/app/ingest.ts';
import { DEFAULT_ANALYSIS, DEFAULT_POLICY } from '../../src/config/defaults.ts';
import { PipelineJudge } from '../../src/core/judge/pipeline-judge.ts';
import { specOf } from '../../src/core/series/metric-spec.ts';
import { createFileSource } from '../../src/sources/file/index.ts';
import type { Counted } from './contenders.ts';

const HISTORY_ROWS = 7200;

/** Reads a log with the real source, parser, series, detectors (threshold and z-score) and judge, up to a verdict. */
export async function judgeFile(path: string): Promise<Counted> {
  const judges = new Map<string, PipelineJudge>();
  const nowMs = (): number => Date.now();
  let rows = 0;
  const ingest = createIngest({
    onRows(pipeline, batch) {
      rows += batch.rowCount;
      let judge = judges.get(pipeline);
      if (judge === undefined) {
        const settings = { pipeline, analysis: DEFAULT_ANALYSIS, policy: DEFAULT_POLICY, metrics: specOf };
        judge = new PipelineJudge(settings, { replayed: false, historyRows: HISTORY_ROWS });
        judges.set(pipeline, judge);
      }
      judge.take(batch, nowMs(), 'backfill');
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
  const clock = { nowMs, monotonicMs: () => performance.now() };
  const source = createFileSource({ paths: [path], clock, once: true });
  await source.start(ingest);
  await source.stop();
  let anomalies = 0;
  for (const judge of judges.values()) {
    judge.settle(nowMs());
    const { sampleCount } = judge.verdict(nowMs());
    if (sampleCount === 0) throw new Error('no verdict');
    for (const metric of judge.board.all) anomalies += metric.anomalies?.length ?? 0;
  }
  if (anomalies === 0) throw new Error('the spikes in the log were not found');
  return { rows, anomalies };
}
