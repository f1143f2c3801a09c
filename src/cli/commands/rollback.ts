import type { Command } from 'commander';
import type { Frame } from '../frame.ts';
import { addRollbackAbort, addRollbackContinue } from './rollback-abort.ts';
import { addRollbackPlan } from './rollback-plan.ts';
import { addRollbackResolve } from './rollback-resolve.ts';
import { addRollbackRun } from './rollback-run.ts';
import { addRollbackHistory, addRollbackStatus } from './rollback-status.ts';

/** `rollwatch rollback …`. */
export function addRollback(program: Command, frame: Frame): void {
  const rollback = program.command('rollback').description('plan, run, stop and look up rollbacks by hand');
  const adders = [
    addRollbackPlan,
    addRollbackRun,
    addRollbackStatus,
    addRollbackAbort,
    addRollbackContinue,
    addRollbackResolve,
    addRollbackHistory,
  ];
  for (const add of adders) add(rollback, frame);
}
