import type { Command } from 'commander';
import type { Frame } from '../frame.ts';
import { addAuditAcceptLoss } from './audit-accept-loss.ts';
import { addAuditExport } from './audit-export.ts';
import { addAuditList } from './audit-list.ts';
import { addAuditShow } from './audit-show.ts';
import { addAuditVerify } from './audit-verify.ts';

/** `rollwatch audit …`. */
export function addAudit(program: Command, frame: Frame): void {
  const audit = program.command('audit').description('read and check what was decided, answered and done');
  for (const add of [addAuditList, addAuditShow, addAuditVerify, addAuditExport, addAuditAcceptLoss]) add(audit, frame);
}
