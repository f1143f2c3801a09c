import { describe, expect, it } from 'vitest';
import {
  NOW_MS,
  deployment,
  execution,
  failedPipeline,
  pipeline,
  proposal,
  risk,
  silenced,
  snapshot,
  verdict,
} from '../../../fakes/snapshots.ts';
import { groupProposal, groupRun } from '../../../fakes/group-snapshots.ts';
import { verdictLine } from '../../../../src/tui/views/verdict-line.ts';
import { fleetItems, onlyHolds } from '../../../../src/tui/views/pipeline-look.ts';
import type { PipelineView, Snapshot } from '../../../../src/core/session/snapshot.ts';

function look(view: PipelineView, change: Partial<Snapshot> = {}): string | undefined {
  return fleetItems(snapshot({ pipelines: [view], ...change }))[0]?.look;
}

describe('the look of a pipeline', () => {
  it.each([
    ['healthy', { phase: 'Successful', reason: 'healthy' }],
    ['healthy', { phase: 'Running', reason: 'healthy' }],
    ['watching', { phase: 'Running', reason: 'watching' }],
    ['watching', { phase: 'Pending', reason: 'warming-up' }],
    ['watching', { phase: 'Inconclusive', reason: 'too-little-traffic' }],
    ['warning', { phase: 'Running', reason: 'near-limit' }],
    ['anomaly', { phase: 'Running', reason: 'anomaly-pending' }],
    ['anomaly', { phase: 'Running', reason: 'bad-before' }],
    ['failed', { phase: 'Failed', reason: 'anomaly' }],
    ['failed', { phase: 'Error', reason: 'analysis-error' }],
    ['no-data', { phase: 'NoData', reason: 'no-data' }],
  ] as const)('is %s for %j', (expected, change) => {
    expect(look(pipeline('p', { verdict: verdict('p', change) }))).toBe(expected);
  });

  it.each([
    [true, 'holds: watching, 10 min of 2 h without failure', 'not-yet', 0.04],
    [true, 'holds: healthy', 'healthy', 0.04],
    [false, 'holds: HIGH risk, 78 %, but no failure: risk alone never rolls back', 'not-yet', 0.78],
    [false, 'holds: the question expired unanswered', 'proposal-expired', 0.04],
  ] as const)('%s that only the verdict holds: %s', (expected, text, reason, probability) => {
    const decision = { ...silenced(pipeline('p')).decision!, text, reason };
    const watching = verdict('p', {
      phase: 'Running',
      reason: 'watching',
      text: 'watching, 42 min of 2 h without failure',
    });
    expect(onlyHolds(pipeline('p', { decision, risk: risk(probability), verdict: watching }))).toBe(expected);
  });

  it('is never healthy without fresh data', () => {
    expect(look(pipeline('p', { freshness: 'stale' }))).toBe('no-data');
    expect(look(pipeline('p', { freshness: 'future' }))).toBe('no-data');
  });

  it('follows the act, and how it ended', () => {
    const view = failedPipeline();
    expect(look(view, { executions: [execution()] })).toBe('rolling-back');
    expect(look(view, { executions: [execution({ state: 'unknown' })] })).toBe('failed');
    expect(
      look(pipeline('checkout', { deployment: deployment('checkout', 'v412', 'v411', 6) }), {
        executions: [execution({ state: 'unverified' })],
      }),
    ).toBe('failed');
    const back = { ...deployment('checkout', 'v411', 'v412', 0), origin: 'rollback' } as const;
    expect(look(pipeline('checkout', { deployment: back }), { executions: [execution({ state: 'done' })] })).toBe(
      'rolled-back',
    );
  });

  it('forgets the act on an earlier deployment, and what was only a dry run', () => {
    const newer = pipeline('checkout', { deployment: { ...deployment('checkout', 'v413', 'v411', 0), atMs: NOW_MS } });
    expect(look(newer, { executions: [execution({ state: 'failed' })] })).toBe('healthy');
    expect(look(pipeline('checkout'), { executions: [execution({ state: 'done', dryRun: true })] })).toBe('healthy');
  });

  it('puts a group rollback that stands still before everything else, for each of its services', () => {
    const run = groupRun(groupProposal());
    const views = ['stock', 'web', 'other'].map((name) => pipeline(name));
    const items = fleetItems(snapshot({ pipelines: views, groups: [run] }));
    expect(items.map(({ attention, group }) => [attention, group?.name ?? null])).toEqual([
      [0, 'shop'],
      [0, 'shop'],
      [9, null],
    ]);
    const line = verdictLine(items[0]!, NOW_MS, 'own');
    expect(line.map(({ text }) => text).join('')).toBe('held · group shop: one made another worse');
    const over = { ...run, hold: null, endedAtMs: NOW_MS };
    expect(fleetItems(snapshot({ pipelines: views, groups: [over] }))[0]?.group).toBeNull();
  });

  it('puts a question before everything else', () => {
    const items = fleetItems(snapshot({ proposals: [proposal({}, 'catalog')] }));
    const first = items.toSorted((a, b) => a.attention - b.attention)[0];
    expect(first?.view.pipeline).toBe('catalog');
  });
});
