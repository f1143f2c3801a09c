import type { CommandSpec } from '../../core/model/rollback.ts';
import { visibleText } from '../../core/model/visible.ts';
import type { VersionReading } from '../../ports/platform.ts';
import { faultText } from './fault-text.ts';
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
  const outcome = await outsideOf(deps).runCommand(command, deps.env);
  const unreadable = (why: string): VersionReading => ({
    version: null,
    text: `the version could not be read back: ${why}`,
  });
  if (outcome.fault !== null) return unreadable(faultText(command, outcome, deps.env));
  const version = outcome.stdout.split('\n')[0]?.trim() ?? '';
  if (version === '') return unreadable(`${command.argv[0]} printed nothing`);
  return { version, text: `version ${visibleText(version, 130)} serves` };
}
