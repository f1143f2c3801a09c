import { describe, expect, it } from 'vitest';
import { NOW_MS, events, execution, progressivePlan, proposal, snapshot } from '../../../fakes/snapshots.ts';
import type { Execution } from '../../../../src/core/model/rollback.ts';
import { plainText } from '../../../../src/tui/format/line.ts';
import { fleetItems } from '../../../../src/tui/views/pipeline-look.ts';
import { verdictLine } from '../../../../src/tui/views/verdict-line.ts';
import { executionLines } from '../../../../src/tui/views/execution-lines.ts';

const opened = {
  seq: 9,
  atMs: NOW_MS,
  event: { type: 'proposal-opened', proposal: proposal({ plan: progressivePlan() }) },
} as const;
const known = snapshot({ recentEvents: [...events(), opened] });

function drawn(change: Partial<Execution>, of = known): string {
  return executionLines(execution(change), of, 100, 30).map(plainText).join('\n');
}

describe('an act of several steps', () => {
  it('shows which have run, which runs and which are to come', () => {
    const text = drawn({ stepIndex: 1 });
    expect(text).toContain('step 2 of 4');
    expect(text).toMatch(/✔ 1 check[^]*▸ 2 give v411 50 %[^]*· 3 give v411 100 %[^]*· 4 take/);
  });

  it.each([
    ['failed', '✖ 2'],
    ['unknown', '? 2'],
    ['cancelled', '· 2'],
  ] as const)('never says that a step of an act that is %s has run', (state, mark) => {
    expect(drawn({ state, stepIndex: 1, endedAtMs: NOW_MS })).toContain(mark);
  });

  it('has run all of them when it verifies', () => {
    expect(drawn({ state: 'verifying', stepIndex: 3 }).match(/✔ \d/g)).toHaveLength(4);
  });

  it('says no more than the number where the plan is not known any more', () => {
    const text = drawn({ stepIndex: 1 }, snapshot({ recentEvents: [] }));
    expect(text).toContain('step 2 ·');
    expect(text).not.toContain('give v411');
  });

  it('puts the question of a hold with the time that is left and how to answer', () => {
    const text = drawn({ stepIndex: 1, hold: { why: 'worse', sinceMs: NOW_MS, untilMs: NOW_MS + 120_000 } });
    expect(text).toContain('HELD  the step made it worse · 2:00 left to answer');
    expect(text).toContain('rollwatch rollback continue --pipeline checkout');
    expect(text).not.toContain('The command is running');
  });
});

it('stands at the top of the fleet while it waits for an answer', () => {
  const hold = { why: 'recovered', sinceMs: NOW_MS, untilMs: NOW_MS + 120_000 } as const;
  const items = fleetItems({ ...known, executions: [execution({ stepIndex: 1, hold })] });
  const item = items.find(({ view }) => view.pipeline === 'checkout')!;
  expect(item.attention).toBe(0);
  expect(plainText(verdictLine(item, NOW_MS, 'own'))).toBe('held · health recovered');
});
