import type { Command } from 'commander';
import type { ActRequest } from '../../app/executor/act-request.ts';
import type { GroupRun } from '../../core/model/group-run.ts';
import type { Execution } from '../../core/model/rollback.ts';
import type { Store } from '../../ports/store.ts';
import { addExamples } from '../examples.ts';
import { EXIT } from '../exit-code.ts';
import { globalFlags } from '../flags.ts';
import { action, loadFor, print, type Frame } from '../frame.ts';
import { stateDirOf, withStore } from '../state.ts';
import { UsageError } from '../usage-error.ts';
import { sayRefused } from '../say-refused.ts';

/** `rollwatch rollback abort`: stops after the present step; needs no engine. */
export function addRollbackAbort(parent: Command, frame: Frame): void {
  const command = parent
    .command('abort')
    .description('stop a rollback after its present step; what was done stays done')
    .argument('[id]', 'execution, as `rollwatch rollback status` shows it; needed where several are under way')
    .option('--pipeline <id>', 'that of this pipeline')
    .option('--group <name>', 'that of this group: no further service of it is begun')
    .option('--reason <text>', 'why; recorded in the audit');
  command.action(action(frame, (id?: string) => leave(frame, command, 'abort', id)));
  addExamples(command, ['rollwatch rollback abort --pipeline checkout --reason "it recovered by itself"']);
}

/** `rollwatch rollback continue`: lets a held rollback go on. */
export function addRollbackContinue(parent: Command, frame: Frame): void {
  const command = parent
    .command('continue')
    .description('let a rollback go on that is held since health recovered or a step made it worse')
    .argument('[id]', 'execution, as `rollwatch rollback status` shows it')
    .option('--pipeline <id>', 'that of this pipeline')
    .option('--group <name>', 'that of this group')
    .option('--reason <text>', 'why; recorded in the audit');
  command.action(action(frame, (id?: string) => leave(frame, command, 'continue', id)));
  addExamples(command, ['rollwatch rollback continue --pipeline checkout']);
}

interface LeaveFlags {
  readonly pipeline?: string;
  readonly group?: string;
  readonly reason?: string;
}

async function leave(frame: Frame, command: Command, kind: ActRequest['kind'], id?: string): Promise<number> {
  if (globalFlags(command).readOnly === true) throw new UsageError('--read-only asks nothing of anybody');
  const { pipeline = null, group = null, reason = null } = command.opts<LeaveFlags>();
  const config = await loadFor(frame, command);
  const { leaveRequest } = await import('../../app/executor/act-request.ts');
  const { currentPerson } = await import('../../app/executor/holder.ts');
  const { env, clock } = frame.context;
  return withStore(frame, config, (store) => {
    const found = group === null ? underWay(store, id ?? null, pipeline) : groupUnderWay(store, group);
    if (typeof found === 'string') return sayRefused(frame, found);
    if (kind === 'continue' && (found.hold ?? null) === null) {
      return sayRefused(frame, `the rollback of ${nameOf(found)} is not held`);
    }
    const by = currentPerson(env);
    leaveRequest(stateDirOf(frame, config), found.id, { kind, by, atMs: clock.nowMs(), reason });
    print(frame, kind === 'abort' ? `stops after the present step: ${nameOf(found)}` : `goes on: ${nameOf(found)}`);
    return EXIT.fine;
  });
}

function nameOf(act: Execution | GroupRun): string {
  return 'pipeline' in act ? act.pipeline : `group ${act.name}`;
}

function groupUnderWay(store: Store, name: string): GroupRun | string {
  const found = store.unfinishedGroups().find(({ run }) => run.name === name);
  return found?.run ?? 'no rollback of such a group is under way';
}

/** The one execution that is meant, or why none is. */
function underWay(store: Store, id: string | null, pipeline: string | null): Execution | string {
  const open = store.unfinishedExecutions().filter(({ state }) => state !== 'unknown');
  const meant = open.filter(
    (one) => (id === null || one.id.startsWith(id)) && (pipeline === null || one.pipeline === pipeline),
  );
  if (meant.length === 1) return meant[0]!;
  if (meant.length === 0) return 'no such rollback is under way';
  return `several are under way, name one: ${meant.map((one) => `${one.id.slice(0, 8)} (${one.pipeline})`).join(', ')}`;
}
