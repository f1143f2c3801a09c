import type { Proposal } from '../../core/model/rollback.ts';
import type { Snapshot } from '../../core/session/snapshot.ts';
import type { Line } from '../format/line.ts';
import { span } from '../format/line.ts';
import { said } from '../format/said.ts';
import { visible } from '../format/text.ts';
import { countdown, shortDuration, wordDuration } from '../format/time.ts';
import type { UiState } from '../state/ui-state.ts';
import { isStale, shownSnapshot } from '../state/ui-state.ts';
import { NARROW_COLUMNS, WIDE_COLUMNS } from './fleet-columns.ts';
import { foreseen, predictionText } from './brief-verdict.ts';
import { evidenceSentence } from './evidence-text.ts';
import type { FleetItem } from './pipeline-look.ts';
import { planOf, stepText } from './execution-steps.ts';
import { fleetItems, isHeld, isRunning, onlyHolds } from './pipeline-look.ts';
import { verdictLine } from './verdict-line.ts';
import { LOOKS } from '../theme.ts';
import { executionWord } from './execution-words.ts';

/**
 * The lines above the footer that ask for attention, the most pressing at the bottom, next to the keys. A small terminal
 * keeps most of its list: what matters least is left out first.
 */
export function fleetBars(ui: UiState, live: Snapshot): readonly Line[] {
  const snapshot = shownSnapshot(ui, live);
  const asking = askingBar(ui, snapshot, false);
  const common = commonBars(ui, live);
  const filter = filterBar(ui);
  const byPriority = [
    ...(ui.isFiltering ? filter : []),
    ...asking,
    ...common,
    ...runningBar(snapshot),
    ...(ui.isFiltering ? [] : filter),
    ...(isSaid(ui, snapshot) ? [] : selectedBar(ui, snapshot)),
  ];
  return byPriority.slice(0, Math.max(1, Math.floor(ui.rows / 4))).reverse();
}

/** The same for the view of one pipeline: only what concerns it, or everything. */
export function detailBars(ui: UiState, live: Snapshot, item: FleetItem): readonly Line[] {
  const snapshot = shownSnapshot(ui, live);
  const bars = [...commonBars(ui, live)];
  if (item.execution !== null && isRunning(item.execution)) bars.push(...runningBar(snapshot));
  if (item.proposal !== null) bars.push(...askingBar(ui, snapshot, true));
  return bars.slice(0, Math.max(1, Math.floor(ui.rows / 6)));
}

/** What must be said in every view: frozen, stale, halted. */
export function commonBars(ui: UiState, live: Snapshot): readonly Line[] {
  return [...frozenBar(ui, live), ...staleBar(ui), ...haltedBar(shownSnapshot(ui, live))];
}

function frozenBar(ui: UiState, live: Snapshot): Line[] {
  if (ui.frozen === null) return [];
  const age = shortDuration(live.nowMs - ui.frozen.snapshot.nowMs);
  return [
    [
      { text: ` FROZEN for ${age} `, tone: 'watch', bold: true, inverse: true },
      span(' what you see is old · f goes live · nothing can be confirmed', 'watch'),
    ],
  ];
}

function staleBar(ui: UiState): Line[] {
  if (!isStale(ui)) return [];
  const age = wordDuration(ui.atMs - ui.freshAtMs);
  return [
    [
      { text: ' STALE ', tone: 'bad', bold: true, inverse: true },
      span(` no word from the engine for ${age} · nothing can be confirmed`, 'bad'),
    ],
  ];
}

function haltedBar(snapshot: Snapshot): Line[] {
  const { halted } = snapshot.fleet;
  if (halted === null) return [];
  return [
    [
      { text: ' HALTED ', tone: 'warn', bold: true, inverse: true },
      span(` ${visible(halted)} · nothing acts until \`rollwatch resume\``, 'warn'),
    ],
  ];
}

function runningBar(snapshot: Snapshot): Line[] {
  const running = snapshot.executions.find(isHeld) ?? snapshot.executions.find(isRunning);
  if (running === undefined) return [];
  const word = isHeld(running) ? ({ text: 'held, needs an answer', tone: 'act' } as const) : executionWord(running);
  const plan = planOf(running, snapshot);
  const step = plan !== null && plan.steps.length > 1 ? ` · ${stepText(running, plan)}` : '';
  const versions = `${visible(running.fromVersion)} → ${visible(running.toVersion)}`;
  const facts = `${versions}${step} · ${shortDuration(snapshot.nowMs - running.startedAtMs)}`;
  const output = running.outputTail.at(-1);
  return [
    [
      span(`⟲ ${visible(running.pipeline)}: ${word.text} `, word.tone, true),
      span(facts),
      span(output === undefined ? '' : ` · ${visible(output)}`, 'muted'),
    ],
  ];
}

function askingBar(ui: UiState, snapshot: Snapshot, isHere: boolean): Line[] {
  const { proposals } = snapshot;
  const mine = proposals.find((each) => each.pipeline === ui.selected);
  const proposal = isHere ? mine : (mine ?? proposals[0]);
  if (proposal === undefined) return [];
  const others = proposals.length - 1;
  const key = proposal.pipeline === ui.selected ? 'r answer' : 'n goes there';
  const { plan } = proposal;
  const versions = `${visible(plan.fromVersion)} → ${visible(plan.toVersion)}`;
  const isCounting = proposal.autoAtMs !== null && !proposal.held;
  const chip = isCounting ? `AUTO in ${countdown((proposal.autoAtMs ?? 0) - snapshot.nowMs)}` : 'ASKS';
  const isShort = ui.columns < NARROW_COLUMNS;
  const asked = isShort ? 'roll back?' : `roll back ${versions}?`;
  const question = isCounting ? `${isShort ? '' : `${versions}, `}any key holds it` : asked;
  return [
    [
      { text: ` ${chip} `, tone: 'act', bold: true, inverse: true },
      span(` ${visible(proposal.pipeline)}: ${question}${plan.dryRun ? ' (dry run)' : ''}`, 'act', true),
      span(`  ${key} `, 'plain', true),
      // Where there is little room, the title says how many ask.
      span(others > 0 && ui.columns >= WIDE_COLUMNS ? ` · ${others} more ${others === 1 ? 'asks' : 'ask'}` : '', 'act'),
      span(` · ${askedBecause(proposal, snapshot)}`),
      span(` · expires in ${shortDuration(proposal.expiresAtMs - snapshot.nowMs)}`, 'muted'),
    ],
  ];
}

// What has failed; where nothing has, what is foreseen, or that a person asked.
function askedBecause({ evidence, failing, pipeline, because }: Proposal, { pipelines }: Snapshot): string {
  if (evidence.length > 0) return evidenceSentence(evidence, 2, failing);
  const view = pipelines.find((each) => each.pipeline === pipeline);
  const soonest = view === undefined ? null : foreseen(view);
  if (soonest !== null) return `${predictionText(soonest)}, nothing failed yet`;
  return because === 'human-asked' ? 'a person asked' : 'nothing failed yet';
}

// A question or an act about the selected pipeline has its own bar.
function isSaid(ui: UiState, snapshot: Snapshot): boolean {
  const isMine = (each: { readonly pipeline: string }): boolean => each.pipeline === ui.selected;
  return snapshot.proposals.some(isMine) || snapshot.executions.some((each) => isMine(each) && isRunning(each));
}

// The verdict of the selected pipeline in full: its column is often too narrow for it.
function selectedBar(ui: UiState, snapshot: Snapshot): Line[] {
  const item = fleetItems(snapshot).find(({ view }) => view.pipeline === ui.selected);
  if (item === undefined || ui.rows < 14) return [];
  const { mark, tone } = LOOKS[item.look];
  const name = span(`${mark} ${visible(ui.selected ?? '')}  `, tone, true);
  const { decision } = item.view;
  // The decision is said in full, so not in a word before the verdict as well.
  const verdict = verdictLine({ ...item, view: { ...item.view, decision: null } }, snapshot.nowMs, new Set());
  // "holds: watching" says no more than "watching".
  if (decision === null || onlyHolds(item.view)) return [[name, ...verdict]];
  // Why nothing is asked about a failure must not be what is cut off.
  const isUnasked = item.look === 'failed' && (decision.kind === 'refuse' || decision.kind === 'hold');
  if (isUnasked) return [[name, span(`${said(decision.text)} · `, 'warn'), ...verdict]];
  return [[name, ...verdict, span(` · ${said(decision.text)}`, 'muted')]];
}

function filterBar(ui: UiState): Line[] {
  if (!ui.isFiltering && ui.filter === '') return [];
  return [
    [
      span('filter ', 'watch', true),
      span(`/${visible(ui.filter)}${ui.isFiltering ? '▏' : ''}`, 'plain', true),
      span(ui.isFiltering ? '  enter keeps · esc clears' : '  esc clears', 'muted'),
    ],
  ];
}
