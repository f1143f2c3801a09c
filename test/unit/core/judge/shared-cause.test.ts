import { describe, expect, it } from 'vitest';
import { sharedWith } from '../../../../src/core/judge/shared-cause.ts';

const failure = (pipeline: string, minute: number, deployed = true) => ({
  pipeline,
  sinceMs: minute * 60_000,
  deployed,
});

describe('rule 2: shared cause', () => {
  it.each([
    { name: 'alone', others: [], expected: [] },
    { name: 'one other deployment fails too', others: [failure('b', 1)], expected: [] },
    { name: 'three within five minutes', others: [failure('c', 5), failure('b', -5)], expected: ['b', 'c'] },
    { name: 'the third is a minute too late', others: [failure('b', 1), failure('c', 6)], expected: [] },
    { name: 'one that nobody deployed', others: [failure('db', 4, false)], expected: ['db'] },
    { name: 'one that nobody deployed, long before', others: [failure('db', -6, false)], expected: [] },
    { name: 'the same pipeline again', others: [failure('a', 1), failure('a', 2, false)], expected: [] },
  ])('$name: $expected', ({ others, expected }) => {
    expect(sharedWith(failure('a', 0), [failure('a', 0), ...others])).toEqual(expected);
  });
});
