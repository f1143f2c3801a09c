import type { Command } from 'commander';
import { addExamples } from '../examples.ts';
import { EXIT } from '../exit-code.ts';
import { action, print, printJson, type Frame } from '../frame.ts';
import { groupOptions, planGroup } from '../group-rollback.ts';
import { addHandFlags, handOptions } from '../rollback-flags.ts';
import { callText, planLines } from '../rollback-text.ts';
import { handRefusal } from '../hand-refusal.ts';

/** `rollwatch rollback plan`: what a rollback would do; runs nothing. */
export function addRollbackPlan(parent: Command, frame: Frame): void {
  const command = addHandFlags(parent.command('plan')).description(
    'show what a rollback would do: version, strategy and why, exact steps, what stays; runs none of them',
  );
  command.action(action(frame, (paths: readonly string[]) => plan(frame, command, paths)));
  addExamples(command, [
    'rollwatch rollback plan --pipeline checkout',
    'rollwatch rollback plan --pipeline checkout --to 1.7.4 --strategy progressive --dry-run',
    'rollwatch rollback plan --group shop --only web,api',
  ]);
}

async function plan(frame: Frame, command: Command, paths: readonly string[]): Promise<number> {
  const flags = command.opts<{ readonly json?: boolean; readonly dryRun?: boolean }>();
  const { json, dryRun } = flags;
  const group = await groupOptions(frame, command, paths);
  if (group !== null) return planGroup(frame, group, flags);
  const options = await handOptions(frame, command, paths);
  const { openByHand } = await import('../../app/rollback/by-hand.ts');
  return handRefusal(frame, async () => {
    const hand = await openByHand(options, frame.context);
    await hand.close();
    if (json === true) printJson(frame, { schemaVersion: 1, ...hand.plan });
    else if (dryRun === true) print(frame, ...hand.plan.plan.steps.map(callText));
    else print(frame, ...planLines(hand.plan, frame.context.clock.nowMs()));
    return EXIT.fine;
  });
}
