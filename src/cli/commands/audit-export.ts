import { closeSync, openSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Store } from '../../ports/store.ts';
import { addExamples } from '../examples.ts';
import { action, loadFor, type Frame } from '../frame.ts';
import { withExistingStore } from '../state.ts';
import { UsageError } from '../usage-error.ts';
import { recordJson } from './audit-list.ts';

const PAGE = 1000;

/** `rollwatch audit export`: every record with its hashes, one JSON object a line. */
export function addAuditExport(parent: Command, frame: Frame): void {
  const command = parent
    .command('export')
    .description('write every record with its hashes as JSON lines')
    .option('--out <file>', 'file to write; must not be there yet (default: stdout)')
    .option('--json', 'JSON lines; there is no other form');
  command.action(action(frame, () => exportAll(frame, command)));
  addExamples(command, ['rollwatch audit export > audit.jsonl', 'rollwatch audit export --out /backup/audit.jsonl']);
}

async function exportAll(frame: Frame, command: Command): Promise<number> {
  const { out } = command.opts<{ readonly out?: string }>();
  const config = await loadFor(frame, command);
  await withExistingStore(frame, config, undefined, (store) => {
    if (out === undefined) {
      for (const line of lines(store)) frame.context.stdout.write(line);
      return;
    }
    const descriptor = openNew(resolve(frame.context.cwd, out));
    try {
      for (const line of lines(store)) writeSync(descriptor, line);
    } finally {
      closeSync(descriptor);
    }
  });
  return 0;
}

// Page by page: an audit may be larger than memory.
function* lines(store: Store): Generator<string> {
  for (let afterSeq = 0; ;) {
    const page = store.list({ afterSeq, limit: PAGE });
    for (const record of page) yield `${JSON.stringify(recordJson(record))}\n`;
    const last = page.at(-1);
    if (last === undefined) return;
    afterSeq = last.seq;
  }
}

function openNew(path: string): number {
  try {
    return openSync(path, 'wx', 0o600);
  } catch (error) {
    throw new UsageError(`${path} cannot be made: ${error instanceof Error ? error.message : String(error)}`);
  }
}
