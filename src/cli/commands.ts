import { addAssess } from './commands/assess.ts';
import { addCompletion } from './commands/completion.ts';
import { addConfig } from './commands/config.ts';
import { addDeployed } from './commands/deployed.ts';
import { addSimulate } from './commands/simulate.ts';
import type { AddCommand } from './frame.ts';

/** Every command, in the order of `--help`. */
export const COMMANDS: readonly AddCommand[] = [addAssess, addDeployed, addSimulate, addConfig, addCompletion];
