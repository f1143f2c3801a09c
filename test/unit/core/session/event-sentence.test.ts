import { describe, expect, it } from 'vitest';
import type { Risk } from '../../../../src/core/model/risk.ts';
import { decisionSentence, eventSentence, verdictSentence } from '../../../../src/core/session/event-sentence.ts';
import { risk } from '../../../builders/deciding.ts';
import { deployment } from '../../../builders/judging.ts';

describe('a verdict in a sentence', () => {
  it.each([
    ['Failed', 'failed: error_rate 8 % (limit 2)', 'Failed: error_rate 8 % (limit 2)'],
    ['Failed', 'shared cause: a, b failed at the same time', 'Failed: shared cause: a, b failed at the same time'],
    ['Running', 'watching, 8 of 10 samples', 'Running: watching, 8 of 10 samples'],
  ] as const)('says %s once', (phase, text, sentence) => {
    expect(verdictSentence({ phase, text })).toBe(sentence);
  });
});

describe('a decision in a sentence', () => {
  it.each([
    ['hold', 'holds: healthy', 'holds: healthy'],
    ['refuse', 'refused: halted', 'refused: halted'],
    ['rollback', 'proposes a rollback: an anomaly', 'proposes a rollback: an anomaly'],
    ['ask', 'roll back v2 → v1?', 'asks: roll back v2 → v1?'],
  ] as const)('says %s once', (kind, text, sentence) => {
    expect(decisionSentence({ kind, text })).toBe(sentence);
  });
});

describe('a deployment in a sentence', () => {
  const reasons = [
    ['4 tasks failed', 0.8],
    ['by night', 0.5],
    ['a small change', -0.4],
    ['31 tasks', 0.3],
  ] as const;
  const high: Risk = {
    ...risk('HIGH', 0.428),
    reasons: reasons.map(([text, contribution]) => ({ feature: text, value: 1, contribution, text })),
  };

  it.each([
    ['no risk', null, 'deployed v2, was v1 (marker)'],
    ['HIGH', high, 'deployed v2, was v1 (marker); risk HIGH 43 %: 4 tasks failed, by night'],
    ['LOW', { ...high, label: 'LOW', probability: 0.02 }, 'deployed v2, was v1 (marker); risk LOW 2 %: a small change'],
    ['no reasons', risk('LOW', 0.02), 'deployed v2, was v1 (marker); risk LOW 2 %'],
  ] as const)('with %s', (_name, given, text) => {
    expect(eventSentence({ type: 'deployment-observed', deployment: deployment(), risk: given })).toEqual({
      pipeline: 'checkout',
      text,
    });
  });
});
