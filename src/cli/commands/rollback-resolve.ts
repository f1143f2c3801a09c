import type { Command } from 'commander';
import type { Statement } from '../../app/executor/index.ts';
import { visibleText } from '../../core/model/visible.ts';
import { outcomeOf } from '../../core/session/outcome.ts';
import { addExamples } from '../examples.ts';
import { exitCodeOf } from '../exit-code.ts';
import { globalFlags } from '../flags.ts';
import { action, print, type Frame } from '../frame.ts';
import { handOptions } from '../rollback-flags.ts';
import { UsageError } from '../usage-error.ts';
import { sayRefused } from '../say-refused.ts';

interface ResolveFlags {
  readonly tookEffect?: boolean;
  readonly hadNoEffect?: boolean;
}

/** `rollwatch rollback resolve`: ends what is unknown, on a person's word where nothing can be read back. */
export function addRollbackResolve(parent: Command, frame: Frame): void {
  const command = parent
    .command('resolve')
    .description('end a rollback whose effect is unknown: read back where that is possible, else on your word')
    .argument('<id>', 'execution, as `rollwatch rollback status` shows it')
    .option('--took-effect', 'you have seen that the earlier version serves')
    .option('--had-no-effect', 'you have seen that nothing was changed');
  command.action(action(frame, (id: string) => resolve(frame, command, id)));
  addExamples(command, ['rollwatch rollback resolve 4f1c --had-no-effect']);
}

async function resolve(frame: Frame, command: Command, beginning: string): Promise<number> {
  if (globalFlags(command).readOnly === true) throw new UsageError('--read-only resolves nothing');
  const says = statement(command.opts<ResolveFlags>());
  const { openParts } = await import('../../app/watch/parts.ts');
  const { listen } = await import('../../app/rollback/listen.ts');
  const options = { ...(await handOptions(frame, command, [])), waitMs: 2_000 };
  const parts = await openParts(options.watch, frame.context, frame.context.clock);
  try {
    const meant = parts.place.store
      .unfinishedExecutions()
      .filter(({ id, state }) => state === 'unknown' && id.startsWith(beginning));
    if (meant.length !== 1) {
      return sayRefused(frame, `${meant.length === 0 ? 'none' : 'more than one'} that is unknown begins so`);
    }
    const listening = await listen(parts, options, frame.context);
    try {
      const execution = await listening.session.resolve(meant[0]!.id, says);
      print(frame, `${execution.state}: ${visibleText(execution.text, 400)}`);
      return exitCodeOf(outcomeOf({ phase: 'Failed', decision: 'ask', execution }));
    } catch (error) {
      return sayRefused(frame, (error as Error).message);
    } finally {
      await listening.stop();
    }
  } finally {
    parts.close();
  }
}

function statement({ tookEffect, hadNoEffect }: ResolveFlags): Statement | null {
  if (tookEffect === true && hadNoEffect === true)
    throw new UsageError('--took-effect and --had-no-effect exclude each other');
  if (tookEffect === true) return 'took-effect';
  return hadNoEffect === true ? 'had-no-effect' : null;
}
