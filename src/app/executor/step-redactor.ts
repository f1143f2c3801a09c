import type { CommandSpec } from '../../core/model/rollback.ts';
import { handedOn } from './environment.ts';
import { redactSecrets } from './redact.ts';
import type { ExecutorDeps } from './types.ts';

/** What takes secrets out of a command's output: the values handed on to it, and what the wiring knows of. */
export function redactorOf(deps: ExecutorDeps, command: CommandSpec): (text: string) => string {
  const values = Object.values(handedOn(command, deps.env));
  return (text) => deps.redact(redactSecrets(text, values));
}
