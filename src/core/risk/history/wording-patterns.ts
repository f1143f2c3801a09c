/**
 * What is read out of paths and commit messages. Word characters, digits and blanks are Unicode's in all of them, so
 * that "é" is a letter; plain ASCII texts, nearly all, take a faster plain form.
 */
interface Pattern {
  readonly plain: RegExp;
  readonly full: RegExp;
}

const WORD = '[\\p{L}\\p{N}_]';
const BLANK = '[\\s\\x1c-\\x1f\\x85]';

function pattern(source: string, flags = ''): Pattern {
  const full = source
    .replaceAll('\\b', `(?:(?<=${WORD})(?!${WORD})|(?<!${WORD})(?=${WORD}))`)
    .replaceAll('\\w', '[\\p{L}\\p{N}_]')
    .replaceAll('\\d', '\\p{Nd}')
    .replaceAll('\\s', BLANK);
  return { plain: new RegExp(source, flags), full: new RegExp(full, `${flags}u`) };
}

// eslint-disable-next-line no-control-regex -- the separators \x1c to \x1f are blanks to Unicode but not to RegExp
const PLAIN_TEXT = /^[\t-\r -~]*$/;

/** The form of a pattern that fits a text. */
function forText({ plain, full }: Pattern, text: string): RegExp {
  return PLAIN_TEXT.test(text) ? plain : full;
}

function tester(source: string, flags = ''): (text: string) => boolean {
  const made = pattern(source, flags);
  return (text) => forText(made, text).test(text);
}

/** Subject says the undo is part of the plan: depool, maintenance, temporary … */
export const saysPlanned = tester(
  '\\b(de-?pool|re-?pool|pool\\b|downtime|maintenance|temp(orar\\w*)?\\b|temporarily|silence|failover|switchover|switch ?over|testing|experiment|debug|do not merge|dnm|wip)\\b',
  'i',
);
export const saysRevert = tester('^\\s*(?:\\[[^\\]]*\\]\\s*)?revert', 'i');
export const saysThisReverts = tester('this reverts commit', 'i');
export const saysReland = tester('^\\s*(re-?apply|re-?land)', 'i');
export const saysFix = tester('\\b(fix(es|ed|ing)?|bug|hotfix|repair|correct|broken|regression|unbreak|typo)\\b', 'i');
export const saysUrgent = tester('\\b(hotfix|urgent|emergency|asap|unbreak|outage|incident)\\b', 'i');
export const namesIssue = tester(
  '(\\bT\\d{3,}\\b|(?<!\\()#\\d+|\\bBug:|\\bRT ?#?\\d+|\\b[A-Z]{2,}-\\d+\\b|\\bCloses|\\bStory:)',
);
export const isTestPath = tester(
  '(^|/)(tests?|spec|specs|__tests__|fixtures)(/|$)|(_test|_spec|\\.test|\\.spec|test_)[^/]*\\.\\w+$|Test\\.(php|java)$',
  'i',
);
export const isDocPath = tester('(\\.(md|rst|txt|adoc)$|(^|/)docs?/|CHANGELOG|README|LICENSE)', 'i');
export const isConfigPath = tester(
  '\\.(ya?ml|json|toml|ini|cfg|conf|erb|tpl|j2|properties|env|xml|dblist|lock)$|Dockerfile|hieradata/',
  'i',
);

const revertedHash = pattern('reverts?\\s+(?:this\\s+)?commit\\s+([0-9a-f]{7,40})', 'gi');
const revertedSubject = pattern(
  '^\\s*(?:\\[[^\\]]*\\]\\s*)?revert(?:\\^\\d+|ed|ing)?(?::|\\s)+["\\u201c]([^\\n]*)["\\u201d]',
  'i',
);
const pullRequestMark = pattern('\\s*\\(#\\d+\\)\\s*$');
const edges = pattern('^\\s+|\\s+$', 'g');
const trailer = /^(Change-Id|Signed-off-by|Reviewed-|Co-authored-by)/;

/** Every (abbreviated) hash after "reverts commit" in a message's body. */
export function revertedHashes(body: string): readonly string[] {
  return [...body.matchAll(forText(revertedHash, body))].map((match) => match[1]!);
}

/** The subject quoted by a revert's own subject; null when there is none. */
export function quotedSubject(subject: string): string | null {
  return forText(revertedSubject, subject).exec(subject)?.[1] ?? null;
}

/** A subject without its pull request number and outer blanks: what the same change is recognised by. */
export function bareSubject(subject: string): string {
  return trimmed(subject.replace(forText(pullRequestMark, subject), ''));
}

/** Text without outer blanks. */
export function trimmed(text: string): string {
  return text.replace(forText(edges, text), '');
}

/** Lines of a message's body that are neither empty nor trailers. */
export function countBodyLines(body: string): number {
  if (body === '') return 0;
  return body.split('\n').filter((line) => trimmed(line) !== '' && !trailer.test(line)).length;
}
