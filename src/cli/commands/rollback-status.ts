import type { Command } from 'commander';
import type { GroupRun } from '../../core/model/group-run.ts';
import { membersOf } from '../../core/model/group-proposal.ts';
import type { Execution, Proposal } from '../../core/model/rollback.ts';
import { isoTime } from '../../core/model/time.ts';
import { visibleText } from '../../core/model/visible.ts';
import { eventSentence } from '../../core/session/event-sentence.ts';
import type { StampedEvent } from '../../core/session/event.ts';
import type { AuditRecord } from '../../ports/store.ts';
import { columns } from '../columns.ts';
import { addExamples } from '../examples.ts';
import { EXIT } from '../exit-code.ts';
import { wholeNumber } from '../flags.ts';
import { action, loadFor, print, printJson, type Frame } from '../frame.ts';
import { executionCells } from '../rollback-text.ts';
import { withExistingStore } from '../state.ts';

interface StatusFlags {
  readonly pipeline?: string;
  readonly json?: boolean;
}

/** `rollwatch rollback status`: what is under way, held, unknown or asked. */
export function addRollbackStatus(parent: Command, frame: Frame): void {
  const command = parent
    .command('status')
    .description('show rollbacks under way, held or unknown, and the questions that are open')
    .option('--pipeline <id>', 'of this pipeline only')
    .option('--json', 'print JSON');
  command.action(action(frame, () => status(frame, command)));
  addExamples(command, ['rollwatch rollback status', 'rollwatch rollback status --pipeline checkout --json']);
}

/** `rollwatch rollback history`: rollbacks of the past, newest first. */
export function addRollbackHistory(parent: Command, frame: Frame): void {
  const command = parent
    .command('history')
    .description('list rollbacks, newest first, also those that others made')
    .option('--pipeline <id>', 'of this pipeline only')
    .option('--limit <n>', 'at most so many', wholeNumber, 20)
    .option('--json', 'print JSON');
  command.action(action(frame, () => history(frame, command)));
  addExamples(command, ['rollwatch rollback history --limit 5']);
}

interface Past {
  readonly executions: readonly Execution[];
  /** Records of the audit: rollbacks that rollwatch did not make. */
  readonly byOthers: readonly AuditRecord[];
}

interface Now {
  readonly groups: readonly GroupRun[];
  readonly executions: readonly Execution[];
  readonly proposals: readonly Proposal[];
}

async function status(frame: Frame, command: Command): Promise<number> {
  const { pipeline, json } = command.opts<StatusFlags>();
  const config = await loadFor(frame, command);
  const of = (one: { readonly pipeline: string }): boolean => pipeline === undefined || one.pipeline === pipeline;
  const now = await withExistingStore<Now>(frame, config, { groups: [], executions: [], proposals: [] }, (store) => ({
    groups: store
      .unfinishedGroups()
      .map(({ run }) => run)
      .filter(({ steps }) => steps.some(of)),
    executions: store.unfinishedExecutions().filter(of),
    proposals: store.openProposals().filter((one) => membersOf(one).some(of)),
  }));
  if (json === true) printJson(frame, { schemaVersion: 1, ...now });
  else if (now.groups.length + now.executions.length + now.proposals.length === 0)
    print(frame, 'nothing is under way and nothing is asked');
  else {
    const lines = [...now.groups.map(groupLine), ...columns(now.executions.map(executionCells))];
    print(frame, ...lines, ...now.proposals.map(questionLine));
  }
  return EXIT.fine;
}

async function history(frame: Frame, command: Command): Promise<number> {
  const { pipeline, json, limit } = command.opts<StatusFlags & { readonly limit: number }>();
  const config = await loadFor(frame, command);
  const of = pipeline === undefined ? {} : { pipeline };
  const past = await withExistingStore<Past>(frame, config, { executions: [], byOthers: [] }, (store) => ({
    executions: store
      .recentExecutions(pipeline === undefined ? limit : 1000)
      .filter((one) => pipeline === undefined || one.pipeline === pipeline)
      .slice(0, limit),
    byOthers: store.list({ types: ['external-rollback', 'human-rollback'], limit, ...of }),
  }));
  if (json === true) printJson(frame, { schemaVersion: 1, ...past });
  else print(frame, ...pastLines(past, limit));
  return EXIT.fine;
}

function pastLines({ executions, byOthers }: Past, limit: number): readonly string[] {
  const rows = [
    ...executions.map((one) => ({ atMs: one.startedAtMs, cells: executionCells(one) })),
    ...byOthers.map((one) => ({ atMs: one.atMs, cells: otherCells(one) })),
  ];
  const newest = rows.toSorted((a, b) => b.atMs - a.atMs).slice(0, limit);
  return columns(newest.map(({ cells }) => cells));
}

/** A rollback that rollwatch did not make, in the columns of those that it made. */
function otherCells({ atMs, event }: StampedEvent): readonly string[] {
  const { pipeline, text } = eventSentence(event);
  const external = event.type === 'external-rollback' ? event.external : null;
  const by = external?.by ?? (event.type === 'human-rollback' ? event.by.name : '–');
  const state = external === null ? 'by hand' : external.inProgress ? 'external, under way' : 'external';
  return ['–', isoTime(atMs) ?? '–', pipeline, `→ ${external?.toVersion ?? '?'}`, state, by, text].map((cell) =>
    visibleText(cell, 400),
  );
}

function groupLine({ id, name, state, text }: GroupRun): string {
  return visibleText(`${id}  group ${name}  ${state}  ${text}`, 400);
}

function questionLine(proposal: Proposal): string {
  const { id, expiresAtMs } = proposal;
  const parts = membersOf(proposal).map(({ pipeline, plan }) => `${pipeline} ${plan.fromVersion} → ${plan.toVersion}`);
  const text = `asks: roll back ${parts.join(', then ')}?`;
  return visibleText(`${id}  ${text} until ${isoTime(expiresAtMs) ?? '–'}`, 400);
}
