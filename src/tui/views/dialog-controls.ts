import type { Proposal } from '../../core/model/rollback.ts';
import { blocksOf, confirmName } from '../../core/model/group-proposal.ts';
import type { Snapshot } from '../../core/session/snapshot.ts';
import type { Line } from '../format/line.ts';
import { span, spread } from '../format/line.ts';
import { visible } from '../format/text.ts';
import { countdown } from '../format/time.ts';
import type { DialogView } from '../state/dialog-view.ts';
import { groupOfAct, blockedBecause, fieldsOf, isNarrow } from '../state/dialog-view.ts';
import type { RollbackDialog, UiState } from '../state/ui-state.ts';
import { hint } from './footer-line.ts';
import { isHeld } from './pipeline-look.ts';
import { peopleNeeded, quorumText } from './quorum.ts';

/** Upper edge of the dialog: the question, in the words of its environment. */
export function dialogTitle(dialog: RollbackDialog, view: DialogView, snapshot: Snapshot): Line {
  const plan = view.proposal?.plan ?? null;
  const environment =
    plan?.environment ?? snapshot.pipelines.find((each) => each.pipeline === dialog.pipeline)?.environment ?? null;
  const run = groupOfAct(view.execution, snapshot);
  const group = run ?? view.proposal?.group ?? null;
  const count = run?.steps.length ?? view.proposal?.group?.members.length ?? 1;
  const whose = group === null ? visible(dialog.pipeline) : `${count} services of ${visible(group.name)}`;
  const name = `${whose}${environment === null ? '' : ` (${visible(environment)})`}`;
  if (view.execution !== null)
    return [span(`${view.execution.dryRun ? 'DRY RUN of the rollback' : 'Rollback'} of ${name}`, 'plain', true)];
  if (plan === null) return [span(`Roll back ${name}`, 'plain', true)];
  const dry = plan.dryRun ? [{ text: ' DRY RUN ', tone: 'watch', bold: true, inverse: true } as const, span(' ')] : [];
  return [...dry, span(`Roll back ${name}?`, 'plain', true)];
}

/** The lines under the body: where it stands, the text fields, the buttons. */
export function dialogControls(
  dialog: RollbackDialog,
  view: DialogView,
  ui: UiState,
  live: Snapshot,
  columns: number,
): readonly Line[] {
  if (view.phase === 'open') return openControls(dialog, view, ui, live, columns);
  if (view.phase === 'looking')
    return [[span('confirm is off: what it will not undo is being looked at', 'warn')], button('Close', true)];
  const note = view.execution !== null && isHeld(view.execution) ? 'It stands still' : 'It goes on';
  const isRunning = view.phase === 'executing';
  return [isRunning ? [span(`${note} if you close this.`, 'muted')] : [], button('Close', true)];
}

/** The keys of the dialog, for the last line. */
export function dialogKeys(dialog: RollbackDialog, view: DialogView, ui: UiState, live: Snapshot): Line {
  if (view.phase === 'looking' || view.phase === 'refused') {
    return [...hint('esc', 'close'), ...hint('j k', 'scroll'), ...hint('v', 'versions')];
  }
  if (view.phase !== 'open') return hint('esc', 'close');
  const hasFields = fieldsOf(view.proposal).length > 0;
  const isTyping = fieldsOf(view.proposal).includes('name') || dialog.focus === 'reason';
  return [
    ...hint('esc', 'cancel'),
    ...hint('tab', hasFields ? 'next field' : 'next button'),
    ...hint(isTyping ? '↑ ↓' : 'j k', 'scroll'),
    ...(isTyping ? [] : hint('v', 'versions')),
    ...(blockedBecause(dialog, view, ui, live) === null ? hint('y', 'roll back') : []),
  ];
}

function openControls(
  dialog: RollbackDialog,
  view: DialogView,
  ui: UiState,
  live: Snapshot,
  columns: number,
): readonly Line[] {
  const { proposal } = view;
  if (proposal === null) return [];
  const blocked = blockedBecause(dialog, view, ui, live);
  const answer: Line = blocked === null ? confirmText(proposal) : [span(`confirm is off: ${blocked}`, 'warn')];
  const buttons: Line = [
    ...button('Cancel', dialog.focus === 'cancel'),
    span('  '),
    ...button('Dismiss', dialog.focus === 'dismiss'),
    span('  '),
    ...button('Versions', dialog.focus === 'versions'),
  ];
  const more =
    view.body.length > view.viewport
      ? `lines ${dialog.scroll + 1}–${Math.min(view.body.length, dialog.scroll + view.viewport)} of ${view.body.length}`
      : '';
  const fields = fieldsOf(proposal).map((field): Line => {
    const isFocused = dialog.focus === field;
    const text = field === 'name' ? dialog.typedName : dialog.reason;
    const label = field === 'name' ? `Type ${visible(confirmName(proposal))}: ` : reasonLabel(proposal);
    const isWrong = field === 'name' && !confirmName(proposal).startsWith(text);
    return [span(label), span(visible(text), isWrong ? 'bad' : 'plain', true), span(isFocused ? '▏' : '', 'act')];
  });
  return [
    spread(
      [
        ...autoText(proposal, live.nowMs),
        ...quorumLine(proposal),
        span(`expires in ${countdown(proposal.expiresAtMs - live.nowMs)}`, 'muted'),
      ],
      [span(more, 'muted')],
      columns,
    ),
    ...fields,
    ...(isNarrow(ui.columns) ? [answer, buttons] : [spread(buttons, answer, columns)]),
  ];
}

function reasonLabel(proposal: Proposal): string {
  return blocksOf(proposal).length > 0 ? 'Reason for overriding the POLICY: ' : 'Reason for overriding: ';
}

function autoText(proposal: Proposal, nowMs: number): Line {
  if (proposal.autoAtMs === null) return [];
  if (proposal.held) return [span('auto is held: a person is here · ', 'ok')];
  return [span(`by itself in ${countdown(proposal.autoAtMs - nowMs)}, any key holds it · `, 'act', true)];
}

function quorumLine(proposal: Proposal): Line {
  const text = quorumText(proposal);
  return text === '' ? [] : [span(`${text} · `, 'act', true)];
}

function confirmText(proposal: Proposal): Line {
  const isOneOf = peopleNeeded(proposal) > 1;
  const isBlocked = blocksOf(proposal).length > 0;
  const yes = isOneOf ? 'to say yes as one of them' : isBlocked ? 'to roll back AGAINST the policy' : 'to roll back';
  const what = proposal.plan.dryRun ? 'for the DRY RUN' : yes;
  return [span('press '), { text: ' y ', tone: 'bad', bold: true, inverse: true }, span(` ${what}`, 'plain', true)];
}

function button(text: string, isFocused: boolean): Line {
  return [{ text: isFocused ? `▸[ ${text} ]` : ` [ ${text} ]`, tone: 'plain', bold: isFocused, inverse: isFocused }];
}
