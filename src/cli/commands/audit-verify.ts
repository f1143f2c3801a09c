import type { Command } from 'commander';
import type { AuditCheck } from '../../ports/store.ts';
import { addExamples } from '../examples.ts';
import { EXIT } from '../exit-code.ts';
import { action, loadFor, print, printJson, type Frame } from '../frame.ts';
import { withExistingStore } from '../state.ts';

/** `rollwatch audit verify`: walks the chain of hashes. */
export function addAuditVerify(parent: Command, frame: Frame): void {
  const command = parent
    .command('verify')
    .description('check the chain of hashes; exit 1 when a record was changed, removed or moved')
    .option('--json', 'print the result as JSON');
  command.action(action(frame, () => verify(frame, command)));
  addExamples(command, ['rollwatch audit verify', 'rollwatch audit verify --state-dir /var/lib/rollwatch --json']);
}

async function verify(frame: Frame, command: Command): Promise<number> {
  const config = await loadFor(frame, command);
  const check = await withExistingStore(frame, config, NOTHING, (store) => store.verify());
  if (command.opts<{ readonly json?: boolean }>().json === true) printJson(frame, { schemaVersion: 1, ...check });
  // What a whole chain cannot prove is no comfort about a broken one.
  else print(frame, firstLine(check), ...(check.ok ? [check.limits] : []));
  return check.ok ? EXIT.fine : EXIT.unexpected;
}

const NOTHING: AuditCheck = { ok: true, records: 0, firstBad: null, limits: 'There is nothing to check.' };

function firstLine({ ok, records, firstBad }: AuditCheck): string {
  if (ok) return `consistent: ${records} records`;
  return `broken at record ${firstBad?.seq ?? 1}: ${firstBad?.why ?? 'unknown'}; ${records} records before it fit`;
}
