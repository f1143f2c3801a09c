import { addApprove } from './commands/approve.ts';
import { addAssess } from './commands/assess.ts';
import { addAudit } from './commands/audit.ts';
import { addCompare } from './commands/compare.ts';
import { addCompletion } from './commands/completion.ts';
import { addConfig } from './commands/config.ts';
import { addDemo } from './commands/demo.ts';
import { addDeployed } from './commands/deployed.ts';
import { addDetect } from './commands/detect.ts';
import { addDismiss } from './commands/dismiss.ts';
import { addFeatures } from './commands/features.ts';
import { addHalt } from './commands/halt.ts';
import { addProposals } from './commands/proposals.ts';
import { addRca } from './commands/rca.ts';
import { addReplay } from './commands/replay.ts';
import { addResume } from './commands/resume.ts';
import { addRisk } from './commands/risk.ts';
import { addRollback } from './commands/rollback.ts';
import { addRun } from './commands/run.ts';
import { addSilenceCommand } from './commands/silence.ts';
import { addSimulate } from './commands/simulate.ts';
import { addWatch } from './commands/watch.ts';
import type { AddCommand } from './frame.ts';

/** Commands under the heading that `--help` shows them under, in its order. */
export const COMMAND_GROUPS: readonly (readonly [string, readonly AddCommand[]])[] = [
  ['Watch:', [addWatch, addRun, addAssess, addCompare, addDemo]],
  ['Deployments:', [addDeployed, addFeatures, addRisk, addSimulate]],
  ['Answer and stop:', [addRollback, addProposals, addApprove, addDismiss, addSilenceCommand, addHalt, addResume]],
  ['Look back:', [addAudit, addReplay, addDetect, addRca]],
  ['Set up:', [addConfig, addCompletion]],
];
