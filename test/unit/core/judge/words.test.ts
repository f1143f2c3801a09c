import { describe, expect, it } from 'vitest';
import { evidencePhrase, verdictText, type VerdictWords } from '../../../../src/core/judge/words.ts';
import type { VerdictReason } from '../../../../src/core/model/verdict.ts';
import { EVIDENCE } from '../../../builders/deciding.ts';
import { deployment, T0 } from '../../../builders/judging.ts';

const WORDS: VerdictWords = {
  phase: 'Failed',
  reason: 'anomaly',
  atMs: T0 + 300_000,
  freshness: 'live',
  deployment: deployment(),
  evidence: [{ ...EVIDENCE, inARow: 3 }],
  blamed: 1,
  persistence: 3,
  vetoed: [],
  samples: 24,
  minimumSamples: 10,
  analysisMs: 7_200_000,
  warmUpUntilMs: T0 + 60_000,
  lastMs: T0 + 290_000,
  intervalMs: 10_000,
  aheadMs: 7_200_000,
  traffic: { metric: 'requests', perMinute: 12.4, minimumPerMinute: 50 },
  failedFromMs: T0 + 120_000,
  cleanSinceMs: T0 + 240_000,
  sharedWith: ['search', 'payments', 'mailer'],
  error: 'unknown detector "x"; known: threshold, zscore',
};

const NONE = { count: 0, successful: 0, failed: 0, inconclusive: 0, error: 0 };
const LIMITS = { message: 'Metric "x" assessed', dryRun: NONE };

describe('verdictText', () => {
  it.each([
    [{}, 'failed: response_time 912 ms (limit 600), 3 in a row since 12:02:00Z'],
    [
      {
        blamed: 52,
        evidence: [EVIDENCE, { ...EVIDENCE, metric: 'error_rate', unit: 'percent', observed: 4.8, limit: 2 }],
      },
      'failed: response_time 912 ms (limit 600), error_rate 4.8 % (limit 2) and 50 more, 10 in a row since 12:02:00Z',
    ],
    [
      { freshness: 'recorded' },
      'failed: response_time 912 ms (limit 600), 3 in a row since 12:02:00Z (recorded, as of 12:04:50Z)',
    ],
    [{ freshness: 'replayed' }, 'failed: response_time 912 ms (limit 600), 3 in a row since 12:02:00Z (replay)'],
    [
      { deployment: deployment({ origin: 'inferred' }) },
      'failed: response_time 912 ms (limit 600), 3 in a row since 12:02:00Z; no deployment was announced',
    ],
    [
      { phase: 'Successful' },
      'response_time 912 ms (limit 600), 3 in a row since 12:02:00Z, after the analysis: not blamed on the deployment',
    ],
    [{ reason: 'no-data' }, 'no samples yet'],
    [{ phase: 'NoData', reason: 'stale', freshness: 'stale' }, 'no data since 12:04:50Z (usually every 10 s)'],
    [
      { phase: 'NoData', reason: 'future-dated', freshness: 'future' },
      "timestamps are 2 h ahead of this box's clock: not judged",
    ],
    [{ reason: 'analysis-error' }, 'cannot be judged: unknown detector "x"; known: threshold, zscore'],
    [{ reason: 'warming-up', atMs: T0 + 20_000 }, 'warming up, judged from 40 s on'],
    [{ reason: 'warming-up' }, 'waiting for the first sample after the deployment'],
    [{ reason: 'too-few-samples', samples: 8, evidence: [] }, 'watching, 8 of 10 samples'],
    [
      { reason: 'too-few-samples', samples: 8 },
      'watching, 8 of 10 samples; response_time 912 ms (limit 600), 3 in a row',
    ],
    [{ reason: 'too-little-traffic', evidence: [] }, 'too little traffic: requests 12.4/min, needs 50/min'],
    [
      { reason: 'no-baseline', evidence: [] },
      'within its limits; no samples from before the deployment, absolute limits only',
    ],
    [{ reason: 'watching', phase: 'Running' }, 'watching, 1 min of 2 h without failure'],
    [{ reason: 'healthy', phase: 'Successful', atMs: T0 + 7_300_000 }, 'healthy, 2 h after the deployment'],
    [
      { reason: 'anomaly-pending', phase: 'Running', evidence: [{ ...EVIDENCE, inARow: 2 }] },
      'response_time 912 ms (limit 600), 2 of 3 in a row',
    ],
    [
      {
        reason: 'near-limit',
        phase: 'Running',
        evidence: [{ ...EVIDENCE, inARow: 0, score: 0.824 }, EVIDENCE, EVIDENCE],
      },
      'response_time 912 ms, 0.82 of what would be too high and 2 more',
    ],
    [
      {
        reason: 'near-limit',
        phase: 'Running',
        evidence: [{ ...EVIDENCE, inARow: 0, score: 0.999, direction: 'low' }],
      },
      'response_time 912 ms, 0.99 of what would be too low',
    ],
    [
      { reason: 'near-limit', phase: 'Running', evidence: [{ ...EVIDENCE, inARow: 0, score: 1.5 }] },
      'response_time 912 ms (limit 600) until a moment ago',
    ],
    [
      { reason: 'limits', phase: 'Error', limits: { ...LIMITS, phase: 'Error' } },
      'Metric "x" assessed: it stopped reporting',
    ],
    [
      { reason: 'limits', phase: 'Inconclusive', limits: { ...LIMITS, phase: 'Inconclusive' } },
      'Metric "x" assessed: its measurements prove nothing',
    ],
    [
      { reason: 'near-limit', phase: 'Running', evidence: [{ ...EVIDENCE, inARow: 1 }] },
      'response_time 912 ms (limit 600), 1 of 3 in a row',
    ],
    [
      { reason: 'too-few-samples', samples: 8, evidence: [{ ...EVIDENCE, inARow: 0, score: 0.8 }] },
      'watching, 8 of 10 samples; response_time 912 ms, 0.80 of what would be too high',
    ],
    [
      { reason: 'shared-cause' },
      'shared cause: search, payments and 1 more failed at the same time; response_time 912 ms (limit 600), 3 in a row since 12:02:00Z',
    ],
    [{ reason: 'recovered', phase: 'Running' }, 'recovered 12:04:00Z, had failed since 12:02:00Z'],
    [{ reason: 'at-peers', common: ['cpu_usage'] }, 'cpu_usage as bad where v2 was not deployed: not blamed'],
    [{ reason: 'bad-before', vetoed: ['cpu_usage'] }, 'cpu_usage bad before the deployment: not blamed'],
  ] as const)('%j', (change, text) => {
    expect(verdictText({ ...WORDS, ...(change as Partial<VerdictWords>) })).toBe(text);
  });

  it('rule 16: never prints control characters of a metric or a pipeline', () => {
    const hostile = 'a\u001b[2Jb';
    const reasons: readonly VerdictReason[] = [
      'anomaly',
      'shared-cause',
      'near-limit',
      'bad-before',
      'too-little-traffic',
    ];
    for (const reason of reasons) {
      const text = verdictText({
        ...WORDS,
        reason,
        evidence: [{ ...EVIDENCE, metric: hostile }],
        vetoed: [hostile],
        sharedWith: [hostile],
        traffic: { metric: hostile, perMinute: Number.NaN, minimumPerMinute: 1 },
      });
      expect(text).not.toContain('\u001b');
    }
  });
});

describe('evidencePhrase', () => {
  it('names what was passed: the limit, else what was expected', () => {
    expect(evidencePhrase({ ...EVIDENCE, observed: 180 })).toBe('response_time 180 ms (expected 100–140)');
    expect(evidencePhrase({ ...EVIDENCE, observed: 180, expected: null, limit: null })).toBe('response_time 180 ms');
    expect(
      evidencePhrase({ ...EVIDENCE, metric: 'free', unit: 'bytes', observed: 1e9, limit: 2e9, direction: 'low' }),
    ).toBe('free 954 MB (limit 1.86 GB)');
  });
});
