const PLAIN_TEXT = /^[\t-\r -~]*$/;
const UNUSUAL = /[^\t-\r -~]/gu;
/** Letters that are the same as an ASCII one but for case. */
const FOLDED: Readonly<Record<string, string>> = { '\u017f': 's', '\u212a': 'k', '\u0131': 'i', '\u0130': 'i' };

/**
 * A text in which every unusual character is replaced by an ASCII one of its kind, so that plain patterns fit it: letters
 * by "z", digits by "0", blanks by a blank. What is neither stays as it is. Length and places are those of the text.
 *
 * Word characters, digits and blanks are then Unicode's in `\b`, `\w`, `\d` and `\s`, at a small part of what patterns
 * with Unicode classes cost to compile.
 *
 * @param ignoreCase whether the pattern ignores case: "ſ" is then an "s"
 */
export function asciiForm(text: string, ignoreCase: boolean): string {
  if (PLAIN_TEXT.test(text)) return text;
  return text.replace(UNUSUAL, (character) => {
    const folded = ignoreCase ? FOLDED[character] : undefined;
    return folded ?? standIn(character) ?? character;
  });
}

/** What stands for a character, as long as it is itself; null for one that is neither letter, digit nor blank. */
function standIn(character: string): string | null {
  if (/\p{Nd}/u.test(character)) return '0'.repeat(character.length);
  if (/[\p{L}\p{N}]/u.test(character)) return 'z'.repeat(character.length);
  // eslint-disable-next-line no-control-regex -- the separators \x1c to \x1f and \x85 are blanks to Unicode, \ufeff is not
  if (/[\x1c-\x1f\x85]/.test(character)) return ' ';
  if (character === '\ufeff') return '\x01';
  return /\s/.test(character) ? ' ' : null;
}
