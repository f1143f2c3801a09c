import { describe, expect, it } from 'vitest';
import { deployment, events, execution, proposal, verdict } from '../../../fakes/snapshots.ts';
import type { SessionEvent } from '../../../../src/core/session/event.ts';
import { plainText } from '../../../../src/tui/format/line.ts';
import { eventDetail, eventText } from '../../../../src/tui/views/event-text.ts';

const ann = { kind: 'person', name: 'ann', via: 'uid 1001' } as const;
const auto = { kind: 'auto', name: 'rollwatch', via: 'policy' } as const;

const CASES: readonly (readonly [SessionEvent, string])[] = [
  [{ type: 'session-started', by: ann, version: '1', configHash: null }, 'rollwatch 1 started by ann (uid 1001)'],
  [{ type: 'session-ended', reason: 'SIGTERM' }, 'rollwatch ended: SIGTERM'],
  [
    { type: 'deployment-observed', deployment: deployment('p', 'v2', 'v1', 1), risk: null },
    'deployed v2, was v1 (marker)',
  ],
  [{ type: 'verdict-changed', verdict: verdict('p'), inputDigest: '' }, 'Successful: healthy'],
  [{ type: 'proposal-opened', proposal: proposal() }, 'asks: roll back v412 → v411? (proposal proposal-1)'],
  [{ type: 'proposal-held', proposalId: 'x', pipeline: 'p', by: ann }, 'auto held by ann (uid 1001)'],
  [
    { type: 'proposal-closed', proposalId: 'x', pipeline: 'p', answer: 'approved', by: auto, reason: null },
    'approved by rollwatch itself',
  ],
  [
    { type: 'answer-refused', proposalId: 'x', by: ann, why: 'expired' },
    'an answer of ann (uid 1001) was refused: expired',
  ],
  [{ type: 'execution-changed', execution: execution({ text: 'step 1' }) }, 'rolling back v412 → v411: step 1'],
  [
    { type: 'human-rollback', pipeline: 'p', deploymentId: null, by: ann, reason: 'disk full' },
    'rolled back by hand, says ann (uid 1001): disk full',
  ],
  [{ type: 'halted', by: ann, reason: 'works' }, 'halted by ann (uid 1001): works'],
  [{ type: 'resumed', by: ann }, 'resumed by ann (uid 1001)'],
  [
    { type: 'config-trusted', by: ann, path: '/etc/r.yaml', hash: 'h' },
    'configuration /etc/r.yaml trusted by ann (uid 1001)',
  ],
];

describe('an event in a sentence', () => {
  it.each(CASES.map(([event, text]) => [event.type, event, text] as const))('%s', (_, event, text) => {
    expect(eventText(event).text).toBe(text);
  });

  it('never makes a dry run sound like an act', () => {
    const event = { type: 'execution-changed', execution: execution({ state: 'done', dryRun: true }) } as const;
    expect(eventText(event).text).toMatch(/^dry run complete/);
  });

  it('makes control characters visible', () => {
    expect(eventText({ type: 'session-ended', reason: 'a\u001b[2J' }).text).toBe('rollwatch ended: a␛[2J');
  });
});

it('shows everything an event holds, but for secrets', () => {
  const text = eventDetail(events()[3]!, 100).map(plainText).join('\n');
  expect(text).toContain('event 4 · proposal-opened · checkout');
  expect(text).not.toContain('very-secret');
  expect(text).toMatch(/argv +\/opt\/deploy\/rollback.sh --service checkout --to v411/);
});
