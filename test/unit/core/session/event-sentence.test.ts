import { describe, expect, it } from 'vitest';
import { decisionSentence, verdictSentence } from '../../../../src/core/session/event-sentence.ts';

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
