import { describe, expect, it } from 'vitest';
import { asciiForm } from '../../../../../src/core/risk/history/ascii-form.ts';
import {
  bareSubject,
  namesIssue,
  quotedSubject,
  saysFix,
  trimmed,
} from '../../../../../src/core/risk/history/wording-patterns.ts';

describe('asciiForm', () => {
  it.each([
    ['plain text stays', 'Fix T123\t', 'Fix T123\t'],
    ['letters and digits of any script', 'été ٣ 東京 ½', 'ztz 0 zz z'],
    ['blanks, and what is none', 'a\u00A0b\u0085c\uFEFFd', 'a b c\u0001d'],
    ['punctuation stays', '“quoted” – €', '“quoted” – €'],
    ['characters beyond the first plane keep their length', '𝒳😱', 'zz😱'],
  ])('%s', (_, text, form) => {
    expect(asciiForm(text, false)).toBe(form);
    expect(asciiForm(text, false)).toHaveLength(text.length);
  });

  it('folds the letters that are ASCII ones but for case', () => {
    expect(asciiForm('\u017f\u212a', true)).toBe('sk');
    expect(asciiForm('\u017f\u212a', false)).toBe('zz');
  });
});

describe('patterns see unusual characters as what they are', () => {
  it('ends a word only where one ends', () => {
    expect(saysFix('fix é')).toBe(true);
    expect(saysFix('fixé')).toBe(false);
    expect(saysFix('éfix')).toBe(false);
    expect(namesIssue('siehe T12٣')).toBe(true);
    expect(namesIssue('éT1234')).toBe(false);
  });

  it('takes subjects out of the text itself', () => {
    expect(quotedSubject('Revert “Add 🏎️ (#201)”')).toBe('Add 🏎️ (#201)');
    expect(bareSubject('Validate all 😱 (#4194)')).toBe('Validate all 😱');
    expect(trimmed('\u00A0 é 😱\u0085')).toBe('é 😱');
    expect(trimmed(' \u3000 ')).toBe('');
  });
});
