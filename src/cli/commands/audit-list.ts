import type { Command } from 'commander';
import { parseDuration } from '../../config/duration.ts';
import { isoTime } from '../../core/model/time.ts';
import { eventSentence } from '../../core/session/event-sentence.ts';
import { parseTimestamp } from '../../parsers/timestamp.ts';
import type { AuditQuery, AuditRecord } from '../../ports/store.ts';
import { columns } from '../columns.ts';
import { addExamples } from '../examples.ts';
import { wholeNumber } from '../flags.ts';
import { action, loadFor, print, printJson, type Frame } from '../frame.ts';
import { withExistingStore } from '../state.ts';
import { UsageError } from '../usage-error.ts';

interface ListFlags {
  readonly pipeline?: string;
  readonly type?: readonly string[];
  readonly since?: string;
  readonly limit: number;
  readonly json?: boolean;
}

/** `rollwatch audit list`: the newest records, oldest first. */
export function addAuditList(parent: Command, frame: Frame): void {
  const command = parent
    .command('list')
    .description('list the newest records, oldest first')
    .option('--pipeline <id>', 'of this pipeline only')
    .option('--type <type...>', 'of these types only, such as decision-made execution-changed')
    .option('--since <time>', 'not older: a duration such as 2h, or an ISO time')
    .option('--limit <n>', 'at most so many; 0 = all', wholeNumber, 50)
    .option('--json', 'print them as JSON');
  command.action(action(frame, () => list(frame, command)));
  addExamples(command, [
    'rollwatch audit list --since 2h',
    'rollwatch audit list --pipeline checkout --type execution-changed',
  ]);
}

async function list(frame: Frame, command: Command): Promise<number> {
  const flags = command.opts<ListFlags>();
  const query = queryOf(flags, frame.context.clock.nowMs());
  const config = await loadFor(frame, command);
  const records = await withExistingStore<readonly AuditRecord[]>(frame, config, [], (store) => store.list(query));
  if (flags.json === true) printJson(frame, records.map(recordJson));
  else print(frame, ...columns(records.map(cells)));
  return 0;
}

function queryOf({ pipeline, type, since, limit }: ListFlags, nowMs: number): AuditQuery {
  return {
    ...(pipeline === undefined ? {} : { pipeline }),
    ...(type === undefined ? {} : { types: type }),
    ...(since === undefined ? {} : { sinceMs: sinceMs(since, nowMs) }),
    ...(limit === 0 ? {} : { limit }),
  };
}

function sinceMs(text: string, nowMs: number): number {
  const ago = parseDuration(text);
  const atMs = ago === null ? parseTimestamp(text, 0) : nowMs - ago;
  if (!Number.isNaN(atMs)) return atMs;
  throw new UsageError(`--since "${text}": expected a duration such as 2h or a time such as 2026-03-02T09:00:00Z.`);
}

function cells({ seq, atMs, event }: AuditRecord): readonly string[] {
  const { pipeline, text } = eventSentence(event);
  return [String(seq), isoTime(atMs) ?? '–', pipeline === '' ? '–' : pipeline, text];
}

/** A record as every audit command prints it. */
export function recordJson({ seq, atMs, event, hash, previousHash }: AuditRecord): unknown {
  return { seq, at: isoTime(atMs), atMs, event, hash, previousHash };
}
