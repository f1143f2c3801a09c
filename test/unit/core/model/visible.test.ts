import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visibleLines, visibleText } from '../../../../src/core/model/visible.ts';

describe('visibleText', () => {
  it.each([
    ['a\u001b[31mb', 'a␛[31mb'],
    ['\u0000\u0007\r\n\u007f', '␀␇␍␊␡'],
    ['a\tb', 'a  b'],
    ['\u009b31m', '<009b>31m'],
    ['user\u202Eexe.gpj', 'user<202e>exe.gpj'],
    ['a\u200bb\ufeff', 'a<200b>b<feff>'],
    ['\u{e0041}', '<e0041>'],
    ['\ud800x', '<d800>x'],
    ['Grüße, 世界 🎉', 'Grüße, 世界 🎉'],
  ])('%j is shown as %j', (text, shown) => {
    expect(visibleText(text)).toBe(shown);
  });

  it('cuts long text with an ellipsis, never through a character', () => {
    expect(visibleText('abcdef', 4)).toBe('abc…');
    expect(visibleText('abcd', 4)).toBe('abcd');
    expect(visibleText('ab🎉🎉', 4)).toBe('ab…');
  });

  it('leaves no control or direction character, whatever comes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        // eslint-disable-next-line no-control-regex -- their absence is what is shown.
        expect(visibleText(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });
});

describe('visibleLines', () => {
  it('splits at every line end and keeps no empty last line', () => {
    expect(visibleLines('a\r\nb\rc\n\nd\n')).toEqual(['a', 'b', 'c', '', 'd']);
    expect(visibleLines('')).toEqual([]);
  });
});
