import { PlanError } from '../ports/platform.ts';

/** Letters, digits and `. _ + : @ / -`, at most 128, never a leading dash or dot: nothing a program could take for an option. */
const SAFE_NAME = /^[A-Za-z0-9_][A-Za-z0-9._+:@/-]{0,127}$/;

/**
 * A name or version as it came, where it is safe as an argument of a command.
 *
 * @throws PlanError that says which one is not, and what is allowed.
 */
export function safeName(what: string, value: string): string {
  if (SAFE_NAME.test(value) && !value.split('/').includes('..')) return value;
  throw new PlanError(
    `${what} ${JSON.stringify(value.slice(0, 60))} is not passed to a command: only letters, digits and . _ + : @ / - are, at most 128, not beginning with a dash or dot, no ".." between slashes`,
  );
}
