import type { Command } from 'commander';
import { addExamples } from '../examples.ts';
import { EXIT } from '../exit-code.ts';
import { globalFlags } from '../flags.ts';
import { action, loadFor, print, type Frame } from '../frame.ts';
import { withStore } from '../state.ts';
import { UsageError } from '../usage-error.ts';

/** `rollwatch audit accept-loss`: a person has seen that earlier state was lost; `auto` may act again. */
export function addAuditAcceptLoss(parent: Command, frame: Frame): void {
  const command = parent
    .command('accept-loss')
    .description('accept that earlier state was lost, so that rollwatch may act by itself again');
  command.action(action(frame, () => acceptLoss(frame, command)));
  addExamples(command, ['rollwatch audit accept-loss']);
}

async function acceptLoss(frame: Frame, command: Command): Promise<number> {
  if (globalFlags(command).readOnly === true) throw new UsageError('--read-only accepts nothing');
  const config = await loadFor(frame, command);
  return withStore(frame, config, (store) => {
    if (store.stateIntact) {
      print(frame, 'nothing was lost');
      return EXIT.fine;
    }
    const lost = store.lossText ?? 'earlier state was lost';
    store.acceptLoss();
    print(frame, `accepted: ${lost}`);
    return EXIT.fine;
  });
}
