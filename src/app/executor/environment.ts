import type { CommandSpec } from '../../core/model/rollback.ts';

/** The variables a command is handed on from rollwatch's own environment, with their values. */
export function handedOn(
  command: CommandSpec,
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const named = (command.envFrom ?? []).map((name) => [name, env[name]] as const);
  return Object.fromEntries(named.filter((entry): entry is readonly [string, string] => entry[1] !== undefined));
}
