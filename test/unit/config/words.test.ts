import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { didYouMean } from '../../../src/config/did-you-mean.ts';
import { formatDuration, guessDuration, parseDuration } from '../../../src/config/duration.ts';
import { matchesPattern } from '../../../src/config/pattern.ts';
import { quantityIn, quantityText } from '../../../src/config/quantity.ts';

describe('durations', () => {
  it.each([
    ['10m', 600_000],
    ['90s', 90_000],
    ['1h30m', 5_400_000],
    ['1.5h', 5_400_000],
    ['500ms', 500],
    ['2d', 172_800_000],
    ['0s', 0],
    ['10', null],
    ['-1m', null],
    ['10 m', null],
    ['m', null],
    ['', null],
  ])('reads %s as %s ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000_000 }), (ms) => {
        expect(parseDuration(formatDuration(ms))).toBe(ms);
      }),
    );
  });

  it.each([
    ['10 minutes', '10m'],
    ['3 hours', '3h'],
    ['250 millis', '250ms'],
    ['soon', null],
  ])('guesses what %s means', (text, guess) => {
    expect(guessDuration(text)).toBe(guess);
  });
});

describe('quantities', () => {
  it.each([
    ['percent', '90%', 90],
    ['ratio', '0.1%', 0.001],
    ['ms', '0.6s', 600],
    ['s', '1500ms', 1.5],
    ['bytes', '512MiB', 536_870_912],
    ['per-minute', '2/s', 120],
    ['count', 7, 7],
    ['none', '7', 7],
  ] as const)('takes a %s written as %s', (unit, written, value) => {
    expect(quantityIn(unit, written)).toEqual({ value });
  });

  it.each([
    ['ms', '90%', 'is in "%", the metric is in ms'],
    ['bytes', '5 apples', 'has the unknown unit "apples"'],
    ['ms', 'fast', 'is not a number with an optional unit'],
    ['ms', '5 toString', 'has the unknown unit "toString"'],
  ] as const)('refuses a %s written as %s', (unit, written, problem) => {
    expect(quantityIn(unit, written)).toEqual({ problem: expect.stringContaining(problem) as string });
  });

  it('shows the sign of the unit', () => {
    expect(quantityText('percent', 90)).toBe('90%');
    expect(quantityText('none', 3)).toBe('3');
  });
});

describe('patterns', () => {
  it.each([
    ['checkout-*', 'checkout-eu', true],
    ['checkout-*', 'checkout', false],
    ['*', '', true],
    ['a?c', 'abc', true],
    ['a.c', 'abc', false],
    ['(a+)+', 'aaaa', false],
    ['[ab]', '[ab]', true],
  ])('%s on %s: %s', (pattern, name, fits) => {
    expect(matchesPattern(pattern, name)).toBe(fits);
  });
});

describe('didYouMean', () => {
  it.each([
    ['persistance', 'persistence'],
    ['min_samples', null],
    ['minimum_samples', 'minimumSamples'],
    ['mdoe', 'mode'],
    ['MODE', 'mode'],
    ['zzzz', null],
  ])('%s → %s', (word, meant) => {
    expect(didYouMean(word, ['persistence', 'minimumSamples', 'mode'])).toBe(meant);
  });
});
