import { membersOf } from '../../core/model/group-proposal.ts';
import { predictionPhrase } from '../../core/model/prediction-text.ts';
import type { Proposal } from '../../core/model/rollback.ts';
import type { Snapshot } from '../../core/session/snapshot.ts';
import { plainText } from '../format/line.ts';
import { said } from '../format/said.ts';
import { visible } from '../format/text.ts';
import { timeOfDay, wordDuration } from '../format/time.ts';
import { dialogView, blockedBecause, fieldsOf } from '../state/dialog-view.ts';
import type { RollbackDialog, UiState, VersionsDialog } from '../state/ui-state.ts';
import { SILENCES_MS } from '../state/silence-dialog.ts';
import { rollbackOf, selectedVersion } from '../state/versions-dialog.ts';
import { versionFacts } from './version-lines.ts';
import { isStale, shownSnapshot } from '../state/ui-state.ts';
import { fleetList } from '../state/fleet.ts';
import { LOOKS } from '../theme.ts';
import { evidenceSentence } from './evidence-text.ts';
import { executionWord } from './execution-words.ts';
import { quorumText } from './quorum.ts';

const SPOKEN_PIPELINES = 8;

/**
 * The screen as sentences, for screen readers: who needs a person, what is selected, what is asked. Ages and countdowns
 * are left out, so that it changes, and is read again, only when something happened.
 */
export function spokenLines(ui: UiState, live: Snapshot): readonly string[] {
  const snapshot = shownSnapshot(ui, live);
  const { dialog } = ui;
  const notes = [
    ...(isStale(ui) ? ['Stale: no word from the engine. Nothing can be confirmed.'] : []),
    ...(ui.frozen === null ? [] : ['Frozen. f goes live.']),
    ...(ui.message === null ? [] : [ui.message.text]),
  ];
  if (dialog?.kind === 'rollback') return [...notes, ...spokenDialog(dialog, ui, live)];
  if (dialog?.kind === 'quit')
    return [...notes, 'A rollback is running. It goes on without this screen. y quit, n stay.'];
  if (dialog?.kind === 'by-hand') {
    return [...notes, `Did you roll back ${visible(dialog.pipeline ?? '')} by hand? y yes, n no.`];
  }
  if (dialog?.kind === 'versions') return [...notes, ...spokenVersions(dialog, ui, live)];
  if (dialog?.kind === 'silence') {
    const length = wordDuration(SILENCES_MS[dialog.choice] ?? 0);
    return [
      ...notes,
      `Silence ${visible(dialog.pipeline)} for ${length}? Reason: ${visible(dialog.reason)}. Enter silences, escape cancels.`,
    ];
  }
  const list = fleetList(ui, live);
  const selected = list.find((item) => item.view.pipeline === ui.selected);
  const urgent = list.filter((item) => item.look !== 'healthy').slice(0, SPOKEN_PIPELINES);
  return [
    ...notes,
    `${list.length} pipelines, ${urgent.length} not healthy, ${snapshot.proposals.length} asking.`,
    ...urgent.map(({ view, look }) => `${visible(view.pipeline)}: ${LOOKS[look].word}. ${said(view.verdict.text)}.`),
    ...snapshot.proposals.map(
      (proposal) =>
        `${visible(proposal.pipeline)} asks: roll back ${spokenQuestion(proposal)}? ` +
        `${spokenReason(proposal)}. Expires at ${timeOfDay(proposal.expiresAtMs)}.`,
    ),
    selected === undefined ? 'Nothing is selected.' : `Selected: ${visible(selected.view.pipeline)}.`,
    'j and k select, r rolls back, q quits.',
  ];
}

function spokenVersions(dialog: VersionsDialog, ui: UiState, live: Snapshot): readonly string[] {
  const snapshot = shownSnapshot(ui, live);
  const selected = selectedVersion(dialog, snapshot);
  const versions = rollbackOf(dialog.pipeline, snapshot)?.versions ?? [];
  const one = versions.find(({ version }) => version === selected);
  return [
    `${versions.length} versions of ${visible(dialog.pipeline)} to go back to.`,
    ...(one === undefined ? [] : versionFacts(one, 1000).map(plainText)),
    'j and k move, enter asks about the version, escape goes back.',
  ];
}

function spokenQuestion(proposal: Proposal): string {
  const parts = membersOf(proposal).map(({ pipeline, plan }) => {
    const versions = `${visible(plan.fromVersion)} to ${visible(plan.toVersion)}`;
    return proposal.group === undefined ? versions : `${visible(pipeline)} ${versions}`;
  });
  return parts.join(', then ');
}

// As it was when it was asked: the question is read again only when it is another one.
function spokenReason({ evidence, failing, predicted: [soonest] = [], because }: Proposal): string {
  if (evidence.length > 0) return evidenceSentence(evidence, 2, failing);
  if (soonest !== undefined) return `Nothing failed yet, ${predictionPhrase(soonest)}`;
  return because === 'human-asked' ? 'A person asked' : 'Nothing failed yet';
}

function spokenDialog(dialog: RollbackDialog, ui: UiState, live: Snapshot): readonly string[] {
  const view = dialogView(dialog, ui, live);
  const name = visible(dialog.pipeline);
  if (view.execution !== null) {
    const word = executionWord(view.execution);
    return [`Rollback of ${name}: ${word.text}. ${word.meaning} ${said(view.execution.text)}`, 'Escape closes.'];
  }
  if (view.phase === 'looking') {
    return [
      `Roll back ${name}? What it will not undo is being looked at.`,
      ...view.body.map(plainText),
      'Escape closes.',
    ];
  }
  if (view.phase !== 'open')
    return [`The question about ${name} is ${view.phase}. ${dialog.refused ?? ''}`, 'Escape closes.'];
  const blocked = blockedBecause(dialog, view, ui, live);
  const fields = fieldsOf(view.proposal).map(
    (field) => `${field}: ${visible(field === 'name' ? dialog.typedName : dialog.reason)}`,
  );
  return [
    `Roll back ${name}?`,
    ...view.body.slice(dialog.scroll, dialog.scroll + view.viewport).map(plainText),
    ...fields,
    ...(view.proposal === null || quorumText(view.proposal) === '' ? [] : [`${quorumText(view.proposal)}.`]),
    ...(dialog.note === null ? [] : [dialog.note.text]),
    blocked === null ? 'Press y to roll back, escape to cancel.' : `Cannot be confirmed: ${blocked}. Escape cancels.`,
  ];
}
