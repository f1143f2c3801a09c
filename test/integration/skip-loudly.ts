import { describe } from 'vitest';

/** The suite where its program is installed; else a suite that is skipped, with a line on stderr that says why. */
export function describeWith(program: string, isThere: boolean, name: string, suite: () => void): void {
  if (!isThere) console.error(`SKIPPED: ${name}: ${program} is not installed here`);
  describe.skipIf(!isThere)(name, suite);
}
