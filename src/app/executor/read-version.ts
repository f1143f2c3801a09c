import type { CommandSpec } from '../../core/model/rollback.ts';
import { visibleText } from '../../core/model/visible.ts';
import type { VersionReading } from '../../ports/platform.ts';
import { outsideOf } from './outside.ts';
import type { ExecutorDeps } from './types.ts';

/**
 * Asks which version serves now: the first line of the command's output. `version` is null when it could not be told;
 * `text` is a clause for the operator in either case.
 */
export async function readVersion(
  command: CommandSpec,
  deps: Pick<ExecutorDeps, 'env' | 'outside'>,
): Promise<VersionReading> {
  const { stdout, fault } = await outsideOf(deps).runCommand(command, deps.env);
  if (fault !== null) return { version: null, text: `the version could not be read back: ${command.argv[0]} ${fault}` };
  const version = stdout.split('\n')[0]?.trim() ?? '';
  if (version === '')
    return { version: null, text: `the version could not be read back: ${command.argv[0]} printed nothing` };
  return { version, text: `version ${visibleText(version, 130)} serves` };
}
