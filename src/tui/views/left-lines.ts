import type { Proposal } from '../../core/model/rollback.ts';
import type { Line } from '../format/line.ts';
import { labelled } from './labelled.ts';

/** What a rollback will not undo, what blocks it, what is not known, and ways on instead: read before the steps. */
export function leftLines(
  proposal: Pick<Proposal, 'plan' | 'instead'>,
  isLooking: boolean,
  columns: number,
): readonly Line[] {
  const { notUndone, blockedBy = [], doubts = [], lookedAt = [] } = proposal.plan;
  const left = notUndone.filter((text) => !blockedBy.includes(text));
  const lines: Line[] = [];
  for (const text of blockedBy) lines.push(...labelled('BLOCKED', `by policy: ${text}`, columns, 'bad', true));
  for (const text of left) lines.push(...labelled('not undone', text, columns, 'warn'));
  if (isLooking) {
    const text = 'not known yet: platform, repository and hook are being asked';
    lines.push(...labelled('not undone', text, columns, 'watch', true));
  } else if (notUndone.length === 0) {
    const found = lookedAt.length === 0 ? 'nothing was looked for' : `nothing was found (${lookedAt.join(', ')})`;
    lines.push(...labelled('not undone', found, columns));
  }
  for (const text of doubts) lines.push(...labelled('not known', text, columns, 'warn'));
  for (const { text } of proposal.instead ?? []) {
    lines.push(...labelled('instead', `roll forward: ${text}`, columns, 'act'));
  }
  return lines;
}
