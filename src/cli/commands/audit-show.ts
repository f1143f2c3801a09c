import { InvalidArgumentError, type Command } from 'commander';
import { isoTime } from '../../core/model/time.ts';
import { visibleText } from '../../core/model/visible.ts';
import { eventSentence } from '../../core/session/event-sentence.ts';
import type { AuditRecord } from '../../ports/store.ts';
import { addExamples } from '../examples.ts';
import { action, loadFor, print, printJson, type Frame } from '../frame.ts';
import { withExistingStore } from '../state.ts';
import { UsageError } from '../usage-error.ts';
import { recordJson } from './audit-list.ts';

/** `rollwatch audit show`: one record with everything in it. */
export function addAuditShow(parent: Command, frame: Frame): void {
  const command = parent
    .command('show')
    .description('show one record in full')
    .argument('<seq>', 'its number, as `audit list` shows it', recordNumber)
    .option('--json', 'print it as JSON');
  command.action(action(frame, (seq: number) => show(frame, command, seq)));
  addExamples(command, ['rollwatch audit show 42']);
}

async function show(frame: Frame, command: Command, seq: number): Promise<number> {
  const config = await loadFor(frame, command);
  const found = await withExistingStore<readonly AuditRecord[]>(frame, config, [], (store) =>
    store.list({ afterSeq: seq - 1, limit: 1 }),
  );
  const record = found[0];
  if (record?.seq !== seq) throw new UsageError(`there is no record ${seq} in the audit`);
  if (command.opts<{ readonly json?: boolean }>().json === true) {
    printJson(frame, recordJson(record));
    return 0;
  }
  const { pipeline, text } = eventSentence(record.event);
  print(
    frame,
    `${record.seq}  ${isoTime(record.atMs)}  ${record.event.type}${pipeline === '' ? '' : `  ${pipeline}`}`,
    text,
    `hash ${record.hash}`,
    `after ${record.previousHash}`,
    ...JSON.stringify(record.event, null, 2)
      .split('\n')
      .map((line) => visibleText(line, 2000)),
  );
  return 0;
}

function recordNumber(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new InvalidArgumentError(`Expected the number of a record, found "${text}".`);
}
