import type { CommandSpec } from '../../core/model/rollback.ts';
import { visibleText } from '../../core/model/visible.ts';
import { stepPlatformOf } from '../../platforms/step-command.ts';
import { handedOn } from './environment.ts';
import { redactSecrets } from './redact.ts';
import type { CommandOutcome } from './run-command.ts';

const MAX_CHARS = 300;

/**
 * Why a command that reads gave no answer, as a clause: who it was, what became of it, and the first line of its own
 * complaint without secrets. A platform's own reading is called by the platform's name, and its exit code says nothing more.
 */
export function faultText(
  command: CommandSpec,
  { fault, complaint }: CommandOutcome,
  env: Readonly<Record<string, string | undefined>>,
): string {
  const platform = stepPlatformOf(command);
  const name = platform ?? command.argv[0] ?? 'the command';
  if (complaint === undefined) return `${name} ${fault ?? ''}`;
  const said = visibleText(redactSecrets(complaint, Object.values(handedOn(command, env))), MAX_CHARS);
  return platform === null ? `${name} ${fault ?? ''}: ${said}` : `${name}: ${said}`;
}
