import { asciiForm } from './ascii-form.ts';

/** Whether a pattern is somewhere in a text. Word characters, digits and blanks are Unicode's: "é" is a letter. */
function tester(pattern: RegExp): (text: string) => boolean {
  return (text) => pattern.test(asciiForm(text, pattern.ignoreCase));
}

/** Subject says the undo is part of the plan: depool, maintenance, temporary … */
export const saysPlanned = tester(
  /\b(de-?pool|re-?pool|pool\b|downtime|maintenance|temp(orar\w*)?\b|temporarily|silence|failover|switchover|switch ?over|testing|experiment|debug|do not merge|dnm|wip)\b/i,
);
export const saysRevert = tester(/^\s*(?:\[[^\]]*\]\s*)?revert/i);
export const saysThisReverts = tester(/this reverts commit/i);
export const saysReland = tester(/^\s*(re-?apply|re-?land)/i);
export const saysFix = tester(/\b(fix(es|ed|ing)?|bug|hotfix|repair|correct|broken|regression|unbreak|typo)\b/i);
export const saysUrgent = tester(/\b(hotfix|urgent|emergency|asap|unbreak|outage|incident)\b/i);
export const namesIssue = tester(/(\bT\d{3,}\b|(?<!\()#\d+|\bBug:|\bRT ?#?\d+|\b[A-Z]{2,}-\d+\b|\bCloses|\bStory:)/);
export const isTestPath = tester(
  /(^|\/)(tests?|spec|specs|__tests__|fixtures)(\/|$)|(_test|_spec|\.test|\.spec|test_)[^/]*\.\w+$|Test\.(php|java)$/i,
);
export const isDocPath = tester(/(\.(md|rst|txt|adoc)$|(^|\/)docs?\/|CHANGELOG|README|LICENSE)/i);
export const isConfigPath = tester(
  /\.(ya?ml|json|toml|ini|cfg|conf|erb|tpl|j2|properties|env|xml|dblist|lock)$|Dockerfile|hieradata\//i,
);

const revertedHash = /reverts?\s+(?:this\s+)?commit\s+([0-9a-f]{7,40})/gi;
const revertedSubject = /^\s*(?:\[[^\]]*\]\s*)?revert(?:\^\d+|ed|ing)?(?::|\s)+["\u201c]([^\n]*)["\u201d]/i;
const pullRequestMark = /\s*\(#\d+\)\s*$/;
const trailer = /^(Change-Id|Signed-off-by|Reviewed-|Co-authored-by)/;

/** Every (abbreviated) hash after "reverts commit" in a message's body. */
export function revertedHashes(body: string): readonly string[] {
  return Array.from(asciiForm(body, true).matchAll(revertedHash), (match) => match[1]!);
}

/** The subject quoted by a revert's own subject; null when there is none. */
export function quotedSubject(subject: string): string | null {
  const match = revertedSubject.exec(asciiForm(subject, true));
  if (match === null) return null;
  const end = match[0].length - 1;
  return subject.slice(end - match[1]!.length, end);
}

/** A subject without its pull request number and outer blanks: what the same change is recognised by. */
export function bareSubject(subject: string): string {
  const mark = pullRequestMark.exec(asciiForm(subject, false));
  return trimmed(mark === null ? subject : subject.slice(0, mark.index));
}

/** Text without outer blanks. */
export function trimmed(text: string): string {
  const form = asciiForm(text, false);
  const from = form.length - form.trimStart().length;
  return text.slice(from, Math.max(from, form.trimEnd().length));
}

/** Lines of a message's body that are neither empty nor trailers. */
export function countBodyLines(body: string): number {
  if (body === '') return 0;
  return body.split('\n').filter((line) => trimmed(line) !== '' && !trailer.test(line)).length;
}
