import { describe, expect, it } from 'vitest';
import { recordsDataset } from '../../../../src/core/risk/records.ts';
import type { SessionEvent, StampedEvent } from '../../../../src/core/session/event.ts';

/** Only what is read of an event; the rest of it does not matter here. */
function stamped(...events: readonly unknown[]): readonly StampedEvent[] {
  return events.map((event, seq) => ({ seq, atMs: seq, event: event as SessionEvent }));
}

function observed(id: string, atMs: number, features: Record<string, number> | null, origin = 'marker'): unknown {
  return { type: 'deployment-observed', deployment: { id, atMs, features, origin }, risk: null };
}

function verdict(deploymentId: string, phase: string): unknown {
  return { type: 'verdict-changed', verdict: { deploymentId, phase } };
}

describe('recordsDataset', () => {
  it('learns from what was judged, rolled back by rollwatch or by hand', () => {
    const data = recordsDataset(
      stamped(
        observed('c', 30, { tasks: 3, extra: 1 }),
        observed('a', 10, { tasks: 1 }),
        observed('b', 20, { tasks: 2 }),
        observed('d', 40, { tasks: 4 }),
        observed('unjudged', 50, { tasks: 5 }),
        observed('bare', 60, null),
        verdict('a', 'Successful'),
        verdict('c', 'Failed'),
        // Healthy again after its rollback: still a bad deployment.
        verdict('c', 'Successful'),
        { type: 'proposal-opened', proposal: { id: 'p', deploymentId: 'b' } },
        { type: 'execution-changed', execution: { proposalId: 'p', state: 'done', dryRun: false } },
        { type: 'human-rollback', deploymentId: 'd' },
        verdict('bare', 'Failed'),
      ),
    );
    expect(data.features.map((feature) => feature.name)).toEqual(['tasks']);
    expect([...data.columns[0]!]).toEqual([1, 2, 3, 4]);
    expect([...data.labels]).toEqual([0, 1, 1, 1]);
  });

  it('does not count a dry run, nor a rollback as a deployment', () => {
    const data = recordsDataset(
      stamped(
        observed('a', 10, { tasks: 1 }),
        observed('back', 20, { tasks: 1 }, 'rollback'),
        { type: 'proposal-opened', proposal: { id: 'p', deploymentId: 'a' } },
        { type: 'execution-changed', execution: { proposalId: 'p', state: 'done', dryRun: true } },
        verdict('a', 'Successful'),
        verdict('back', 'Successful'),
      ),
    );
    expect([...data.labels]).toEqual([0]);
  });
});
